"""Filters of the incident list; the same for the page and its export."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from common.filters import DateFilter, WordsFilter
from incidents.models import Incident
from incidents.queries import search_incidents
from incidents.vocabulary import Place, RiskArea, Severity, SubjectKind
from incidents.workflow import ENDED, OPEN, STATES

SORTS = {
    "-reported_at": ("-reported_at", "-pk"),
    "reported_at": ("reported_at", "pk"),
    "-occurred_at": ("-occurred_at", "-pk"),
    "occurred_at": ("occurred_at", "pk"),
    "reference": ("reference",),
    "-reference": ("-reference",),
}


class IncidentFilter(django_filters.FilterSet):
    """Search and filters; narrows what is already visible and never widens it."""

    q = WordsFilter(label="Search", method="by_words", max_length=200)
    open = django_filters.ChoiceFilter(
        label="Open or ended",
        choices=(("open", "Open"), ("ended", "Ended")),
        method="by_open",
        empty_label="All",
    )
    state = django_filters.ChoiceFilter(
        label="State", choices=list(STATES.items()), empty_label="All"
    )
    category = django_filters.ChoiceFilter(
        label="Category",
        field_name="category__code",
        choices=[(code, f"Category {code}") for code in "ABCD"],
        empty_label="All",
    )
    severity = django_filters.ChoiceFilter(
        label="Urgency", choices=Severity.choices, empty_label="All"
    )
    area = django_filters.ChoiceFilter(
        label="Kind of risk", choices=RiskArea.choices, method="by_area", empty_label="All"
    )
    place = django_filters.ChoiceFilter(label="Where", choices=Place.choices, empty_label="All")
    about = django_filters.ChoiceFilter(
        label="About",
        field_name="subject_kind",
        choices=SubjectKind.choices,
        empty_label="Anybody",
    )
    late = django_filters.ChoiceFilter(
        label="Reported",
        choices=(("no", "In time"), ("yes", "Late")),
        method="by_late",
        empty_label="All",
    )
    restricted = django_filters.ChoiceFilter(
        label="Restricted",
        choices=(("no", "Not restricted"), ("yes", "Restricted")),
        method="by_restriction",
        empty_label="All",
    )
    mine = django_filters.ChoiceFilter(
        label="Handled by",
        choices=(("me", "Me"), ("nobody", "Nobody yet")),
        method="by_handler",
        empty_label="Anybody",
    )
    since = DateFilter(label="Happened from", field_name="occurred_at", lookup_expr="date__gte")
    until = DateFilter(label="Happened until", field_name="occurred_at", lookup_expr="date__lte")

    reported_since = DateFilter(
        label="Reported from", field_name="reported_at", lookup_expr="date__gte"
    )
    reported_until = DateFilter(
        label="Reported until", field_name="reported_at", lookup_expr="date__lte"
    )

    class Meta:
        model = Incident
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Full-text search."""
        return search_incidents(rows, value)

    def by_open(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Open or ended."""
        return rows.filter(state__in=OPEN if value == "open" else ENDED)

    def by_area(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """One of the four areas."""
        return rows.filter(areas__contains=[value])

    def by_late(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Reported in time, or late."""
        return rows.filter(late=value == "yes")

    def by_restriction(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Restricted, or not."""
        return rows.filter(restriction="") if value == "no" else rows.exclude(restriction="")

    def by_handler(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Mine, or nobody's."""
        return rows.filter(handler=self.request.person if value == "me" else None)

    def sorted(self) -> tuple[QuerySet[Incident, Incident], str]:
        """Return the rows in the order asked for, and that order's name."""
        asked: Any = self.data.get("sort") if self.data else None
        order = asked if asked in SORTS else "-reported_at"
        rows = self.qs if self.form.is_valid() or not self.is_bound else self.queryset
        return rows.order_by(*SORTS[order]), order
