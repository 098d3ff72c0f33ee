"""Filters of the list of alerts; the same for the page and its export."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from common.filters import DateFilter, WordsFilter
from common.requests import SchoolRequest
from filtering.models import Alert
from filtering.queries.alert_sources import sources_of
from filtering.queries.alerts import search_alerts
from filtering.vocabulary import AboutWhom, Severity, Verdict
from filtering.workflow import ALERT_OPEN, ALERT_STATES
from people.calendar import LONDON

SORTS = {
    "-happened_at": ("-happened_at", "-pk"),
    "happened_at": ("happened_at", "pk"),
    "severity": ("severity", "-happened_at", "-pk"),
    "-severity": ("-severity", "happened_at", "pk"),
}


def _sources(request: SchoolRequest) -> QuerySet:
    return sources_of(request.school, closed=True)


class AlertFilter(django_filters.FilterSet):
    """Search and filters; narrows what is already visible and never widens it.

    Without a state asked for, the alerts that still need somebody are shown.
    """

    q = WordsFilter(label="Search", method="by_words", max_length=200)
    state = django_filters.ChoiceFilter(
        label="State",
        choices=[("all", "All"), *ALERT_STATES.items()],
        method="by_state",
        empty_label="Still open",
    )
    severity = django_filters.ChoiceFilter(
        label="Priority", choices=Severity.choices, empty_label="All"
    )
    verdict = django_filters.ChoiceFilter(
        label="Judged as", choices=Verdict.choices, empty_label="All"
    )
    about = django_filters.ChoiceFilter(
        label="About", choices=AboutWhom.choices, empty_label="Anybody"
    )
    source = django_filters.ModelChoiceFilter(label="Source", queryset=_sources, empty_label="All")
    mine = django_filters.ChoiceFilter(
        label="With",
        choices=(("me", "Me"), ("nobody", "Nobody yet")),
        method="by_owner",
        empty_label="Anybody",
    )
    since = DateFilter(label="Happened from", method="by_start")
    until = DateFilter(label="Happened until", method="by_end")

    class Meta:
        model = Alert
        fields: list[str] = []
        form = forms.Form

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Narrow by every filter, and to open alerts unless a state was asked for."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("state") else rows.filter(state__in=ALERT_OPEN)

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Full-text search."""
        return search_alerts(rows, value)

    def by_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """One state, or all of them."""
        return rows if value == "all" else rows.filter(state=value)

    def by_owner(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Mine, or nobody's."""
        return rows.filter(owner=self.request.person if value == "me" else None)

    def by_start(self, rows: QuerySet, _name: str, value: date) -> QuerySet:
        """From the first moment of a day; said so that the index is used."""
        return rows.filter(happened_at__gte=_midnight(value))

    def by_end(self, rows: QuerySet, _name: str, value: date) -> QuerySet:
        """Until the last moment of a day."""
        return rows.filter(happened_at__lt=_midnight(value + timedelta(days=1)))

    def sorted(self) -> tuple[QuerySet[Alert, Alert], str]:
        """Return the rows in the order asked for, and that order's name."""
        asked: Any = self.data.get("sort") if self.data else None
        order = asked if asked in SORTS else "-happened_at"
        rows = self.qs if self.form.is_valid() else self.queryset.filter(state__in=ALERT_OPEN)
        return rows.order_by(*SORTS[order]), order


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
