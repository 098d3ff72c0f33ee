"""Filters of the list of reminders; they narrow what is visible and never widen it."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from common.filters import DateFilter, WordsFilter
from people.models import Person
from people.queries import named
from reminders.duties_due import kinds_of_duty
from reminders.models import Reminder

STATES = {
    "sent": Q(digest__sent_at__isnull=False),
    "failed": Q(digest__failed_at__isnull=False),
    "stopped": Q(digest__stopped_at__isnull=False),
    "waiting": Q(
        digest__isnull=False,
        digest__sent_at=None,
        digest__failed_at=None,
        digest__stopped_at=None,
    ),
    "none": Q(digest=None),
}
STATE_WORDS = (
    ("sent", "Mail sent"),
    ("failed", "Mail failed"),
    ("stopped", "Done before the mail went"),
    ("waiting", "Mail on its way"),
    ("none", "No mail"),
)


def _kinds() -> list[tuple[str, str]]:
    return sorted(kinds_of_duty().items(), key=lambda pair: pair[1])


class ReminderFilter(django_filters.FilterSet):
    """Search and filters of the reminders."""

    q = WordsFilter(label="Name", method="by_words", max_length=80)
    duty = django_filters.ChoiceFilter(label="Of what", choices=_kinds, empty_label="Anything")
    state = django_filters.ChoiceFilter(
        label="Mail", choices=STATE_WORDS, method="by_state", empty_label="Any"
    )
    since = DateFilter(label="From", field_name="made_at", lookup_expr="date__gte")
    until = DateFilter(label="Until", field_name="made_at", lookup_expr="date__lte")

    class Meta:
        model = Reminder
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to people with every word in their names."""
        people = named(Person.objects.filter(school=self.request.school), value)
        return rows.filter(person__in=people)

    def by_state(self, rows: QuerySet, _name: str, value: Any) -> QuerySet:
        """Narrow to what became of the mail."""
        return rows.filter(STATES[value])
