"""Filters of the list of filter changes; the same for the page and its export."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from common.filters import DateFilter, WordsFilter
from filtering.models import ChangeProfile, ChangeRequest, ChangeTarget, Profile
from filtering.vocabulary import Direction
from filtering.workflow import CHANGE_ENDED, CHANGE_OPEN, CHANGE_STATES

SORTS = {
    "-asked_at": ("-asked_at", "-pk"),
    "asked_at": ("asked_at", "pk"),
    "reference": ("reference",),
    "-reference": ("-reference",),
    "until_date": ("until_date", "pk"),
    "-until_date": ("-until_date", "-pk"),
}
YES_NO = (("yes", "Yes"), ("no", "No"))


class ChangeFilter(django_filters.FilterSet):
    """Search and filters; narrows what is already visible and never widens it."""

    q = WordsFilter(label="Number, web address or words", method="by_words", max_length=200)
    open = django_filters.ChoiceFilter(
        label="Open or ended",
        choices=(("open", "Open"), ("ended", "Ended")),
        method="by_open",
        empty_label="All",
    )
    state = django_filters.ChoiceFilter(
        label="State", choices=list(CHANGE_STATES.items()), empty_label="All"
    )
    direction = django_filters.ChoiceFilter(
        label="Block or allow", choices=Direction.choices, empty_label="Both"
    )
    profile = django_filters.ChoiceFilter(label="Profile", method="by_profile", empty_label="All")
    temporary = django_filters.ChoiceFilter(
        label="For a time", choices=YES_NO, method="by_time", empty_label="All"
    )
    emergency = django_filters.ChoiceFilter(
        label="Blocked at once", choices=YES_NO, method="by_emergency", empty_label="All"
    )
    mine = django_filters.ChoiceFilter(
        label="Asked by", choices=(("me", "Me"),), method="by_asker", empty_label="Anybody"
    )
    since = DateFilter(label="Asked from", field_name="asked_at", lookup_expr="date__gte")
    until = DateFilter(label="Asked until", field_name="asked_at", lookup_expr="date__lte")

    class Meta:
        model = ChangeRequest
        fields: list[str] = []
        form = forms.Form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = Profile.objects.filter(school=self.request.school).order_by("name")
        found = names.values_list("name", flat=True).distinct()
        self.filters["profile"].extra["choices"] = [(name, name) for name in found]

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to a number, or to what is written in the request or its addresses."""
        targets = ChangeTarget.objects.filter(
            Q(target__icontains=value) | Q(typed__icontains=value),
            change=OuterRef("pk"),
            dropped_at=None,
        )
        words = (
            Q(reason__icontains=value) | Q(lesson__icontains=value) | Q(reference__icontains=value)
        )
        return rows.filter(words | Q(Exists(targets)))

    def by_open(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Open or ended."""
        return rows.filter(state__in=CHANGE_OPEN if value == "open" else CHANGE_ENDED)

    def by_profile(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """For one profile, by the name it has or had."""
        parts = ChangeProfile.objects.filter(
            change=OuterRef("pk"), profile__name=value, dropped_at=None
        )
        return rows.filter(Exists(parts))

    def by_time(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Ends by itself, or stays."""
        return rows.filter(until_date__isnull=value == "no")

    def by_emergency(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Made before it was approved, or not."""
        return rows.filter(emergency=value == "yes")

    def by_asker(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        """One's own."""
        return rows.filter(asked_by=self.request.person)

    def sorted(self) -> tuple[QuerySet[ChangeRequest, ChangeRequest], str]:
        """Return the rows in the order asked for, and that order's name."""
        asked: Any = self.data.get("sort") if self.data else None
        order = asked if asked in SORTS else "-asked_at"
        rows = self.qs if self.form.is_valid() or not self.is_bound else self.queryset
        return rows.order_by(*SORTS[order]), order
