"""Filters of the lists of roles and of holders; they narrow what is visible and never widen it."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from common.filters import WordsFilter
from common.forms import CleanCharField
from people.models import Person
from people.queries import named
from roles.catalogue import CATEGORIES
from roles.models import Role, RoleAssignment
from roles.queries import assignments_on


class RoleFilter(django_filters.FilterSet):
    """Search and filters of the register of roles; closed roles only when asked for."""

    q = WordsFilter(label="Role or person", method="by_words", max_length=80)
    category = django_filters.ChoiceFilter(label="Kind", choices=CATEGORIES, empty_label="All")
    held = django_filters.ChoiceFilter(
        label="Show",
        choices=(("held", "Held today"), ("vacant", "Held by nobody"), ("closed", "Not used here")),
        method="by_held",
        empty_label="All in use",
    )

    class Meta:
        model = Role
        fields: list[str] = []
        form = forms.Form

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Apply the filters; closed roles show only under their own filter."""
        closed = self.form.cleaned_data.get("held") == "closed"
        return super().filter_queryset(queryset.filter(active=not closed))

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to roles with the words in a name, or held today by somebody of that name."""
        school = self.request.school
        people = named(Person.objects.filter(school=school), value)
        held = assignments_on(school, timezone.localdate()).filter(person__in=people)
        return rows.filter(
            Q(label__icontains=value) | Q(aliases__icontains=value) | Q(pk__in=held.values("role"))
        )

    def by_held(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to roles held today or by nobody."""
        if value == "closed":
            return rows
        return rows.filter(holder_count__gt=0) if value == "held" else rows.filter(holder_count=0)


class HolderFilter(django_filters.FilterSet):
    """Search and filters of everybody who ever held a role."""

    q = WordsFilter(label="Name", method="by_words", max_length=80)
    when = django_filters.ChoiceFilter(
        label="When",
        choices=(("now", "Now"), ("later", "Later"), ("past", "In the past")),
        method="by_time",
        empty_label="Now and ever",
    )

    class Meta:
        model = RoleAssignment
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to people with every word in their names."""
        return rows.filter(
            person__in=named(Person.objects.filter(school=self.request.school), value)
        )

    def by_time(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to those who hold the role now, will, or did."""
        return rows.filter(time=value)


class PermissionFilterForm(forms.Form):
    """Look up a word, or what one role may do."""

    q = CleanCharField(label="Doing what", required=False, max_length=80)
    role = forms.ChoiceField(label="Role", required=False)

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "All"), *((role.code, role.label) for role in roles)]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
