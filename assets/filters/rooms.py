"""Filters of the list of rooms; the same for the page and its export."""

import django_filters
from django import forms
from django.db.models import QuerySet

from assets.models import Room
from common.filters import Sorted, WordsFilter


class RoomFilter(Sorted):
    """Rooms by name and by whether they are used; ended ones only when asked for."""

    q = WordsFilter(label="Name", field_name="name", lookup_expr="icontains", max_length=60)
    used = django_filters.ChoiceFilter(
        label="Used",
        choices=(("ended", "No longer used"), ("every", "All, ended ones too")),
        method="by_used",
        empty_label="In use",
    )
    devices = django_filters.ChoiceFilter(
        label="In it",
        choices=(("some", "Something stands there"), ("none", "Nothing stands there")),
        method="by_devices",
        empty_label="All",
    )
    sorts = {
        "name": ("name", "pk"),
        "-name": ("-name", "-pk"),
        "devices": ("devices", "name", "pk"),
        "-devices": ("-devices", "name", "pk"),
    }

    class Meta:
        model = Room
        fields: list[str] = []
        form = forms.Form

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Narrow the rows; those in use unless something else was asked for."""
        if not self.form.cleaned_data.get("used"):
            queryset = queryset.filter(ended_at=None)
        return super().filter_queryset(queryset)

    def by_used(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Ended ones, or all."""
        return rows.filter(ended_at__isnull=False) if value == "ended" else rows

    def by_devices(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Rooms in which something stands, or nothing."""
        return rows.filter(devices__gt=0) if value == "some" else rows.filter(devices=0)
