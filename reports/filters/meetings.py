"""Filters of the calendar of meetings; they narrow and never widen."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from common.filters import DateFilter, WordsFilter
from reports.conditions.meetings import kinds_for
from reports.filters.reviews import Sorted
from reports.models import Meeting
from reports.workflow import MEETING_STATES


class MeetingFilter(Sorted):
    """Search and filters of the meetings."""

    q = WordsFilter(label="Words", method="by_words", max_length=80)
    kind = django_filters.ChoiceFilter(label="Who meets", empty_label="Anybody")
    state = django_filters.ChoiceFilter(
        label="State", choices=list(MEETING_STATES.items()), empty_label="All"
    )
    since = DateFilter(label="From", field_name="on_date", lookup_expr="gte")
    until = DateFilter(label="Until", field_name="on_date", lookup_expr="lte")
    orders = {"-on_date": ("-on_date", "-pk"), "on_date": ("on_date", "pk")}

    class Meta:
        model = Meeting
        fields: list[str] = []
        form = forms.Form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = kinds_for(self.request.powers)
        choices = [one for one in Meeting.Kind.choices if one[0] in seen]
        self.filters["kind"].extra["choices"] = choices

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to the committee, or words of what was talked about or of the minutes."""
        return rows.filter(
            Q(committee__icontains=value) | Q(items__icontains=value) | Q(minute__icontains=value)
        )
