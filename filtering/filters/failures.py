"""Filters of the list of reports about filtering; the same for the page and its export."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from common.filters import DateFilter, WordsFilter
from filtering.models import FailureReport
from filtering.vocabulary import Exposed, ReportKind
from filtering.workflow import FAILURE_STATES

SORTS = {
    "-reported_at": ("-reported_at", "-pk"),
    "reported_at": ("reported_at", "pk"),
    "reference": ("reference",),
    "-reference": ("-reference",),
    "due_at": ("due_at", "pk"),
    "-due_at": ("-due_at", "-pk"),
}


class FailureFilter(django_filters.FilterSet):
    """Search and filters; narrows what is already visible and never widens it."""

    q = WordsFilter(label="Number, site or words", method="by_words", max_length=120)
    open = django_filters.ChoiceFilter(
        label="Open or closed",
        choices=(("open", "Open"), ("closed", "Closed")),
        method="by_open",
        empty_label="All",
    )
    state = django_filters.ChoiceFilter(
        label="State",
        field_name="standing",
        choices=list(FAILURE_STATES.items()),
        empty_label="All",
    )
    kind = django_filters.ChoiceFilter(
        label="What about", choices=ReportKind.choices, empty_label="All"
    )
    exposed = django_filters.ChoiceFilter(
        label="A pupil saw it", choices=Exposed.choices, empty_label="All"
    )
    since = DateFilter(label="Reported from", field_name="reported_at", lookup_expr="date__gte")
    until = DateFilter(label="Reported until", field_name="reported_at", lookup_expr="date__lte")

    class Meta:
        model = FailureReport
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Number, site, or words of the report."""
        return rows.filter(
            Q(reference=value)
            | Q(domain__icontains=value)
            | Q(address__icontains=value)
            | Q(what__icontains=value)
        )

    def by_open(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Open or closed."""
        closed = Q(state="closed")
        return rows.filter(~closed if value == "open" else closed)

    def sorted(self) -> tuple[QuerySet[FailureReport, FailureReport], str]:
        """Return the rows in the order asked for, and that order's name."""
        asked: Any = self.data.get("sort") if self.data else None
        order = asked if asked in SORTS else "-reported_at"
        rows = self.qs if self.form.is_valid() or not self.is_bound else self.queryset
        return rows.order_by(*SORTS[order]), order
