"""Celery entry points of equipment and devices."""

from celery import shared_task
from django.utils import timezone

from assets.actions.own_devices import end_devices
from assets.actions.recording import end_recordings
from assets.actions.recording_uses import remind_of_deletion
from assets.disposal_certificate import make_certificate
from common.scope import school_scope
from people.jobs import running
from people.models import School


@shared_task
def end_by_day() -> None:
    """End own devices and permissions whose day has passed; remind of pictures (MOB-05, MOB-08)."""
    for school in School.objects.all():
        with school_scope(school.pk):
            now = timezone.now()
            end_devices(school=school, at=now)
            end_recordings(school=school, at=now)
            remind_of_deletion(school=school, at=now)


@shared_task
def make_disposal_certificate(*, job_id: int, school_id: int) -> None:
    """Make the certificate of a closed disposal as a PDF (AST-27)."""
    with running(job_id, school_id) as job:
        make_certificate(job=job, at=timezone.now())
