"""Filters of the list of software; the same for the page and its export."""

from datetime import timedelta

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from assets.models import Software
from assets.queries.software import over_used, unapproved
from assets.vocabulary import LicenceKind
from common.filters import Sorted, WordsFilter

WATCH = (
    ("over", "More used than bought"),
    ("unapproved", "Not approved and on a device"),
    ("ending", "Licence ends soon"),
    ("ended", "Licence is over"),
)


class SoftwareFilter(Sorted):
    """Search and filters; what is no longer used is left out unless somebody asks for it."""

    q = WordsFilter(label="Title, publisher or number", method="by_words", max_length=120)
    licence_kind = django_filters.ChoiceFilter(
        label="Licence for", choices=LicenceKind.choices, empty_label="All"
    )
    watch = django_filters.ChoiceFilter(
        label="To look at", choices=WATCH, method="by_watch", empty_label="All"
    )
    ended = django_filters.ChoiceFilter(
        label="In use",
        choices=(("yes", "No longer used"),),
        method="by_ended",
        empty_label="In use",
    )
    sorts = {
        "title": ("title", "release", "pk"),
        "-title": ("-title", "-release", "-pk"),
        "expires_date": ("expires_date", "title", "pk"),
        "-expires_date": ("-expires_date", "-title", "-pk"),
    }

    class Meta:
        model = Software
        fields: list[str] = []
        form = forms.Form

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Narrow the rows; only what is in use unless the rest was asked for."""
        if not self.form.cleaned_data.get("ended"):
            queryset = queryset.filter(ended_at=None)
        return super().filter_queryset(queryset)

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Part of the title, of who made it, or of the number of the licence."""
        return rows.filter(
            Q(title__icontains=value)
            | Q(publisher__icontains=value)
            | Q(supplier__icontains=value)
            | Q(licence_number__icontains=value)
        )

    def by_watch(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """What somebody should look at."""
        if value == "over":
            return over_used(rows)
        if value == "unapproved":
            return unapproved(rows)
        today = localdate()
        if value == "ended":
            return rows.filter(expires_date__lt=today)
        soon = today + timedelta(days=self.request.school.setting("licence_remind_days"))
        return rows.filter(expires_date__range=(today, soon))

    def by_ended(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        """What is no longer used."""
        return rows.exclude(ended_at=None)
