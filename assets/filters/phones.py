"""Filters of what was handed in, of permissions to use a phone, and of private phones used."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from assets.filters.taken import classes
from assets.models import HandIn, PhoneUse, PrivateCall
from assets.queries.phones import late_before, over_night
from assets.workflow import PHONE_USE_STATES
from common.filters import DateFilter, Sorted, WordsFilter
from people.models import Person
from people.queries import named

STATES = (
    ("late", "Here, and should be back"),
    ("here", "Here now"),
    ("same_day", "Given back the same day"),
    ("overnight", "Not given back the same day"),
)
USES = (("staff", "Staff phones outside breaks"), ("lesson", "Pupils’ devices in a lesson"))


class _OfPeople(Sorted):
    """A list that is found by the name of whom it is about."""

    of = "owner"

    def people(self, words: str) -> Q:
        """Return whose name has every one of some words."""
        found = named(Person.objects.filter(school=self.request.school), words)
        return Q(**{f"{self.of}__in": found.values("pk")})


class HandInFilter(_OfPeople):
    """What was handed in, by words, class, day, and whether it is back (MOB-03)."""

    sorts = {
        "-in_at": ("-in_at", "-pk"),
        "in_at": ("in_at", "pk"),
        "owner": ("owner__family_name", "owner__given_name", "pk"),
        "-owner": ("-owner__family_name", "-owner__given_name", "-pk"),
    }
    q = WordsFilter(label="Name, device or place", method="by_words", max_length=80)
    state = django_filters.ChoiceFilter(
        label="Show",
        choices=STATES,
        method="by_state",
        empty_label="All",
    )
    school_class = django_filters.ModelChoiceFilter(
        label="Class", queryset=classes, method="by_class", empty_label="All"
    )
    since = DateFilter(label="Handed in from", field_name="in_at", lookup_expr="date__gte")
    until = DateFilter(label="Handed in until", field_name="in_at", lookup_expr="date__lte")

    class Meta:
        model = HandIn
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Part of what it is, of where it lies, or of its owner's name."""
        return rows.filter(
            Q(what__icontains=value) | Q(place__icontains=value) | self.people(value)
        )

    def by_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Here still, here for too long, or given back on its day or not."""
        if value in {"same_day", "overnight"}:
            return rows.filter(over_night() if value == "overnight" else ~over_night())
        rows = rows.filter(back_at=None)
        late = late_before(self.request.school, timezone.now())
        return rows.filter(in_at__lt=late) if value == "late" else rows

    def by_class(self, rows: QuerySet, _name: str, value: Any) -> QuerySet:
        """Devices of pupils who are in a class now."""
        return rows.filter(owner__enrolments__school_class=value, owner__enrolments__end_date=None)


class PhoneUseFilter(_OfPeople):
    """Permissions to use a phone by words, kind, state and day (MOB-06, MOB-07)."""

    of = "holder"
    sorts = {
        "-asked_at": ("-asked_at", "-pk"),
        "asked_at": ("asked_at", "pk"),
        "until_date": ("until_date", "pk"),
        "-until_date": ("-until_date", "-pk"),
    }
    q = WordsFilter(label="Number, name or activity", method="by_words", max_length=80)
    kind = django_filters.ChoiceFilter(label="For", choices=USES, empty_label="All")
    state = django_filters.ChoiceFilter(
        label="State", choices=list(PHONE_USE_STATES.items()), empty_label="All"
    )
    how = django_filters.ChoiceFilter(
        label="How",
        choices=(("before", "Asked for first"), ("emergency", "Allowed in an emergency")),
        method="by_how",
        empty_label="All",
    )
    on = DateFilter(label="In force on", method="by_day")
    since = DateFilter(label="Asked from", field_name="asked_at", lookup_expr="date__gte")
    until = DateFilter(label="Asked until", field_name="asked_at", lookup_expr="date__lte")

    class Meta:
        model = PhoneUse
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """The number, part of the purpose, or the name of the class or of who asked."""
        return rows.filter(
            Q(reference=value)
            | Q(purpose__icontains=value)
            | Q(school_class__name__iexact=value)
            | self.people(value)
        )

    def by_how(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Asked for beforehand, or written down afterwards."""
        return rows.filter(given_at__isnull=value != "emergency")

    def by_day(self, rows: QuerySet, _name: str, value: Any) -> QuerySet:
        """Allowed on a day."""
        return rows.filter(state="active", from_date__lte=value, until_date__gte=value)


class PrivateCallFilter(_OfPeople):
    """Private phones used, by words, whether they were read, and day (MOB-09)."""

    of = "caller"
    sorts = {
        "-used_at": ("-used_at", "-pk"),
        "used_at": ("used_at", "pk"),
    }
    q = WordsFilter(label="Name or reason", method="by_words", max_length=80)
    read = django_filters.ChoiceFilter(
        label="Read",
        choices=(("no", "Not read yet"), ("yes", "Read")),
        method="by_read",
        empty_label="All",
    )
    hidden = django_filters.ChoiceFilter(
        label="Number",
        field_name="number_hidden",
        choices=((True, "Hidden"), (False, "Shown")),
        empty_label="All",
    )
    since = DateFilter(label="Used from", field_name="used_at", lookup_expr="date__gte")
    until = DateFilter(label="Used until", field_name="used_at", lookup_expr="date__lte")

    class Meta:
        model = PrivateCall
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Part of the reason, or of the name."""
        return rows.filter(Q(reason__icontains=value) | self.people(value))

    def by_read(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Read by the headteacher or the chair, or not yet."""
        return rows.filter(read_at__isnull=value == "no")
