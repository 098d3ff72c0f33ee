"""Celery entry points for mail."""

from celery import shared_task
from django.db.models import Q

from common.scope import school_scope
from people.mail import deliver_notice
from people.models import Notice, School


@shared_task(autoretry_for=(OSError,), retry_backoff=30, max_retries=5)
def send_notice(*, notice_id: int, school_id: int) -> None:
    """Send one queued mail; safe to repeat."""
    deliver_notice(notice_id=notice_id, school_id=school_id)


@shared_task
def send_waiting_notices() -> None:
    """Send what a lost worker left behind: a sweep over every school's unsent mail."""
    for school in School.objects.all():
        with school_scope(school.pk):
            waiting = list(
                Notice.objects.filter(Q(sent_at=None), school=school).values_list("pk", flat=True)
            )
        for notice_id in waiting:
            deliver_notice(notice_id=notice_id, school_id=school.pk)
