"""Filters of classes, visits and papers; they narrow what is visible and never widen it."""

from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from agreements.models import Obligation, PaperReturn, Signature
from agreements.queries.papers import agreements_on_paper, classes_of
from common.filters import WordsFilter
from people.models import SchoolClass


class ClassFilter(django_filters.FilterSet):
    """Classes by name, and whether they have read their agreement (AGR-08)."""

    q = WordsFilter(label="Class or teacher", method="by_words", max_length=80)
    read = django_filters.ChoiceFilter(
        label="Read with the teacher",
        choices=(("no", "Not yet"), ("yes", "Yes")),
        method="by_read",
        empty_label="All classes",
    )

    class Meta:
        model = SchoolClass
        fields: list[str] = []
        form = forms.Form

    def __init__(self, *args: Any, since: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since = since

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to a class or its teacher."""
        return rows.filter(
            Q(name__icontains=value)
            | Q(teacher__given_name__unaccent__icontains=value)
            | Q(teacher__family_name__unaccent__icontains=value)
        )

    def by_read(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to classes that have, or have not, read this term or year."""
        if value == "yes":
            return rows.filter(last_read__gte=self.since)
        return rows.filter(Q(last_read__lt=self.since) | Q(last_read=None))


class VisitFilter(django_filters.FilterSet):
    """What was signed at reception; unless asked otherwise, by those who are still expected."""

    q = WordsFilter(label="Name, organisation or number", method="by_words", max_length=80)
    when = django_filters.ChoiceFilter(
        label="Show",
        choices=(("today", "Signed today"), ("ends", "Ends today"), ("all", "All ever")),
        method="by_time",
        empty_label="Good today",
    )

    class Meta:
        model = Signature
        fields: list[str] = []
        form = forms.Form

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Apply the filters; those whose time has run out only when asked for."""
        if not self.form.cleaned_data.get("when"):
            queryset = queryset.filter(valid_until__gte=timezone.localdate())
        return super().filter_queryset(queryset)

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to a name, an organisation, whom they visit or a reference."""
        return rows.filter(
            Q(typed_name__unaccent__icontains=value)
            | Q(organisation__unaccent__icontains=value)
            | Q(job__unaccent__icontains=value)
            | Q(reference__iexact=value)
        )

    def by_time(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Signed today, ending today, or all."""
        today = timezone.localdate()
        if value == "today":
            return rows.filter(signed_at__date=today)
        return rows.filter(valid_until=today) if value == "ends" else rows


class SheetFilter(django_filters.FilterSet):
    """What can be signed on paper, by name, agreement and class."""

    q = WordsFilter(label="Name", method="by_words", max_length=80)
    agreement = django_filters.ChoiceFilter(
        label="Agreement", field_name="agreement__code", empty_label="All agreements"
    )
    group = django_filters.ChoiceFilter(
        label="Class", field_name="class_id", empty_label="All classes"
    )

    class Meta:
        model = Obligation
        fields: list[str] = []
        form = forms.Form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school = self.request.school
        self.filters["agreement"].extra["choices"] = agreements_on_paper(school)
        groups = classes_of(school).values_list("pk", "name")
        self.filters["group"].extra["choices"] = [(str(pk), name) for pk, name in groups]

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to the signer's or the pupil's name."""
        return rows.filter(_named("signer", value) | _named("about", value))


class PaperFilter(django_filters.FilterSet):
    """Papers that came back; those to be compared unless others are asked for."""

    q = WordsFilter(label="Name", method="by_words", max_length=80)
    state = django_filters.ChoiceFilter(
        label="Show",
        choices=(("same", "Compared and right"), ("refused", "Refused"), ("all", "All")),
        method="by_state",
        empty_label="To be compared",
    )

    class Meta:
        model = PaperReturn
        fields: list[str] = []
        form = forms.Form

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Apply the filters; papers that were compared only when asked for."""
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.filter(checked_at=None)
        return super().filter_queryset(queryset)

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to the name on the sheet, the signer's or the pupil's."""
        return rows.filter(
            Q(typed_name__unaccent__icontains=value)
            | _named("obligation__signer", value)
            | _named("obligation__about", value)
        )

    def by_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Right, refused, or all."""
        if value == "all":
            return rows
        compared = rows.exclude(checked_at=None)
        right = Q(refused_reason="")
        return compared.filter(right) if value == "same" else compared.exclude(right)


def _named(person: str, text: str) -> Q:
    """Return the condition that every word of a text stands in somebody's name."""
    found = Q(**{f"{person}__isnull": False})
    for word in text.split()[:4]:
        found &= (
            Q(**{f"{person}__given_name__unaccent__icontains": word})
            | Q(**{f"{person}__family_name__unaccent__icontains": word})
            | Q(**{f"{person}__known_as__unaccent__icontains": word})
        )
    return found
