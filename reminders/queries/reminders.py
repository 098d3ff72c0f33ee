"""Who was reminded of what and when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet

from common.discovery import discover
from people.models import Person, School
from reminders.models import Digest, Reminder


def reminders_of(person: Person, duty: str) -> QuerySet[Reminder, Reminder]:
    """Return the reminders of one kind that a person got, newest first, with their mail."""
    return Reminder.objects.filter(
        school=person.school_id, person=person, duty=duty
    ).select_related("digest")


@dataclass(frozen=True)
class MailsOfDay:
    """How many mails a day has, how many went, and how many could not."""

    total: int
    sent: int
    failed: int

    @property
    def over(self) -> bool:
        """Return whether none is waiting any more."""
        return self.sent + self.failed >= self.total


def mails_of_day(school: School, day: date) -> MailsOfDay:
    """Return how far the mail of a day is. One query."""
    rows = Digest.objects.filter(school=school, day=day, stopped_at=None)
    return MailsOfDay(
        **rows.aggregate(total=Count("pk"), sent=Count("sent_at"), failed=Count("failed_at"))
    )


def mail_is_waiting(school: School, *, at: datetime) -> bool:
    """Return whether a mail that did not go is to be tried again by now. One query."""
    waiting = Digest.objects.filter(sent_at=None, failed_at=None, stopped_at=None)
    return waiting.filter(school=school, next_at__lte=at).exists()


def visible_reminders(person: Person, powers: Collection[str]) -> QuerySet[Reminder, Reminder]:
    """Return the reminders of a school that a person may read, newest first, with their mail.

    An app keeps some back with ``hidden_reminders(person, powers)`` in its ``duties.py``, so that
    nobody learns from a reminder of a record that they may not see (INC-08).
    """
    rows = Reminder.objects.filter(school=person.school_id).select_related("person", "digest")
    for _, module in discover("duties"):
        if hasattr(module, "hidden_reminders"):
            rows = rows.exclude(module.hidden_reminders(person, powers))
    return rows
