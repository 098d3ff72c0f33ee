"""Filters of own devices, exemptions and permissions to record; they never widen what is seen."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from assets.models import Exemption, Misuse, PersonalDevice, RecordingPermission
from assets.vocabulary import DeviceKind, ExemptionKind
from assets.workflow import RECORDING_STATES
from common.filters import Sorted, WordsFilter
from people.models import Person
from people.queries import named


class OwnDeviceFilter(Sorted):
    """People's own devices by words, whose they are, kind and where they stand."""

    sorts = {
        "-asked_at": ("-asked_at", "-pk"),
        "asked_at": ("asked_at", "pk"),
        "owner": ("owner__family_name", "owner__given_name", "pk"),
        "-owner": ("-owner__family_name", "-owner__given_name", "-pk"),
    }
    q = WordsFilter(label="Name, make or serial number", method="by_words", max_length=80)
    whose = django_filters.ChoiceFilter(
        label="Whose",
        field_name="owner__kind",
        choices=((Person.Kind.STAFF, "Staff"), (Person.Kind.PUPIL, "Pupils")),
        empty_label="Everybody’s",
    )
    state = django_filters.ChoiceFilter(
        label="State", choices=PersonalDevice.State.choices, empty_label="All"
    )
    kind = django_filters.ChoiceFilter(label="Kind", choices=DeviceKind.choices, empty_label="All")
    wifi = django_filters.ChoiceFilter(
        label="Wi-Fi",
        choices=(("on", "On the Wi-Fi"), ("misused", "Misused on it")),
        method="by_wifi",
        empty_label="All",
    )

    class Meta:
        model = PersonalDevice
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Part of what it is, or of its owner's name."""
        owners = named(Person.objects.filter(school=self.request.school), value)
        found = Q(make__icontains=value) | Q(model__icontains=value) | Q(serial__icontains=value)
        return rows.filter(found | Q(owner__in=owners.values("pk")))

    def by_wifi(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """On the school's Wi-Fi now, or misused on it; never one's own in the second case."""
        if value == "on":
            return rows.filter(wifi_at__isnull=False)
        misused = Misuse.objects.filter(device=OuterRef("pk"))
        return rows.filter(Exists(misused)).exclude(owner=self.request.person)


class ExemptionFilter(Sorted):
    """Exemptions by pupil, by kind and whether they are in force."""

    sorts = {
        "pupil": ("pupil__family_name", "pupil__given_name", "pk"),
        "-pupil": ("-pupil__family_name", "-pupil__given_name", "-pk"),
        "until_date": ("until_date", "pk"),
        "-until_date": ("-until_date", "-pk"),
    }
    q = WordsFilter(label="Name of the pupil", method="by_words", max_length=80)
    when = django_filters.ChoiceFilter(
        label="In force",
        choices=(("now", "Now"), ("later", "Later"), ("over", "Over")),
        method="by_time",
        empty_label="All",
    )
    kind = django_filters.ChoiceFilter(
        label="Why", choices=ExemptionKind.choices, empty_label="All"
    )

    class Meta:
        model = Exemption
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Part of the pupil's name."""
        pupils = named(Person.objects.filter(school=self.request.school), value)
        return rows.filter(pupil__in=pupils.values("pk"))

    def by_time(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """In force today, not yet, or no more."""
        today = localdate()
        over = Q(ended_at__isnull=False) | Q(until_date__lt=today)
        if value == "over":
            return rows.filter(over)
        later = Q(from_date__gt=today)
        return rows.exclude(over).filter(later if value == "later" else ~later)


class RecordingFilter(Sorted):
    """Permissions to record by words, state, and pictures that are still there."""

    sorts = {
        "-asked_at": ("-asked_at", "-pk"),
        "asked_at": ("asked_at", "pk"),
        "until_date": ("until_date", "pk"),
        "-until_date": ("-until_date", "-pk"),
    }
    q = WordsFilter(label="Number, name or purpose", method="by_words", max_length=80)
    state = django_filters.ChoiceFilter(
        label="State", choices=list(RECORDING_STATES.items()), empty_label="All"
    )
    pictures = django_filters.ChoiceFilter(
        label="Pictures",
        choices=(("there", "Not said to be deleted"),),
        method="by_pictures",
        empty_label="All",
    )

    class Meta:
        model = RecordingPermission
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """The number, or part of the purpose or of the holder's name."""
        holders = named(Person.objects.filter(school=self.request.school), value)
        found = Q(reference=value) | Q(purpose__icontains=value)
        return rows.filter(found | Q(holder__in=holders.values("pk")))

    def by_pictures(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        """With pictures of which nobody has said that they are off the device."""
        return rows.filter(open_uses__gt=0)
