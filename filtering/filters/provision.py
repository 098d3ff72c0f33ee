"""Filters of the web addresses that a profile blocks or allows."""

import django_filters
from django import forms

from common.filters import WordsFilter
from filtering.models import Rule
from filtering.vocabulary import Direction


class RuleFilter(django_filters.FilterSet):
    """Search the addresses of a profile."""

    q = WordsFilter(
        label="Part of a web address", field_name="target", lookup_expr="icontains", max_length=200
    )
    direction = django_filters.ChoiceFilter(
        label="Blocked or allowed",
        choices=((Direction.BLOCK, "Blocked"), (Direction.ALLOW, "Allowed")),
        empty_label="Both",
    )

    class Meta:
        model = Rule
        fields: list[str] = []
        form = forms.Form
