"""Celery entry points of equipment and devices."""

from celery import shared_task
from django.utils import timezone

from assets.actions.inventory_imports import cancel_abandoned, finish_asset_import
from assets.actions.inventory_workbook import make_workbook
from assets.actions.labels import make_labels
from assets.actions.many import finish_change
from assets.actions.own_devices import end_devices
from assets.actions.phones_use import end_phone_uses
from assets.actions.recording import end_recordings
from assets.actions.recording_uses import remind_of_deletion
from assets.disposal_certificate import make_certificate
from common.scope import school_scope
from people.jobs import running
from people.models import School


@shared_task
def end_by_day() -> None:
    """End own devices and permissions whose day has passed; remind of pictures (MOB-05 to 08)."""
    for school in School.objects.all():
        with school_scope(school.pk):
            now = timezone.now()
            end_devices(school=school, at=now)
            end_recordings(school=school, at=now)
            end_phone_uses(school=school, at=now)
            remind_of_deletion(school=school, at=now)


@shared_task
def make_disposal_certificate(*, job_id: int, school_id: int) -> None:
    """Make the certificate of a closed disposal as a PDF (AST-27)."""
    with running(job_id, school_id) as job:
        make_certificate(job=job, at=timezone.now())


@shared_task
def write_asset_import(*, job_id: int, school_id: int) -> None:
    """Write an import of equipment into the register, once (AST-01)."""
    with running(job_id, school_id) as job:
        finish_asset_import(job=job, at=timezone.now())


@shared_task
def change_many_assets(*, job_id: int, school_id: int) -> None:
    """Take one step for many devices; what is refused is left as it is (AST-01)."""
    with running(job_id, school_id) as job:
        finish_change(job=job, at=timezone.now())


@shared_task
def make_asset_workbook(*, job_id: int, school_id: int) -> None:
    """Make the workbook of equipment that a person asked for (REP-15)."""
    with running(job_id, school_id) as job:
        make_workbook(job=job, at=timezone.now())


@shared_task
def make_label_sheets(*, job_id: int, school_id: int) -> None:
    """Make the labels that a person asked for as one PDF (AST-01)."""
    with running(job_id, school_id) as job:
        make_labels(job=job, at=timezone.now())


@shared_task
def cancel_abandoned_imports() -> None:
    """Throw away files of equipment that nobody finished within a day."""
    for school in School.objects.all():
        with school_scope(school.pk):
            cancel_abandoned(school=school, at=timezone.now())
