"""Filters of the list of reports."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from common.filters import DateFilter, WordsFilter
from reports.audiences import Audience
from reports.models import GovernorReport
from reports.workflow import REPORT_STATES

SORTS = {
    "-period_end": ("-period_end", "-period_start", "-edition"),
    "period_end": ("period_end", "period_start", "edition"),
    "-issued_at": ("-issued_at", "-pk"),
    "issued_at": ("issued_at", "pk"),
}


class ReportFilter(django_filters.FilterSet):
    """Search and filters; narrows what is already visible and never widens it."""

    q = WordsFilter(
        label="Term or days", field_name="label", lookup_expr="icontains", max_length=60
    )
    audience = django_filters.ChoiceFilter(
        label="For", choices=Audience.choices, empty_label="Anybody"
    )
    state = django_filters.ChoiceFilter(
        label="State", choices=list(REPORT_STATES.items()), empty_label="All"
    )
    latest = django_filters.ChoiceFilter(
        label="Editions",
        choices=(("latest", "Without those replaced"),),
        method="by_latest",
        empty_label="All",
    )
    since = DateFilter(label="About days from", field_name="period_end", lookup_expr="gte")
    until = DateFilter(label="About days until", field_name="period_start", lookup_expr="lte")

    class Meta:
        model = GovernorReport
        fields: list[str] = []
        form = forms.Form

    def by_latest(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        """Leave out editions that a later one replaced."""
        return rows.filter(replaced=False)

    def sorted(self) -> tuple[QuerySet[GovernorReport, GovernorReport], str]:
        """Return the rows in the order asked for, and that order's name."""
        asked: Any = self.data.get("sort") if self.data else None
        order = asked if asked in SORTS else "-period_end"
        rows = self.qs if self.form.is_valid() or not self.is_bound else self.queryset
        return rows.order_by(*SORTS[order]), order
