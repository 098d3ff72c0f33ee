"""Filters of the register of equipment; the same for the page, its export and its labels."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from assets.models import Asset
from assets.queries.device_checks import to_scan
from assets.queries.inventory import rooms_of
from assets.vocabulary import AssetKind, Encryption
from assets.workflow import ASSET_GONE, ASSET_STATES
from common.filters import Sorted, WordsFilter
from people.models import Person
from people.queries import named

EVERYTHING = "everything"
UNTIL = (("ended", "Over"), ("ending", "Ends soon"), ("none", "Not said"))


class AssetFilter(Sorted):
    """Search and filters; what is disposed of is left out unless somebody asks for it."""

    q = WordsFilter(label="Tag, serial number or words", method="by_words", max_length=120)
    kind = django_filters.ChoiceFilter(label="Kind", choices=AssetKind.choices, empty_label="All")
    state = django_filters.ChoiceFilter(
        label="State",
        choices=[*ASSET_STATES.items(), (EVERYTHING, "All, disposed of too")],
        method="by_state",
        empty_label="All but disposed of",
    )
    room = django_filters.ChoiceFilter(label="Room", method="by_room", empty_label="All")
    holder = WordsFilter(label="Held by", method="by_holder", max_length=80)
    data = django_filters.ChoiceFilter(
        label="Data on it",
        choices=(("yes", "Keeps data"), ("protected", "Protected data"), ("no", "Keeps none")),
        method="by_data",
        empty_label="All",
    )
    encryption = django_filters.ChoiceFilter(
        label="Encryption", choices=Encryption.choices, empty_label="All"
    )
    support = django_filters.ChoiceFilter(
        label="Support", choices=UNTIL, method="by_until", empty_label="All"
    )
    warranty = django_filters.ChoiceFilter(
        label="Warranty", choices=UNTIL, method="by_until", empty_label="All"
    )
    review = django_filters.ChoiceFilter(
        label="Review",
        choices=(("due", "Due"), ("none", "No day set")),
        method="by_review",
        empty_label="All",
    )
    scan = django_filters.ChoiceFilter(
        label="Scan",
        choices=(("needed", "To be scanned"),),
        method="by_scan",
        empty_label="All",
    )
    sorts = {
        "tag": ("tag", "pk"),
        "-tag": ("-tag", "-pk"),
        "support_until": ("support_until", "tag", "pk"),
        "-support_until": ("-support_until", "-tag", "-pk"),
        "bought_date": ("bought_date", "tag", "pk"),
        "-bought_date": ("-bought_date", "-tag", "-pk"),
    }

    class Meta:
        model = Asset
        fields: list[str] = []
        form = forms.Form

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rooms = rooms_of(self.request.school).values_list("pk", "name")
        self.filters["room"].extra["choices"] = [("0", "No room"), *rooms]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Narrow the rows; nothing that is disposed of unless a state was asked for."""
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.exclude(state__in=ASSET_GONE)
        return super().filter_queryset(queryset)

    def by_words(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Whole words of what is said of a device, or the beginning of its tag or number."""
        words = SearchQuery(value, config="simple", search_type="websearch")
        return rows.filter(
            Q(words=words) | Q(tag__istartswith=value) | Q(serial__istartswith=value)
        )

    def by_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """One state, or all of them."""
        return rows if value == EVERYTHING else rows.filter(state=value)

    def by_room(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """One room, or none."""
        return rows.filter(room=None if value == "0" else value)

    def by_holder(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Somebody whose name has these words."""
        people = named(Person.objects.filter(school=self.request.school), value)
        return rows.filter(holder__in=people.order_by().values("pk"))

    def by_data(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Whether data is kept on it."""
        if value == "protected":
            return rows.filter(protected_data=True)
        return rows.filter(keeps_data=value == "yes")

    def by_until(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Whether support or warranty is over, ends soon, or was never noted."""
        today, field = localdate(), f"{name}_until"
        if value == "none":
            return rows.filter(**{f"{field}__isnull": True})
        if value == "ended":
            return rows.filter(**{f"{field}__lt": today})
        soon = today + timedelta(days=self.request.school.setting("licence_remind_days"))
        return rows.filter(**{f"{field}__range": (today, soon)})

    def by_review(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        """Whether its next review is due."""
        if value == "none":
            return rows.filter(review_date=None)
        return rows.filter(review_date__lte=localdate())

    def by_scan(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        """Portable devices that are to be scanned before they join the network (AST-18)."""
        return rows.filter(pk__in=to_scan(self.request.school).order_by().values("pk"))
