"""What the filtered lists of equipment share."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import QuerySet

from common.filters import WordsFilter


class Sorted(django_filters.FilterSet):
    """A list that can be sorted; the first of ``sorts`` unless another is asked for."""

    sorts: Mapping[str, tuple[str, ...]] = {}

    def sorted(self) -> tuple[QuerySet, str]:
        """Return the rows in the order asked for, and that order's name."""
        asked: Any = self.data.get("sort") if self.data else None
        order = asked if asked in self.sorts else next(iter(self.sorts))
        rows = self.qs if self.form.is_valid() or not self.is_bound else self.queryset
        return rows.order_by(*self.sorts[order]), order

    def in_words(self, sort: str) -> dict[str, str]:
        """Return the filters in force by name, for the trail; words typed in may be a name."""
        chosen: dict[str, Any] = self.form.cleaned_data if self.form.is_bound else {}
        told = {
            name: "words" if isinstance(self.filters[name], WordsFilter) else str(value)
            for name, value in chosen.items()
            if value
        }
        return told | {"sort": sort}
