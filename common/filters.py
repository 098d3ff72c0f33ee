"""Filters that several lists share."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import QuerySet

from common.forms import CleanCharField, DateBoxesField


class WordsFilter(django_filters.CharFilter):
    """Words typed into a search box; refuses control characters."""

    field_class = CleanCharField


class DateFilter(django_filters.Filter):
    """A day typed into three boxes."""

    field_class = DateBoxesField


class Sorted(django_filters.FilterSet):
    """A list that can be sorted; the first of ``sorts`` unless another is asked for."""

    sorts: Mapping[str, tuple[str, ...]] = {}

    def sorted(self) -> tuple[QuerySet, str]:
        """Return the rows in the order asked for, and that order's name."""
        asked: Any = self.data.get("sort") if self.data else None
        order = asked if asked in self.sorts else next(iter(self.sorts))
        rows = self.qs if self.form.is_valid() or not self.is_bound else self.queryset
        return rows.order_by(*self.sorts[order]), order


def filters_in_words(found: django_filters.FilterSet, sort: str = "") -> dict[str, str]:
    """Return the filters in force by name, for the trail; words typed in may be a name."""
    chosen: dict[str, Any] = found.form.cleaned_data if found.form.is_bound else {}
    told = {
        name: "words" if isinstance(found.filters[name], WordsFilter) else str(value)
        for name, value in chosen.items()
        if value
    }
    return told | ({"sort": sort} if sort else {})
