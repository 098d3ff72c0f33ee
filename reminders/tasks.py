"""Celery entry points: one sweep a school, and one mail a person and day."""

from celery import shared_task
from django.utils import timezone

from common.scope import school_scope
from people.models import School
from reminders.actions import open_occurrences, sweep_school
from reminders.delivery import deliver_digest
from reminders.timetable import TEN_MINUTES


@shared_task
def sweep_reminders() -> None:
    """Have every school swept, each by a task of its own, so that one fault stops one school."""
    for school_id in School.objects.values_list("pk", flat=True):
        sweep_reminders_of.apply_async(kwargs={"school_id": school_id}, expires=TEN_MINUTES)


@shared_task
def sweep_reminders_of(*, school_id: int) -> None:
    """Open and close a school's duties and remind its people; safe to repeat, and twice at once."""
    now = timezone.now()
    with school_scope(school_id):
        open_occurrences(school=School.objects.get(pk=school_id), at=now)
    with school_scope(school_id):
        sweep_school(school=School.objects.get(pk=school_id), at=now)


@shared_task
def send_digest(*, digest_id: int, school_id: int) -> None:
    """Send one digest; safe to repeat."""
    deliver_digest(digest_id=digest_id, school_id=school_id)
