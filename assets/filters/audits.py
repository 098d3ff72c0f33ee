"""Filters of audits and of destroyed paper."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from assets.models import EquipmentAudit, PaperDestruction
from assets.vocabulary import PaperMethod
from assets.workflow import AUDIT_STATES
from common.filters import DateFilter, Sorted, WordsFilter


class AuditFilter(Sorted):
    """Audits by words and state."""

    sorts = {
        "-asked_at": ("-asked_at", "-pk"),
        "asked_at": ("asked_at", "pk"),
        "due_date": ("due_date", "pk"),
        "-due_date": ("-due_date", "-pk"),
    }
    q = WordsFilter(label="Agency, reason or scope", method="by_words", max_length=80)
    state = django_filters.ChoiceFilter(
        label="State", choices=list(AUDIT_STATES.items()), empty_label="All"
    )

    class Meta:
        model = EquipmentAudit
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Part of what is said of it."""
        return rows.filter(
            Q(agency__icontains=value) | Q(reason__icontains=value) | Q(scope__icontains=value)
        )


class DestructionFilter(Sorted):
    """Destroyed paper by words, method, days, and whether its certificate is here."""

    sorts = {
        "-destroyed_date": ("-destroyed_date", "-pk"),
        "destroyed_date": ("destroyed_date", "pk"),
        "certificate": ("certificate_due_date", "pk"),
        "-certificate": ("-certificate_due_date", "-pk"),
    }
    q = WordsFilter(label="Records, company or certificate", method="by_words", max_length=80)
    method = django_filters.ChoiceFilter(
        label="How", choices=PaperMethod.choices, empty_label="Both"
    )
    certificate = django_filters.ChoiceFilter(
        label="Certificate",
        choices=(("here", "Here"), ("waits", "Not here yet"), ("late", "Late")),
        method="by_certificate",
        empty_label="All",
    )
    since = DateFilter(label="From", field_name="destroyed_date", lookup_expr="gte")
    until = DateFilter(label="Until", field_name="destroyed_date", lookup_expr="lte")

    class Meta:
        model = PaperDestruction
        fields: list[str] = []
        form = forms.Form

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Part of what it was, of the company, or the number of the certificate."""
        return rows.filter(
            Q(what__icontains=value)
            | Q(company__name__icontains=value)
            | Q(certificate_number__iexact=value)
        )

    def by_certificate(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Collections whose certificate is here, not here, or late."""
        rows = rows.filter(method=PaperMethod.COMPANY)
        if value == "here":
            return rows.exclude(sha256="")
        rows = rows.filter(sha256="")
        return rows.filter(certificate_due_date__lte=localdate()) if value == "late" else rows
