"""Filters of the list of disposals; the same for the page and its export."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from assets.models import BatchItem, DisposalBatch
from assets.vocabulary import Route
from assets.workflow import BATCH_ENDED, BATCH_STATES
from common.filters import DateFilter, Sorted, WordsFilter


class DisposalFilter(Sorted):
    """Search and filters of disposals."""

    q = WordsFilter(label="Number, tag, serial number or who takes it", method="by_words")
    open = django_filters.ChoiceFilter(
        label="Open or ended",
        choices=(("open", "Open"), ("late", "Papers late"), ("ended", "Ended")),
        method="by_open",
        empty_label="All",
    )
    state = django_filters.ChoiceFilter(
        label="State", choices=list(BATCH_STATES.items()), empty_label="All"
    )
    route = django_filters.ChoiceFilter(label="Route", choices=Route.choices, empty_label="All")
    since = DateFilter(label="Prepared from", field_name="prepared_at", lookup_expr="date__gte")
    until = DateFilter(label="Prepared until", field_name="prepared_at", lookup_expr="date__lte")
    closed_since = DateFilter(
        label="Closed from", field_name="finished_at", lookup_expr="date__gte"
    )
    closed_until = DateFilter(
        label="Closed until", field_name="finished_at", lookup_expr="date__lte"
    )
    sorts = {
        "-prepared_at": ("-prepared_at", "-pk"),
        "prepared_at": ("prepared_at", "pk"),
        "reference": ("reference",),
        "-reference": ("-reference",),
        "papers_due_date": ("papers_due_date", "pk"),
        "-papers_due_date": ("-papers_due_date", "-pk"),
    }

    class Meta:
        model = DisposalBatch
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Number, company, recipient, or a device or medium in it by tag or serial number."""
        inside = BatchItem.objects.filter(
            Q(asset__tag__iexact=value)
            | Q(asset__serial__iexact=value)
            | Q(asset__media__serial__iexact=value)
        )
        return rows.filter(
            Q(reference=value)
            | Q(company__name__icontains=value)
            | Q(recipient__icontains=value)
            | Q(pk__in=inside.values("batch"))
        )

    def by_open(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Open, with papers late, or ended."""
        if value == "late":
            return rows.filter(state="collected", papers_due_date__lt=timezone.localdate())
        ended = Q(state__in=BATCH_ENDED)
        return rows.filter(ended if value == "ended" else ~ended)
