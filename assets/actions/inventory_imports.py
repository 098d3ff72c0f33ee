"""Bring in equipment from a file: upload, say what the columns mean, apply or cancel (AST-01)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import localdate

from assets.conditions.common import check_power
from assets.imports.columns import FIELDS
from assets.imports.workbook import as_csv, is_workbook
from assets.imports.writing import write_plan
from assets.models import AssetImport
from assets.queries.inventory_imports import KIND, is_busy, plan_of, table_of
from audit.actions import record
from common.errors import Refusal, StaleRecord, StepRefused
from common.file_checks import clean_name
from people.imports.columns import check_columns
from people.imports.plan import Plan
from people.imports.reading import MAX_BYTES, read_table
from people.jobs import progress, start_job
from people.models import ImportMapping, Job, Person, School

ABANDONED_AFTER = timedelta(days=1)
CHANGED_MEANWHILE = (
    "The register has changed since you looked at this import. Nothing was brought in. "
    "Look at it again, then apply it."
)


@transaction.atomic
def open_asset_import(
    *, school: School, name: str, content: bytes, by: Person, at: datetime
) -> AssetImport:
    """Take in a file of equipment, CSV or XLSX; the register is not touched (AST-01).

    A workbook is kept as the text of its first sheet. Refuses what cannot be read as a table;
    then nothing is kept.
    """
    check_power(by, "import_assets", at)
    if len(content) > MAX_BYTES:
        raise Refusal(f"This file is larger than {MAX_BYTES // 1024**2} MB. Bring in a part of it.")
    if is_workbook(content):
        content = as_csv(content)
    table = read_table(content)
    upload = AssetImport(
        school=school,
        file_name=clean_name(name)[-120:],
        rows=len(table.rows),
        uploaded_by=by,
        uploaded_at=at,
    )
    upload.file.save("", ContentFile(content), save=False)
    upload.save()
    record("open_asset_import", upload, by=by, at=at, facts={"rows": upload.rows})
    return upload


@transaction.atomic
def choose_asset_columns(
    *, upload: AssetImport, columns: Mapping[str, str], by: Person, at: datetime
) -> None:
    """Say which column of a file means what, and remember it for the next file.

    Refuses no column for the tag, a column that is not in the file or chosen twice.
    """
    check_power(by, "import_assets", at)
    upload = _locked(upload)
    upload.columns = check_columns(FIELDS, table_of(upload).headings, columns)
    upload.save(update_fields=["columns"])
    remembered = {one.name: upload.columns.get(one.name, "") for one in FIELDS}
    ImportMapping.objects.update_or_create(
        school_id=upload.school_id,
        kind=KIND,
        defaults={"columns": remembered, "saved_at": at},
    )
    facts = {"columns": len(upload.columns)}
    record("choose_asset_columns", upload, by=by, at=at, facts=facts)


@transaction.atomic
def apply_asset_import(
    *, upload: AssetImport, digest: str, leave_out_bad: bool, by: Person, at: datetime
) -> Job:
    """Queue the writing of what a person has looked at, and return the job.

    Refuses a plan that is no longer the one they saw, bad rows unless they are to be left out,
    and nothing to do.
    """
    from assets.tasks import write_asset_import

    check_power(by, "import_assets", at)
    upload = _locked(upload)
    _, plan = plan_of(upload, on=localdate(at))
    _check(plan, digest, leave_out_bad=leave_out_bad)
    upload.job = start_job(
        school=upload.school,
        kind="asset_import",
        label="Bring in equipment",
        task=write_asset_import,
        input={"import_id": upload.pk, "digest": digest, "leave_out_bad": leave_out_bad},
        by=by,
        at=at,
        back=("asset_import_list",),
    )
    upload.save(update_fields=["job"])
    return upload.job


@transaction.atomic
def finish_asset_import(*, job: Job, at: datetime) -> None:
    """Write an import into the register, all of it or nothing; called by its job.

    Imports of a school wait for each other. Refuses when the register has changed so that the
    plan is not the one that was agreed to. Devices are changed, never deleted.
    """
    School.objects.select_for_update(no_key=True).get(pk=job.school_id)
    uploads = AssetImport.objects.select_for_update(of=("self",)).select_related("school")
    upload = uploads.get(pk=job.input["import_id"])
    by = job.requested_by
    if upload.state != AssetImport.State.OPEN or by is None:
        raise StepRefused("This import was finished already.")
    register, plan = plan_of(upload, on=localdate(at))
    _check(plan, job.input["digest"], leave_out_bad=job.input["leave_out_bad"])
    written = 0

    def tell(count: int) -> None:
        nonlocal written
        written += count
        progress(job.pk, written, plan.writes)

    tell(0)
    write_plan(register, plan, by=by, at=at, tell=tell)
    upload.counts = {name: plan.counts[name] for name in ("added", "changed", "unchanged", "bad")}
    _finish(upload, AssetImport.State.APPLIED, by=by, at=at)
    job.total = plan.writes
    job.message = _summary(upload.counts)
    record("apply_asset_import", upload, by=by, at=at, facts=upload.counts)


@transaction.atomic
def cancel_asset_import(*, upload: AssetImport, by: Person, at: datetime) -> None:
    """Throw a file away without bringing anything in; refuses one that is applied or finished."""
    check_power(by, "import_assets", at)
    upload = _locked(upload)
    _finish(upload, AssetImport.State.CANCELLED, by=by, at=at)
    record("cancel_asset_import", upload, by=by, at=at, facts={"rows": upload.rows})


@transaction.atomic
def cancel_abandoned(*, school: School, at: datetime) -> int:
    """Throw away files that nobody finished within a day; returns how many. May be repeated."""
    uploads = AssetImport.objects.select_for_update(of=("self",)).select_related("job")
    old = uploads.filter(
        school=school, state=AssetImport.State.OPEN, uploaded_at__lt=at - ABANDONED_AFTER
    )
    left = [upload for upload in old if not is_busy(upload)]
    for upload in left:
        _finish(upload, AssetImport.State.CANCELLED, by=None, at=at)
        facts = {"rows": upload.rows}
        record("cancel_asset_import", upload, by="sweep_imports", at=at, facts=facts)
    return len(left)


def _locked(upload: AssetImport) -> AssetImport:
    uploads = AssetImport.objects.select_for_update(of=("self",))
    upload = uploads.select_related("school", "job").get(pk=upload.pk)
    if upload.state != AssetImport.State.OPEN:
        raise StepRefused(f"This import is finished already: {upload.get_state_display().lower()}.")
    if is_busy(upload):
        raise StepRefused("This import is being applied at this moment. Wait until it is done.")
    return upload


def _check(plan: Plan, digest: str, *, leave_out_bad: bool) -> None:
    if plan.digest != digest:
        raise StaleRecord(CHANGED_MEANWHILE)
    if plan.bad and not leave_out_bad:
        raise Refusal(
            "Some rows cannot be brought in. Correct the file and upload it again, or choose to "
            "leave these rows out."
        )
    if not plan.writes:
        raise Refusal("There is nothing to bring in: the register says the same as this file.")


def _finish(upload: AssetImport, state: str, *, by: Person | None, at: datetime) -> None:
    """End an import and remove its file once that is committed."""
    storage, name = upload.file.storage, str(upload.file.name)
    upload.file = ""
    upload.state, upload.finished_by, upload.finished_at = state, by, at
    upload.save(update_fields=["file", "state", "finished_by", "finished_at", "counts"])
    transaction.on_commit(lambda: storage.delete(name))


def _summary(counts: Mapping[str, int]) -> str:
    words = f"{counts['added']:,} new, {counts['changed']:,} changed, {counts['unchanged']:,} as is"
    return f"{words}, {counts['bad']:,} left out." if counts["bad"] else f"{words}."
