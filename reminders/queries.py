"""Who was reminded of what and when."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Max, QuerySet

from common.discovery import discover
from people.models import Person, School
from reminders.models import Reminder


def reminders_of(person: Person, duty: str) -> QuerySet[Reminder, Reminder]:
    """Return the reminders of one kind that a person got, newest first, with their mail."""
    return Reminder.objects.filter(
        school=person.school_id, person=person, duty=duty
    ).select_related("digest")


def last_reminded(school: School, duty: str, person_ids: Iterable[int]) -> dict[int, datetime]:
    """Return when each person was last reminded of a kind of duty, by person. One query."""
    rows = Reminder.objects.filter(school=school, duty=duty, person__in=list(person_ids))
    return dict(rows.order_by().values_list("person").annotate(last=Max("made_at")))


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
