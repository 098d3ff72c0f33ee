"""Filters of governors' reviews, questions and actions; they narrow and never widen."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from common.filters import DateFilter, WordsFilter
from people.models import Person
from people.queries import named
from reports.models import GovernorAction, GovernorQuestion, GovernorReview
from reports.queries.reviews import OVERDUE
from reports.workflow import REVIEW_STATES

NOT_HELD = ("scheduled", "prepared")


class Sorted(django_filters.FilterSet):
    """A filter whose rows are sorted by ``sort``; the first order is the usual one."""

    orders: dict[str, tuple[str, ...]] = {}

    def sorted(self) -> tuple[QuerySet, str]:
        """Return the rows in the order asked for, and that order's name."""
        asked: Any = self.data.get("sort") if self.data else None
        order = asked if asked in self.orders else next(iter(self.orders))
        rows = self.qs if self.form.is_valid() or not self.is_bound else self.queryset
        return rows.order_by(*self.orders[order]), order


class ReviewFilter(Sorted):
    """Search and filters of the reviews."""

    q = WordsFilter(label="Words", method="by_words", max_length=80)
    state = django_filters.ChoiceFilter(
        label="State",
        choices=[*REVIEW_STATES.items(), ("overdue", "Overdue")],
        method="by_state",
        empty_label="All",
    )
    since = DateFilter(label="Due from", field_name="due_date", lookup_expr="gte")
    until = DateFilter(label="Due until", field_name="due_date", lookup_expr="lte")
    orders = {
        "-due_date": ("-due_date", "-pk"),
        "due_date": ("due_date", "pk"),
        "-held_date": ("-held_date", "-pk"),
        "held_date": ("held_date", "pk"),
    }

    class Meta:
        model = GovernorReview
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to the number, the term or words of the findings."""
        return rows.filter(
            Q(reference__icontains=value) | Q(label__icontains=value) | Q(findings__icontains=value)
        )

    def by_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to a state; overdue ones were not held 30 days after their day."""
        if value == "overdue":
            return rows.filter(state__in=NOT_HELD, due_date__lt=localdate() - OVERDUE)
        return rows.filter(state=value)


class QuestionFilter(Sorted):
    """Search and filters of the challenge log."""

    q = WordsFilter(label="Words", method="by_words", max_length=80)
    state = django_filters.ChoiceFilter(
        label="State",
        choices=[("open", "No answer yet"), ("answered", "Answered")],
        method="by_state",
        empty_label="All",
    )
    about = django_filters.ChoiceFilter(
        label="Asked about",
        choices=[("review", "A review"), ("report", "A report")],
        method="by_about",
        empty_label="Anything",
    )
    since = DateFilter(label="Asked from", field_name="asked_at", lookup_expr="date__gte")
    until = DateFilter(label="Asked until", field_name="asked_at", lookup_expr="date__lte")
    orders = {
        "-asked_at": ("-asked_at", "-pk"),
        "asked_at": ("asked_at", "pk"),
        "-answered_at": ("-answered_at", "-pk"),
        "answered_at": ("answered_at", "pk"),
    }

    class Meta:
        model = GovernorQuestion
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to words of question, answer or evidence."""
        return rows.filter(
            Q(text__icontains=value) | Q(answer__icontains=value) | Q(evidence__icontains=value)
        )

    def by_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to those with an answer, or without."""
        return rows.filter(answered_at__isnull=value == "open")

    def by_about(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to what they were asked about."""
        return rows.filter(**{f"{value}__isnull": False})


class ActionFilter(Sorted):
    """Search and filters of what reviews and meetings asked for."""

    q = WordsFilter(label="Words", field_name="words", lookup_expr="icontains", max_length=80)
    owner = WordsFilter(label="Whose", method="by_owner", max_length=80)
    state = django_filters.ChoiceFilter(
        label="State",
        choices=[("open", "To be done"), ("overdue", "Overdue"), ("done", "Done")],
        method="by_state",
        empty_label="All",
    )
    since = DateFilter(label="Due from", field_name="due_date", lookup_expr="gte")
    until = DateFilter(label="Due until", field_name="due_date", lookup_expr="lte")
    orders = {
        "due_date": ("due_date", "pk"),
        "-due_date": ("-due_date", "-pk"),
        "-done_at": ("-done_at", "-pk"),
        "done_at": ("done_at", "pk"),
    }

    class Meta:
        model = GovernorAction
        fields: list[str] = []
        form = forms.Form

    def by_owner(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to owners with every word in their names."""
        return rows.filter(
            owner__in=named(Person.objects.filter(school=self.request.school), value)
        )

    def by_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to what is done, or not, or late."""
        if value == "done":
            return rows.filter(done_at__isnull=False)
        rows = rows.filter(done_at=None)
        return rows.filter(due_date__lt=localdate()) if value == "overdue" else rows
