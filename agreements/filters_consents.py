"""Filters of the register of consents, the photo list and what follows; they only narrow."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from agreements.models import FollowUp
from agreements.queries.consent_lists import classes_of, in_class
from agreements.queries.consents import WHYS, asked_now, with_standing
from agreements.vocabulary import FollowUpKind
from common.filters import WordsFilter
from people.models import Person
from people.queries import named


class PupilFilter(django_filters.FilterSet):
    """Search by name, and a class."""

    q = WordsFilter(label="Name", method="by_words", max_length=80)
    group = django_filters.ChoiceFilter(label="Class", method="by_class", empty_label="All classes")

    class Meta:
        model = Person
        fields: list[str] = []
        form = forms.Form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["group"].extra["choices"] = classes_of(self.request.school)

    def by_words(self, people: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to pupils with every word in their names."""
        return people.filter(pk__in=named(Person.objects.filter(kind="pupil"), value).values("pk"))

    def by_class(self, people: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to the pupils of a class."""
        return in_class(people, value)


class ConsentFilter(PupilFilter):
    """The register of consents: which purpose stands how."""

    purpose = django_filters.ChoiceFilter(
        label="Asked for", method="by_nothing", empty_label="Anything"
    )
    answer = django_filters.ChoiceFilter(
        label="What counts",
        choices=list(WHYS.items()),
        method="by_answer",
        empty_label="All answers",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked_now(self.request.school)
        self.filters["purpose"].extra["choices"] = [(one.code, one.label) for one in self.asked]

    def by_nothing(self, people: QuerySet, _name: str, _value: str) -> QuerySet:
        """Narrow nothing: a purpose says to which question the answer belongs."""
        return people

    def by_answer(self, people: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to pupils of whom one purpose, or any, stands so."""
        code = self.form.cleaned_data.get("purpose")
        purposes = [one for one in self.asked if code in ("", None, one.code)]
        return people.filter(
            with_standing(self.request.school, purposes, on=timezone.localdate())[value]
        )


class FollowUpFilter(django_filters.FilterSet):
    """What follows from agreements and consents: open unless done ones are asked for."""

    kind = django_filters.ChoiceFilter(
        label="Kind", choices=FollowUpKind.choices, empty_label="Everything"
    )
    done = django_filters.ChoiceFilter(
        label="Show",
        choices=(("done", "Done"), ("all", "Open and done")),
        method="by_done",
        empty_label="Open",
    )

    class Meta:
        model = FollowUp
        fields: list[str] = []
        form = forms.Form

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Apply the filters; what is open unless done ones are asked for."""
        if not self.form.cleaned_data.get("done"):
            queryset = queryset.filter(done_at=None)
        return super().filter_queryset(queryset)

    def by_done(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to what is done, or to nothing in particular."""
        return rows.exclude(done_at=None) if value == "done" else rows
