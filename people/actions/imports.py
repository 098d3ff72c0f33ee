"""Bring in people from the school's MIS: upload, say what the columns mean, apply or cancel."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from audit.actions import record
from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from people.imports.columns import check_columns
from people.imports.comparing import make_plan
from people.imports.kinds import IMPORTERS
from people.imports.plan import Plan
from people.imports.queries import is_busy, plan_of, table_of
from people.imports.reading import read_table
from people.imports.writing import close_places
from people.jobs import progress, start_job
from people.models import ImportMapping, Job, PeopleImport, Person, School

JOB_KIND = "people_import"
ABANDONED_AFTER = timedelta(days=1)
CHANGED_MEANWHILE = (
    "The register has changed since you looked at this import. Nothing was brought in. "
    "Look at it again, then apply it."
)


@transaction.atomic
def open_import(
    *, school: School, kind: str, name: str, content: bytes, by: Person, at: datetime
) -> PeopleImport:
    """Take in a file of people; the register is not touched (ROL-29).

    Refuses a kind that does not exist and whatever ``read_table`` refuses; then nothing is kept.
    """
    if kind not in IMPORTERS:
        raise Refusal("Choose whether the file holds staff, pupils, or parents and carers.")
    table = read_table(content)
    upload = PeopleImport(
        school=school,
        kind=kind,
        file_name=_plain_name(name),
        rows=len(table.rows),
        uploaded_by=by,
        uploaded_at=at,
    )
    upload.file.save("", ContentFile(content), save=False)
    upload.save()
    record("open_import", upload, by=by, at=at, facts={"kind": kind, "rows": upload.rows})
    return upload


@transaction.atomic
def choose_columns(
    *, upload: PeopleImport, columns: Mapping[str, str], by: Person, at: datetime
) -> None:
    """Say which column of a file means what, and remember it for the next file of its kind.

    Refuses a needed column that is missing, a column that is not in the file or chosen twice.
    """
    upload = _locked(upload)
    fields = IMPORTERS[upload.kind].fields
    upload.columns = check_columns(fields, table_of(upload).headings, columns)
    upload.save(update_fields=["columns"])
    ImportMapping.objects.update_or_create(
        school_id=upload.school_id,
        kind=upload.kind,
        defaults={
            "columns": {one.name: upload.columns.get(one.name, "") for one in fields},
            "saved_at": at,
        },
    )
    record("choose_columns", upload, by=by, at=at, facts={"columns": len(upload.columns)})


@transaction.atomic
def apply_import(
    *,
    upload: PeopleImport,
    digest: str,
    leave_out_bad: bool,
    mark_leavers: bool,
    by: Person,
    at: datetime,
) -> Job:
    """Queue the writing of what a person has looked at, and return the job.

    ``digest`` is that of the plan they saw. Refuses a plan that is no longer the same, bad rows
    unless they are to be left out, nothing to do, and marking oneself as left.
    """
    from people.tasks import write_import

    upload = _locked(upload)
    plan = plan_of(upload, on=timezone.localdate(at))
    _check(plan, digest, leave_out_bad=leave_out_bad, mark_leavers=mark_leavers, by=by)
    upload.job = start_job(
        school=upload.school,
        kind=JOB_KIND,
        label=f"Bring in {upload.get_kind_display().lower()}"[:120],
        task=write_import,
        input={
            "import_id": upload.pk,
            "digest": digest,
            "leave_out_bad": leave_out_bad,
            "mark_leavers": mark_leavers,
        },
        by=by,
        at=at,
        back=("import_list",),
    )
    upload.save(update_fields=["job"])
    return upload.job


@transaction.atomic
def finish_import(*, job: Job, at: datetime) -> None:
    """Write an import into the register, all of it or nothing; called by its job.

    Imports of a school wait for each other. The plan is made again from the register as it is
    now; refuses when it is not the one that was agreed to.
    """
    School.objects.select_for_update(no_key=True).get(pk=job.school_id)
    uploads = PeopleImport.objects.select_for_update(of=("self",)).select_related("school")
    upload = uploads.get(pk=job.input["import_id"])
    if upload.state != PeopleImport.State.OPEN:
        raise StepRefused("This import was finished already.")
    by, leavers = job.requested_by, job.input["mark_leavers"]
    if by is None:
        raise Refusal("Nobody asked for this import.")
    importer = IMPORTERS[upload.kind](upload.school, timezone.localdate(at))
    plan = make_plan(importer, table_of(upload), upload.columns)
    _check(
        plan,
        job.input["digest"],
        leave_out_bad=job.input["leave_out_bad"],
        mark_leavers=leavers,
        by=by,
    )
    written = 0

    def tell(count: int) -> None:
        nonlocal written
        written += count
        progress(job.pk, min(written, plan.writes), plan.writes)

    tell(0)
    importer.write(plan, leavers=leavers, tell=tell)
    close_places(school=upload.school, on=importer.today)
    upload.counts = plan.counts | ({} if leavers else {"leavers": 0})
    _finish(upload, PeopleImport.State.APPLIED, by=by, at=at)
    job.total = plan.writes
    job.message = _summary(upload.counts)
    record("apply_import", upload, by=by, at=at, facts=upload.counts)


@transaction.atomic
def cancel_import(*, upload: PeopleImport, by: Person, at: datetime) -> None:
    """Throw a file away without bringing anybody in; refuses one that is applied or finished."""
    upload = _locked(upload)
    _finish(upload, PeopleImport.State.CANCELLED, by=by, at=at)
    record("cancel_import", upload, by=by, at=at, facts={"rows": upload.rows})


@transaction.atomic
def cancel_abandoned(*, school: School, at: datetime) -> int:
    """Throw away files that nobody finished within a day; returns how many. May be repeated."""
    uploads = PeopleImport.objects.select_for_update(of=("self",)).select_related("job")
    abandoned = uploads.filter(
        school=school, state=PeopleImport.State.OPEN, uploaded_at__lt=at - ABANDONED_AFTER
    )
    left = [upload for upload in abandoned if not is_busy(upload)]
    for upload in left:
        _finish(upload, PeopleImport.State.CANCELLED, by=None, at=at)
        record("cancel_import", upload, by="sweep_imports", at=at, facts={"rows": upload.rows})
    return len(left)


def _locked(upload: PeopleImport) -> PeopleImport:
    uploads = PeopleImport.objects.select_for_update(of=("self",))
    upload = uploads.select_related("school", "job").get(pk=upload.pk)
    if upload.state != PeopleImport.State.OPEN:
        raise StepRefused(f"This import is finished already: {upload.get_state_display().lower()}.")
    if is_busy(upload):
        raise StepRefused("This import is being applied at this moment. Wait until it is done.")
    return upload


def _check(plan: Plan, digest: str, *, leave_out_bad: bool, mark_leavers: bool, by: Person) -> None:
    if plan.digest != digest:
        raise StaleRecord(CHANGED_MEANWHILE)
    if plan.bad and not leave_out_bad:
        raise Refusal(
            "Some rows cannot be brought in. Correct the file and upload it again, or choose to "
            "leave these rows out."
        )
    if not plan.writes and not (mark_leavers and plan.leavers):
        raise Refusal("There is nothing to bring in: the register says the same as this file.")
    if mark_leavers and by.pk in {leaver.person_id for leaver in plan.leavers}:
        raise Conflicted(
            "You are not in this file yourself, so this would end your own access. Untick "
            "“Mark people who are not in this file as left”, or ask somebody else to do it."
        )


def _finish(upload: PeopleImport, state: str, *, by: Person | None, at: datetime) -> None:
    """End an import and remove its file once that is committed."""
    storage, name = upload.file.storage, str(upload.file.name)
    upload.file = ""
    upload.state, upload.finished_by, upload.finished_at = state, by, at
    upload.save(update_fields=["file", "state", "finished_by", "finished_at", "counts"])
    transaction.on_commit(lambda: storage.delete(name))


def _plain_name(name: str) -> str:
    shown = "".join(
        letter for letter in name.replace("\\", "/").split("/")[-1] if letter.isprintable()
    )
    return shown.strip()[-120:] or "people.csv"


def _summary(counts: Mapping[str, int]) -> str:
    parts = [f"{counts['added']:,} added", f"{counts['changed']:,} changed"]
    if counts["leavers"]:
        parts.append(f"{counts['leavers']:,} marked as left")
    left_out = f" {counts['bad']:,} rows were left out." if counts["bad"] else ""
    return f"{', '.join(parts)}, {counts['unchanged']:,} unchanged.{left_out}"
