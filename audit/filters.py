"""Filters of the trail; they narrow what is visible and never widen it."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from audit.models import Entry
from audit.words import all_kinds, all_words
from common.filters import DateFilter, WordsFilter


def _verbs() -> list[tuple[str, str]]:
    return sorted(all_words().items(), key=lambda pair: pair[1])


def _kinds() -> list[tuple[str, str]]:
    return sorted(((kind, words.capitalize()) for kind, words in all_kinds().items()), key=_second)


def _second(pair: tuple[str, str]) -> str:
    return pair[1]


class TrailFilter(django_filters.FilterSet):
    """Search and filters of the trail."""

    q = WordsFilter(label="Search", method="by_words", max_length=80)
    person = WordsFilter(label="Who", field_name="actor_name", lookup_expr="icontains")
    verb = django_filters.ChoiceFilter(label="Did what", choices=_verbs, empty_label="Anything")
    kind = django_filters.ChoiceFilter(
        label="About", field_name="subject_type", choices=_kinds, empty_label="Anything"
    )
    since = DateFilter(label="From", field_name="at", lookup_expr="date__gte")
    until = DateFilter(label="Until", field_name="at", lookup_expr="date__lte")

    class Meta:
        model = Entry
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: Any) -> QuerySet:
        """Narrow to entries with a text in who, what or about what."""
        return rows.filter(
            Q(subject_label__icontains=value)
            | Q(actor_name__icontains=value)
            | Q(verb__icontains=value.replace(" ", "_"))
        )
