"""Bring in alerts from the export of a monitoring product (FIL-14)."""

from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q

from audit.actions import record
from common.errors import Refusal
from filtering.intake.files import check_export, read_export
from filtering.intake.writing import take_in
from filtering.models import AlertImport, AlertSource
from people.jobs import progress, start_job
from people.models import Job, Person, School

JOB_KIND = "alert_import"
FORGOTTEN_AFTER = timedelta(days=1)
SWEEP = "drop_unread_exports"


@transaction.atomic
def upload_export(
    *, source: AlertSource, upload: UploadedFile, by: Person, at: datetime
) -> AlertImport:
    """Take in the export of a product and queue its reading.

    Refuses a closed source and whatever ``check_export`` refuses; then nothing is kept.
    """
    from filtering.tasks import take_in_alerts

    if source.closed_at:
        raise Refusal("This source is closed.")
    name, content = check_export(source, upload)
    made = AlertImport(
        school=source.school, source=source, file_name=name[:120], uploaded_by=by, uploaded_at=at
    )
    made.file.save("", ContentFile(content), save=False)
    try:
        made.save()
        made.job = start_job(
            school=source.school,
            kind=JOB_KIND,
            label="Bring in monitoring alerts",
            task=take_in_alerts,
            input={"import_id": made.pk},
            by=by,
            at=at,
            back=("alert_import_detail", made.pk),
        )
        made.save(update_fields=["job"])
        facts = {"source": source.pk, "bytes": len(content)}
        record("upload_alert_export", made, by=by, at=at, facts=facts)
    except BaseException:
        made.file.delete(save=False)
        raise
    return made


@transaction.atomic
def take_in_export(*, job: Job, at: datetime) -> AlertImport:
    """Read an uploaded export and write its alerts, all of them or none; called by its job.

    The file is removed once it is read. Refuses one that was read already.
    """
    rows = AlertImport.objects.select_for_update(of=("self",))
    made = rows.select_related("school", "uploaded_by").get(pk=job.input["import_id"])
    if made.finished_at:
        raise Refusal("This export was read already.")
    sources = AlertSource.objects.select_for_update(of=("self",)).select_related("school")
    source = sources.get(pk=made.source_id)
    with made.file.open("rb") as stored:
        export = read_export(source, stored.read(), at=at)
    total = len(export.reported)
    progress(job.pk, 0, total)
    taken = take_in(
        school=made.school,
        source=source,
        reported=export.reported,
        words=f"From {source}, by a file.",
        by=made.uploaded_by,
        at=at,
        tell=lambda done: progress(job.pk, done, total),
    )
    made.taken_in, made.known_already = len(taken.alerts), taken.known
    made.bad_rows = export.remarks
    _finish(made, at=at)
    left_out = sum(not remark["kept"] for remark in export.remarks)
    job.total, job.message = total, _summary(made, left_out)
    facts = {"taken": made.taken_in, "known": made.known_already, "left_out": left_out}
    record("receive_alerts", made, by=made.uploaded_by, at=at, facts=facts)
    return made


@transaction.atomic
def drop_unread_exports(*, school: School, at: datetime) -> int:
    """Remove the files of exports whose reading failed or was lost; returns how many.

    May be repeated. Whoever uploaded one sees on its page that nothing was taken in.
    """
    rows = AlertImport.objects.select_for_update(of=("self",), skip_locked=True)
    failed = rows.filter(
        Q(job__finished_at__isnull=False) | Q(uploaded_at__lt=at - FORGOTTEN_AFTER),
        school=school,
        finished_at=None,
    )
    for made in failed:
        _finish(made, at=at)
        record("drop_alert_export", made, by=SWEEP, at=at)
    return len(failed)


def _finish(made: AlertImport, *, at: datetime) -> None:
    """End an import and remove its file once that is committed."""
    storage, name = made.file.storage, str(made.file.name)
    made.file, made.finished_at = "", at
    made.save(update_fields=["file", "finished_at", "taken_in", "known_already", "bad_rows"])
    transaction.on_commit(lambda: storage.delete(name))


def _summary(made: AlertImport, left_out: int) -> str:
    words = f"{made.taken_in:,} taken in, {made.known_already:,} known already."
    return f"{words} {left_out:,} rows were left out." if left_out else words
