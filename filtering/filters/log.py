"""Filters of the change log; the same for the page and its export (FIL-03)."""

from datetime import date, datetime, time
from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet

from common.filters import DateFilter, WordsFilter
from filtering.models import LogEntry, Profile
from filtering.queries.provision import end_of_day
from filtering.vocabulary import EntryKind
from people.calendar import LONDON

SORTS = {"-at": ("-at", "-pk"), "at": ("at", "pk")}
YES = (("yes", "Yes"),)


class LogFilter(django_filters.FilterSet):
    """Search and filters of the log. They never look into what only those with names may read."""

    q = WordsFilter(label="Words, web address or number", method="by_words", max_length=200)
    kind = django_filters.ChoiceFilter(
        label="What was done", choices=EntryKind.choices, empty_label="All"
    )
    profile = django_filters.ChoiceFilter(label="Profile", method="by_profile", empty_label="All")
    cause = WordsFilter(label="Cause", field_name="cause", lookup_expr="icontains", max_length=60)
    emergency = django_filters.ChoiceFilter(
        label="Blocked before it was approved", choices=YES, method="by_yes", empty_label="All"
    )
    under_exception = django_filters.ChoiceFilter(
        label="Under an exception of the governors",
        choices=YES,
        method="by_yes",
        empty_label="All",
    )
    since = DateFilter(label="From", method="by_since")
    until = DateFilter(label="Until", method="by_until")

    class Meta:
        model = LogEntry
        fields: list[str] = []
        form = forms.Form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = Profile.objects.filter(school=self.request.school).order_by("name")
        found = names.values_list("name", flat=True).distinct()
        self.filters["profile"].extra["choices"] = [(name, name) for name in found]

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Full-text search in what everybody who sees the log may read."""
        return rows.filter(search=SearchQuery(value, config="simple", search_type="websearch"))

    def by_profile(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """One of the profiles of a line."""
        return rows.filter(profiles__contains=[value])

    def by_yes(self, rows: QuerySet, name: str, _value: str) -> QuerySet:
        """Only lines that are marked."""
        return rows.filter(**{name: True})

    def by_since(self, rows: QuerySet, _name: str, value: date) -> QuerySet:
        """From the first moment of a day, so that the index of the order serves."""
        return rows.filter(at__gte=datetime.combine(value, time.min, LONDON))

    def by_until(self, rows: QuerySet, _name: str, value: date) -> QuerySet:
        """Until the last moment of a day."""
        return rows.filter(at__lte=end_of_day(value))

    def sorted(self) -> tuple[QuerySet[LogEntry, LogEntry], str]:
        """Return the lines in the order asked for, and that order's name."""
        asked: Any = self.data.get("sort") if self.data else None
        order = asked if asked in SORTS else "-at"
        rows = self.qs if self.form.is_valid() or not self.is_bound else self.queryset
        return rows.order_by(*SORTS[order]), order
