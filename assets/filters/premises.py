"""Filters of cameras and of restricted rooms."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from assets.models import Camera, Room, RoomAccess
from common.filters import Sorted, WordsFilter
from people.models import Person
from people.queries import named


class CameraFilter(Sorted):
    """Cameras by words, and what waits; those taken down only when asked for."""

    sorts = {
        "place": ("place", "pk"),
        "-place": ("-place", "-pk"),
        "review_date": ("review_date", "pk"),
        "-review_date": ("-review_date", "-pk"),
    }
    q = WordsFilter(label="Place or purpose", method="by_words", max_length=80)
    open = django_filters.ChoiceFilter(
        label="State",
        choices=(
            ("review", "To be reviewed"),
            ("notice", "Without a notice"),
            ("processing", "Not in the record of processing"),
            ("down", "Taken down"),
            ("all", "All, taken down too"),
        ),
        method="by_open",
        empty_label="Up now",
    )

    class Meta:
        model = Camera
        fields: list[str] = []
        form = forms.Form

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Narrow the rows; nothing that was taken down unless a state was asked for."""
        if not self.form.cleaned_data.get("open"):
            queryset = queryset.filter(ended_at=None)
        return super().filter_queryset(queryset)

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Part of the place or purpose."""
        return rows.filter(Q(place__icontains=value) | Q(purpose__icontains=value))

    def by_open(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """What waits of the cameras that are up, those taken down, or all."""
        if value == "all":
            return rows
        if value == "down":
            return rows.filter(ended_at__isnull=False)
        waits = {
            "review": Q(review_date__lte=localdate()),
            "notice": Q(notice_date=None),
            "processing": Q(processing_at=None),
        }
        return rows.filter(waits[value], ended_at=None)


class RestrictedFilter(Sorted):
    """Restricted rooms by name, or by who may enter them."""

    sorts = {
        "name": ("name", "pk"),
        "-name": ("-name", "-pk"),
        "oldest": ("oldest", "pk"),
        "-oldest": ("-oldest", "-pk"),
    }
    q = WordsFilter(label="Room, or who may enter", method="by_words", max_length=80)

    class Meta:
        model = Room
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Part of the name of the room, or of somebody who may enter it now."""
        people = named(Person.objects.filter(school=self.request.school), value)
        inside = RoomAccess.objects.filter(
            Q(person__in=people.order_by().values("pk")) | Q(outsider__icontains=value),
            ended_at=None,
        )
        return rows.filter(Q(name__icontains=value) | Q(pk__in=inside.order_by().values("room")))
