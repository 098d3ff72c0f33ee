"""Filters of weekly reports, checks and reviews; they narrow what is visible, never widen it."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from common.filters import DateFilter, Sorted, WordsFilter
from filtering.lists_of_school import names_of
from filtering.models import (
    CheckPoint,
    CheckResult,
    FilterCheck,
    MonitoringFinding,
    MonitoringReport,
    Review,
)
from filtering.vocabulary import Outcome, Trigger
from filtering.workflow import REVIEW_STATES

REPORT_SORTS = {
    "-week_start": ("-week_start",),
    "week_start": ("week_start",),
    "due_at": ("due_at", "pk"),
    "-due_at": ("-due_at", "-pk"),
}
CHECK_SORTS = {
    "-checked_date": ("-checked_date", "-pk"),
    "checked_date": ("checked_date", "pk"),
    "site": ("point__site", "point__device_kind", "-checked_date", "-pk"),
    "-site": ("-point__site", "-point__device_kind", "-checked_date", "-pk"),
}
REVIEW_SORTS = {
    "-opened_at": ("-opened_at", "-pk"),
    "opened_at": ("opened_at", "pk"),
    "due_date": ("due_date", "pk"),
    "-due_date": ("-due_date", "-pk"),
}


class MonitoringFilter(Sorted):
    """Weekly reports by their words, whether they are signed, and by week."""

    q = WordsFilter(label="Search", method="by_words", max_length=80)
    state = django_filters.ChoiceFilter(
        label="Show",
        choices=(
            ("open", "To be signed"),
            ("late", "To be signed and late"),
            ("signed", "Signed"),
            ("breach", "With a breach"),
        ),
        method="by_state",
        empty_label="All weeks",
    )
    since = DateFilter(label="Weeks from", field_name="week_start", lookup_expr="gte")
    until = DateFilter(label="Weeks until", field_name="week_start", lookup_expr="lte")
    sorts = REPORT_SORTS

    class Meta:
        model = MonitoringReport
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to reports in which some words stand, findings among them."""
        findings = MonitoringFinding.objects.filter(report=OuterRef("pk"), text__icontains=value)
        return rows.filter(
            Q(technical_note__icontains=value)
            | Q(breaches__icontains=value)
            | Q(actions__icontains=value)
            | Exists(findings)
        )

    def by_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to what waits, is late, is signed, or told of a breach."""
        waiting = Q(signed_at=None)
        return rows.filter(
            {
                "open": waiting,
                "late": waiting & Q(due_at__lt=timezone.now()),
                "signed": ~waiting,
                "breach": Q(breach_count__gt=0) | ~Q(breaches=""),
            }[value]
        )


class _Places(django_filters.FilterSet):
    """Filters by site and profile; a subclass says how they are reached."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school = self.request.school
        self.filters["site"].extra["choices"] = [(one, one) for one in names_of(school, "sites")]
        found = CheckPoint.objects.filter(school=school).values_list("profile__name", flat=True)
        names = found.order_by("profile__name").distinct()
        self.filters["profile"].extra["choices"] = [(name, name) for name in names]


class GridFilter(_Places):
    """Places by site and profile."""

    site = django_filters.ChoiceFilter(label="Site", field_name="site", empty_label="All sites")
    profile = django_filters.ChoiceFilter(
        label="Profile", field_name="profile__name", empty_label="All profiles"
    )

    class Meta:
        model = CheckPoint
        fields: list[str] = []
        form = forms.Form


class CheckFilter(_Places, Sorted):
    """Checks by words, place, day and what they found."""

    q = WordsFilter(label="Device, note or name", method="by_words", max_length=80)
    site = django_filters.ChoiceFilter(
        label="Site", field_name="point__site", empty_label="All sites"
    )
    profile = django_filters.ChoiceFilter(
        label="Profile", field_name="point__profile__name", empty_label="All profiles"
    )
    found = django_filters.ChoiceFilter(
        label="What they found",
        choices=(
            ("reached", "Something was reached that should be blocked"),
            ("untested", "A test could not be made"),
            ("held", "Everything as expected"),
        ),
        method="by_outcome",
        empty_label="Anything",
    )
    since = DateFilter(label="From", field_name="checked_date", lookup_expr="gte")
    until = DateFilter(label="Until", field_name="checked_date", lookup_expr="lte")
    sorts = CHECK_SORTS

    class Meta:
        model = FilterCheck
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to a device, a word of a note, or the family name of somebody who checked."""
        return rows.filter(
            Q(device__icontains=value)
            | Q(note__icontains=value)
            | Q(safeguarding_by__family_name__unaccent__icontains=value)
            | Q(it_by__family_name__unaccent__icontains=value)
        )

    def by_outcome(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to what the tests of a check gave."""
        results = CheckResult.objects.filter(check_made=OuterRef("pk"))
        if value == "held":
            return rows.filter(~Exists(results.exclude(actual=F("expected"))))
        wrong = {"expected": Outcome.BLOCKED, "actual": Outcome.REACHED}
        asked = wrong if value == "reached" else {"actual": Outcome.NOT_TESTED}
        return rows.filter(Exists(results.filter(**asked)))


class ReviewFilter(Sorted):
    """Reviews by words, state, cause and time."""

    q = WordsFilter(label="Number or words", method="by_words", max_length=80)
    state = django_filters.ChoiceFilter(
        label="State", choices=list(REVIEW_STATES.items()), empty_label="All"
    )
    trigger = django_filters.ChoiceFilter(
        label="Why", choices=Trigger.choices, empty_label="Any cause"
    )
    todo = django_filters.ChoiceFilter(
        label="Actions",
        choices=(("yes", "With something to do"),),
        method="by_todo",
        empty_label="All",
    )
    since = DateFilter(label="Opened from", field_name="opened_at", lookup_expr="date__gte")
    until = DateFilter(label="Opened until", field_name="opened_at", lookup_expr="date__lte")
    sorts = REVIEW_SORTS

    class Meta:
        model = Review
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to a number, or to what happened or was found."""
        return rows.filter(
            Q(reference=value)
            | Q(incident_reference=value)
            | Q(trigger_words__icontains=value)
            | Q(findings__icontains=value)
        )

    def by_todo(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        """Narrow to reviews with an action that is not done."""
        return rows.filter(todo__gt=0)
