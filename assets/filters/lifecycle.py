"""Filters of loans, upkeep and losses; they narrow what is seen and never widen it."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from assets.models import Loan, Loss, Upkeep
from assets.queries.lifecycle import losses_to_judge, upkeep_due
from assets.vocabulary import LoanUse, LossKind, UpkeepKind
from common.filters import DateFilter, Sorted, WordsFilter
from people.models import Person
from people.queries import named


def _of_asset(value: str) -> Q:
    """Return what a device is found by: its tag or serial number, or part of make or model."""
    return (
        Q(asset__tag__iexact=value)
        | Q(asset__serial__iexact=value)
        | Q(asset__make__icontains=value)
        | Q(asset__model__icontains=value)
    )


class LoanFilter(Sorted):
    """Loans by words, whether they are open, use, and day."""

    sorts = {
        "due_date": ("due_date", "pk"),
        "-due_date": ("-due_date", "-pk"),
        "-lent_at": ("-lent_at", "-pk"),
        "lent_at": ("lent_at", "pk"),
        "borrower": ("borrower__family_name", "borrower__given_name", "pk"),
        "-borrower": ("-borrower__family_name", "-borrower__given_name", "-pk"),
    }
    q = WordsFilter(label="Tag, make or borrower", method="by_words", max_length=80)
    open = django_filters.ChoiceFilter(
        label="State",
        choices=(
            ("open", "Out now"),
            ("late", "Overdue"),
            ("leavers", "With somebody who leaves"),
            ("back", "Taken back"),
        ),
        method="by_open",
        empty_label="All",
    )
    use = django_filters.ChoiceFilter(label="For", choices=LoanUse.choices, empty_label="All")
    protected = django_filters.ChoiceFilter(
        label="Protected data",
        field_name="protected_data",
        choices=((True, "Yes"), (False, "No")),
        empty_label="Both",
    )
    since = DateFilter(label="Lent from", field_name="lent_at", lookup_expr="date__gte")
    until = DateFilter(label="Lent until", field_name="lent_at", lookup_expr="date__lte")

    class Meta:
        model = Loan
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """The device, or part of the borrower's name."""
        borrowers = named(Person.objects.filter(school=self.request.school), value)
        return rows.filter(_of_asset(value) | Q(borrower__in=borrowers.values("pk")))

    def by_open(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Out now, out too long, out with a leaver, or back."""
        if value == "back":
            return rows.filter(returned_at__isnull=False)
        rows = rows.filter(returned_at=None)
        if value == "late":
            return rows.filter(due_date__lt=localdate())
        return rows.filter(borrower__left_date__isnull=False) if value == "leavers" else rows


class UpkeepFilter(Sorted):
    """Repairs and checks by words, kind, and whether they are open or due."""

    sorts = {
        "-started_date": ("-started_date", "-pk"),
        "started_date": ("started_date", "pk"),
        "next_date": ("next_date", "pk"),
        "-next_date": ("-next_date", "-pk"),
    }
    q = WordsFilter(label="Tag, make or supplier", method="by_words", max_length=80)
    open = django_filters.ChoiceFilter(
        label="State",
        choices=(("open", "Away now"), ("due", "Next check is due"), ("done", "Done")),
        method="by_open",
        empty_label="All",
    )
    kind = django_filters.ChoiceFilter(label="Kind", choices=UpkeepKind.choices, empty_label="All")

    class Meta:
        model = Upkeep
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """The device or who does it."""
        return rows.filter(_of_asset(value) | Q(supplier__icontains=value))

    def by_open(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Away now, due again, or done."""
        if value == "due":
            due = upkeep_due(self.request.school, on=localdate())
            return rows.filter(pk__in=due.order_by().values("pk"))
        return rows.filter(finished_date__isnull=value == "open")


class LossFilter(Sorted):
    """Losses by device, kind, and whether they are found or judged."""

    sorts = {
        "-reported_at": ("-reported_at", "-pk"),
        "reported_at": ("reported_at", "pk"),
    }
    q = WordsFilter(label="Tag, serial number or make", method="by_words", max_length=80)
    kind = django_filters.ChoiceFilter(label="How", choices=LossKind.choices, empty_label="Both")
    open = django_filters.ChoiceFilter(
        label="State",
        choices=(("open", "Not found"), ("judge", "To be judged"), ("found", "Found")),
        method="by_open",
        empty_label="All",
    )
    since = DateFilter(label="Reported from", field_name="reported_at", lookup_expr="date__gte")
    until = DateFilter(label="Reported until", field_name="reported_at", lookup_expr="date__lte")

    class Meta:
        model = Loss
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """The device."""
        return rows.filter(_of_asset(value))

    def by_open(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Not found, still to be judged, or found."""
        if value == "judge":
            judge = losses_to_judge(self.request.school)
            return rows.filter(pk__in=judge.order_by().values("pk"))
        return rows.filter(found_at__isnull=value == "open")
