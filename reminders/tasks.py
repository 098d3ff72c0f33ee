"""Celery entry points: one sweep a school, and one mail a person and day."""

from celery import shared_task
from django.utils import timezone

from people.models import School
from reminders.delivery import deliver_digest
from reminders.rounds import make_round
from reminders.timetable import TEN_MINUTES


@shared_task
def sweep_reminders() -> None:
    """Have every school swept, each by a task of its own, so that one fault stops one school."""
    for school_id in School.objects.values_list("pk", flat=True):
        sweep_reminders_of.apply_async(kwargs={"school_id": school_id}, expires=TEN_MINUTES)


@shared_task
def sweep_reminders_of(*, school_id: int) -> None:
    """Open and close a school's duties and remind its people; safe to repeat, and twice at once."""
    make_round(school_id=school_id, at=timezone.now())


@shared_task
def send_digest(*, digest_id: int, school_id: int) -> None:
    """Send one digest; safe to repeat."""
    deliver_digest(digest_id=digest_id, school_id=school_id)
