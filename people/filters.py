"""Filters of the register of people; they narrow what is visible and never widen it."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from common.filters import WordsFilter
from people.models import Person, SchoolClass
from people.models.pupils import year_words
from people.queries import named

SORTS = {
    "name": ("family_name", "given_name", "pk"),
    "-name": ("-family_name", "-given_name", "-pk"),
    "kind": ("kind", "family_name", "given_name", "pk"),
    "-kind": ("-kind", "family_name", "given_name", "pk"),
    "class": ("class_name", "family_name", "given_name", "pk"),
    "-class": ("-class_name", "family_name", "given_name", "pk"),
}
YEARS = [(year, year_words(year)) for year in ("N", "R", *map(str, range(1, 14)))]


class PersonFilter(django_filters.FilterSet):
    """Search and filters of the register; who has left shows only when asked for."""

    q = WordsFilter(label="Name or number", method="by_words", max_length=80)
    kind = django_filters.ChoiceFilter(
        label="Kind", choices=Person.Kind.choices, empty_label="Everybody"
    )
    group = django_filters.ChoiceFilter(label="Class", method="by_class", empty_label="All classes")
    year = django_filters.ChoiceFilter(
        label="Year group", choices=YEARS, method="by_year", empty_label="All years"
    )
    here = django_filters.ChoiceFilter(
        label="Show",
        choices=(("left", "Who has left"), ("all", "All, whenever here")),
        method="by_time",
        empty_label="Who is here now",
    )

    class Meta:
        model = Person
        fields: list[str] = []
        form = forms.Form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = SchoolClass.objects.filter(school=self.request.school).values_list("pk", "name")
        self.filters["group"].extra["choices"] = [(str(pk), name) for pk, name in groups]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Apply the filters; people who are here now unless others are asked for."""
        if not self.form.cleaned_data.get("here"):
            queryset = queryset.filter(_here_now())
        return super().filter_queryset(queryset)

    def by_words(self, people: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to people with every word in their names, or with the number of the MIS."""
        return people.filter(Q(pk__in=named(people, value).values("pk")) | Q(external_id=value))

    def by_class(self, people: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to the pupils who are in a class now."""
        return people.filter(enrolments__end_date=None, enrolments__school_class=value)

    def by_year(self, people: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to the pupils who are in a year group now."""
        return people.filter(enrolments__end_date=None, enrolments__year_group=value)

    def by_time(self, people: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to those who have left, or to nobody in particular."""
        return people if value == "all" else people.exclude(_here_now())


def _here_now() -> Q:
    return Q(left_date=None) | Q(left_date__gte=timezone.localdate())
