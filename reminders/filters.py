"""Filters of reminders and duties; they narrow what is visible and never widen it."""

from typing import Any

import django_filters
from django import forms
from django.apps import apps
from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate

from common.filters import DateFilter, WordsFilter
from people.calendar import LONDON
from people.models import Person
from people.queries import named
from reminders.duties_due import kinds_of_duty
from reminders.models import DutyOccurrence, Reminder
from reminders.queries import duties_of_roles
from reminders.recurring import duties_by_app, recurring_duties
from roles.catalogue import BY_CODE

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


OVERDUE = "overdue"
SHORT = ("partly", "not_met", "missed")
MET = Q(state="met", done_date__lte=F("due_date"))
LATE = Q(state="met", done_date__gt=F("due_date"))
# What a report tells apart beside the states themselves.
FATES = {
    "in_time": ("Met in time", MET),
    "late": ("Met late", LATE),
    "short": ("Met late, not wholly met or missed", LATE | Q(state__in=SHORT)),
}
DUTY_STATES = [
    (OVERDUE, "Overdue"),
    *((code, words) for code, (words, _) in FATES.items()),
    *DutyOccurrence.State.choices,
]
KINDS_OF_PERIOD = (
    ("week", "Week"),
    ("month", "Month"),
    ("half_term", "Half-term"),
    ("term", "Term"),
    ("year", "School year"),
)


def _roles() -> list[tuple[str, str]]:
    codes = {code for duty in recurring_duties().values() for code in duty.roles}
    return [(code, seed.label) for code, seed in BY_CODE.items() if code in codes]


def _apps() -> list[tuple[str, str]]:
    return [(label, str(apps.get_app_config(label).verbose_name)) for label in duties_by_app()]


class DutyFilter(django_filters.FilterSet):
    """Search and filters of the recurring duties (REP-07, REP-14)."""

    q = WordsFilter(label="Words", method="by_words", max_length=80)
    state = django_filters.ChoiceFilter(
        label="State", choices=DUTY_STATES, method="by_state", empty_label="Any"
    )
    role = django_filters.ChoiceFilter(
        label="Role", choices=_roles, method="by_role", empty_label="Any"
    )
    period = django_filters.ChoiceFilter(
        label="Period", choices=KINDS_OF_PERIOD, method="by_period", empty_label="Any"
    )
    app = django_filters.ChoiceFilter(
        label="About", choices=_apps, method="by_app", empty_label="Anything"
    )
    since = DateFilter(label="Due from", field_name="due_date", lookup_expr="gte")
    until = DateFilter(label="Due until", field_name="due_date", lookup_expr="lte")

    class Meta:
        model = DutyOccurrence
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to duties with every word in what they are called."""
        words = value.casefold().split()
        codes = [
            code
            for code, duty in recurring_duties().items()
            if all(word in duty.label.casefold() for word in words)
        ]
        return rows.filter(duty__in=codes)

    def by_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to what became of them; overdue ones are open and past their day."""
        if value == OVERDUE:
            return rows.filter(state="open", due_date__lt=localdate())
        if value in FATES:
            done = TruncDate("done_at", tzinfo=LONDON)
            return rows.annotate(done_date=done).filter(FATES[value][1])
        return rows.filter(state=value)

    def by_role(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to the duties of a role."""
        return rows.filter(duty__in=duties_of_roles([value]))

    def by_period(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to a kind of period."""
        return rows.filter(period__startswith=f"{value}-")

    def by_app(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to the duties of one part of the product."""
        return rows.filter(duty__in=duties_by_app()[value])
