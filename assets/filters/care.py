"""Filters of declarations of personal use, and of mobile devices."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from assets.models import Asset, DeviceCheck, UseDeclaration
from assets.queries.declarations import tax_years_declared
from assets.queries.device_checks import YEAR
from assets.vocabulary import PORTABLE, AssetKind
from common.filters import Sorted, WordsFilter
from people.models import Person
from people.queries import named


class DeclarationFilter(Sorted):
    """Declarations by name, tax year, answer, and whether payroll knows."""

    sorts = {
        "-declared_at": ("-declared_at", "-pk"),
        "declared_at": ("declared_at", "pk"),
        "person": ("person__family_name", "person__given_name", "pk"),
        "-person": ("-person__family_name", "-person__given_name", "-pk"),
    }
    q = WordsFilter(label="Name", method="by_words", max_length=80)
    year = django_filters.ChoiceFilter(label="Tax year", field_name="until_date", empty_label="All")
    answer = django_filters.ChoiceFilter(
        label="Significant use",
        field_name="significant",
        choices=((True, "Yes"), (False, "No")),
        empty_label="Both",
    )
    payroll = django_filters.ChoiceFilter(
        label="Payroll",
        choices=(("waits", "To be told"), ("told", "Told")),
        method="by_payroll",
        empty_label="All",
    )

    class Meta:
        model = UseDeclaration
        fields: list[str] = []
        form = forms.Form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = tax_years_declared(self.request.school)
        self.filters["year"].extra["choices"] = [
            (str(day), f"{day.year - 1}/{day:%y}") for day in days
        ]

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Part of a name."""
        people = named(Person.objects.filter(school=self.request.school), value)
        return rows.filter(person__in=people.order_by().values("pk"))

    def by_payroll(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Significant use that payroll was told of, or not yet."""
        return rows.filter(significant=True, passed_at__isnull=value == "waits")


class DeviceCheckFilter(Sorted):
    """Mobile devices by words, kind, and what their latest check said."""

    sorts = {
        "tag": ("tag", "pk"),
        "-tag": ("-tag", "-pk"),
        "checked": ("checked_at", "pk"),
        "-checked": ("-checked_at", "-pk"),
    }
    q = WordsFilter(label="Tag, serial number or make", method="by_words", max_length=80)
    kind = django_filters.ChoiceFilter(
        label="Kind",
        choices=[(kind.value, kind.label) for kind in AssetKind if kind in PORTABLE],
        empty_label="All",
    )
    check = django_filters.ChoiceFilter(
        label="Latest check",
        choices=(
            ("due", "None for a year"),
            ("wrong", "Something not in order"),
            ("right", "In order"),
        ),
        method="by_check",
        empty_label="All",
    )

    class Meta:
        model = Asset
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """The device, or part of its holder's name."""
        people = named(Person.objects.filter(school=self.request.school), value)
        return rows.filter(
            Q(tag__iexact=value)
            | Q(serial__iexact=value)
            | Q(make__icontains=value)
            | Q(model__icontains=value)
            | Q(holder__in=people.order_by().values("pk"))
        )

    def by_check(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Not checked for a year, or what the latest check said."""
        if value == "due":
            since = localdate() - YEAR
            return rows.filter(Q(checked_at=None) | Q(checked_at__date__lt=since))
        good = DeviceCheck.objects.filter(
            school=self.request.school,
            encrypted=True,
            locked=True,
            protected=True,
            impersonal=True,
        ).order_by()
        rows = rows.filter(check_id__isnull=False)
        inside = Q(check_id__in=good.values("pk"))
        return rows.filter(inside if value == "right" else ~inside)
