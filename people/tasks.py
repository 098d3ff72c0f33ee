"""Celery entry points: mail, imports, and sweeps over what was left lying."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from common.scope import school_scope
from people.actions.imports import cancel_abandoned, finish_import
from people.actions.leavers import end_places
from people.jobs import end_lost_jobs, remove_old_results, running
from people.mail import MailDelayed, deliver_notice
from people.models import Notice, School


@shared_task(autoretry_for=(MailDelayed,), retry_backoff=30, max_retries=5)
def send_notice(*, notice_id: int, school_id: int) -> None:
    """Send one queued mail; safe to repeat."""
    deliver_notice(notice_id=notice_id, school_id=school_id)


@shared_task
def send_waiting_notices() -> None:
    """Send what a lost worker left behind: a sweep over every school's unsent mail.

    Mail that cannot be taken now waits for the next sweep and holds up no other.
    """
    for school in School.objects.all():
        with school_scope(school.pk):
            waiting = list(
                Notice.objects.filter(school=school, sent_at=None, failed_at=None).values_list(
                    "pk", flat=True
                )
            )
        for notice_id in waiting:
            with suppress(MailDelayed):
                deliver_notice(notice_id=notice_id, school_id=school.pk)


@shared_task
def sweep_jobs() -> None:
    """End jobs whose worker was lost, and remove results that were kept long enough."""
    for school in School.objects.all():
        with school_scope(school.pk):
            now = timezone.now()
            end_lost_jobs(school=school, at=now)
            remove_old_results(school=school, at=now)


@shared_task
def write_import(*, job_id: int, school_id: int) -> None:
    """Write an import into the register, once."""
    with running(job_id, school_id) as job:
        finish_import(job=job, at=timezone.now())


@shared_task
def sweep_people() -> None:
    """End places whose people have left, and throw away files that nobody finished."""
    for school in School.objects.all():
        with school_scope(school.pk):
            now = timezone.now()
            end_places(school=school, by="sweep_people", at=now)
            cancel_abandoned(school=school, at=now)
