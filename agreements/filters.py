"""Filters of the register of who has signed; the same for the page and its export."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from agreements.models import Obligation, Signature
from agreements.vocabulary import Method
from agreements.workflow import MET, OBLIGATION, OPEN, PAST
from common.filters import WordsFilter
from people.models import Person, SchoolClass
from people.queries import named

STATES = [(code, label) for code, label in OBLIGATION.states.items() if code not in PAST]
SORTS = {
    "due": ("due_date", "pk"),
    "-due": ("-due_date", "-pk"),
    "name": ("signer__family_name", "signer__given_name", "pk"),
    "-name": ("-signer__family_name", "-signer__given_name", "-pk"),
}


class ObligationFilter(django_filters.FilterSet):
    """Search and filters of who has signed and who has not (AGR-03)."""

    q = WordsFilter(label="Name", method="by_words", max_length=80)
    show = django_filters.ChoiceFilter(
        label="Show",
        choices=(("waiting", "Still to answer"), ("late", "Past the date"), ("met", "Done")),
        method="by_standing",
        empty_label="All",
    )
    agreement = django_filters.ChoiceFilter(
        label="Agreement", field_name="agreement__code", empty_label="All"
    )
    group = django_filters.ChoiceFilter(label="Class", method="by_class", empty_label="All")
    state = django_filters.ChoiceFilter(label="State", choices=STATES, empty_label="All")

    class Meta:
        model = Obligation
        fields: list[str] = []
        form = forms.Form

    def __init__(self, *args, agreements: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.filters["agreement"].extra["choices"] = agreements
        classes = SchoolClass.objects.filter(school=self.request.school)
        names = list(classes.values_list("name", flat=True))
        self.filters["group"].extra["choices"] = [(name, name) for name in names]

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to signers, or pupils signed for, with every word in their names."""
        people = named(Person.objects.filter(school=self.request.school), value)
        return rows.filter(Q(signer__in=people) | Q(about__in=people))

    def by_class(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to pupils of a class, and to those who sign for them."""
        return rows.filter(class_name=value)

    def by_standing(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Waiting, late or done."""
        if value == "met":
            return rows.filter(state__in=MET)
        waiting = rows.filter(state__in=OPEN)
        return waiting.filter(due_date__lt=timezone.localdate()) if value == "late" else waiting


class SignatureFilter(django_filters.FilterSet):
    """Search and filters of the register of signatures."""

    q = WordsFilter(label="Name or reference", method="by_words", max_length=80)
    agreement = django_filters.ChoiceFilter(
        label="Agreement", field_name="version__agreement__code", empty_label="All"
    )
    method = django_filters.ChoiceFilter(label="How", choices=Method.choices, empty_label="All")

    class Meta:
        model = Signature
        fields: list[str] = []
        form = forms.Form

    def __init__(self, *args, agreements: list[tuple[str, str]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.filters["agreement"].extra["choices"] = agreements

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Narrow to a reference, or to names with the words in them."""
        return rows.filter(Q(reference__iexact=value) | Q(typed_name__icontains=value))
