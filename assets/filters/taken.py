"""Filters of the lists of items taken and of searches; the same for the pages and the exports."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from assets.models import Confiscation, SearchRecord
from assets.queries.taken import HELD, classes_of
from assets.vocabulary import RuleBroken, SearchKind, SoughtFor
from assets.workflow import ITEM_STATES
from common.filters import DateFilter, Sorted, WordsFilter
from people.models import Person, School
from people.models.pupils import year_words
from people.queries import named

DUE = (
    ("today", "To be given back today"),
    ("late", "Not collected in time"),
    ("here", "Still with the school"),
)


def classes(request: Any) -> QuerySet:
    """Return the classes to choose from."""
    return classes_of(request.school)


def years(school: School) -> list[tuple[str, str]]:
    """Return the year groups to choose from, the youngest first."""
    found = set(classes_of(school).values_list("year_group", flat=True))
    order = sorted(found, key=lambda year: (year.isdigit(), int(year) if year.isdigit() else 0))
    return [(year, year_words(year)) for year in order if year]


class _OfPupils(Sorted):
    """A list about pupils: found by name, class and year; sorted as asked for."""

    q = WordsFilter(label="Number, pupil or words", method="by_words", max_length=120)
    school_class = django_filters.ModelChoiceFilter(
        label="Class", queryset=classes, method="by_class", empty_label="All"
    )
    year = django_filters.ChoiceFilter(label="Year", method="by_year", empty_label="All")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = years(self.request.school)

    def by_class(self, rows: QuerySet, _name: str, value: Any) -> QuerySet:
        """Pupils who are in a class now."""
        return rows.filter(pupil__enrolments__school_class=value, pupil__enrolments__end_date=None)

    def by_year(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Pupils who are in a year group now."""
        return rows.filter(pupil__enrolments__year_group=value, pupil__enrolments__end_date=None)

    def pupils(self, words: str) -> Q:
        """Return whose name has every one of some words."""
        people = Person.objects.filter(school=self.request.school, kind=Person.Kind.PUPIL)
        return Q(pupil__in=named(people, words).values("pk"))


class ItemFilter(_OfPupils):
    """Items taken: by state, by when they are due, by pupil and by why."""

    due = django_filters.ChoiceFilter(
        label="Show", choices=DUE, method="by_due", empty_label="All items"
    )
    state = django_filters.ChoiceFilter(
        label="State", choices=list(ITEM_STATES.items()), empty_label="All"
    )
    rule = django_filters.ChoiceFilter(label="Why", choices=RuleBroken.choices, empty_label="All")
    since = DateFilter(label="Taken from", field_name="taken_at", lookup_expr="date__gte")
    until = DateFilter(label="Taken until", field_name="taken_at", lookup_expr="date__lte")
    sorts = {
        "-taken_at": ("-taken_at", "-pk"),
        "taken_at": ("taken_at", "pk"),
        "due_date": ("due_date", "pk"),
        "-due_date": ("-due_date", "-pk"),
    }

    class Meta:
        model = Confiscation
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Number, label, what it looks like, or the pupil's name."""
        return rows.filter(
            Q(reference=value)
            | Q(item_tag__iexact=value)
            | Q(item__icontains=value)
            | self.pupils(value)
        )

    def by_due(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Today's, those not collected in time, or all that are still here."""
        today = timezone.localdate()
        held = rows.filter(state="held")
        if value == "today":
            return held.filter(due_date=today)
        return held.filter(due_date__lt=today) if value == "late" else rows.filter(state__in=HELD)


class SearchFilter(_OfPupils):
    """Records of searches: by pupil, by what was searched and found, by parents told."""

    kind = django_filters.ChoiceFilter(
        label="What was searched", choices=SearchKind.choices, empty_label="All"
    )
    sought = django_filters.ChoiceFilter(
        label="What for", choices=SoughtFor.choices, empty_label="All"
    )
    found = django_filters.ChoiceFilter(
        label="Found",
        choices=(("True", "Something"), ("False", "Nothing")),
        empty_label="All",
    )
    parents = django_filters.ChoiceFilter(
        label="Parents",
        choices=(("told", "Told"), ("untold", "Not told yet")),
        method="by_parents",
        empty_label="All",
    )
    since = DateFilter(label="Searched from", field_name="searched_at", lookup_expr="date__gte")
    until = DateFilter(label="Searched until", field_name="searched_at", lookup_expr="date__lte")
    sorts = {
        "-searched_at": ("-searched_at", "-pk"),
        "searched_at": ("searched_at", "pk"),
    }

    class Meta:
        model = SearchRecord
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Number, words of the record, or the pupil's name."""
        return rows.filter(
            Q(reference=value)
            | Q(reason__icontains=value)
            | Q(found_what__icontains=value)
            | self.pupils(value)
        )

    def by_parents(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Whether the parents were told."""
        return rows.filter(parents_told_at__isnull=value == "untold")
