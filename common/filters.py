"""Filters that several lists share."""

import django_filters

from common.forms import CleanCharField, DateBoxesField


class WordsFilter(django_filters.CharFilter):
    """Words typed into a search box; refuses control characters."""

    field_class = CleanCharField


class DateFilter(django_filters.Filter):
    """A day typed into three boxes."""

    field_class = DateBoxesField
