"""Count the register: what runs out, what is not protected, and what a stock-take found."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, IntegerField, Q, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from assets.models import Asset, StockTake
from assets.queries.stock import EXPECTED
from assets.vocabulary import Encryption, Mark
from people.models import School

# Devices in use, whose protection and support matter now.
USED = (*EXPECTED, "on_loan", "maintenance")
BEHIND = timedelta(days=14)


def running_out(on: date, days: int) -> dict[str, Count]:
    """Return what counts devices that lost or soon lose their support, or are to review."""
    soon = on + timedelta(days=days)
    used = Q(state__in=USED)
    lots = {
        "unsupported": Q(support_until__lt=on),
        "support_ending": Q(support_until__range=(on, soon)),
        "to_review": Q(review_date__lte=on),
    }
    return {name: Count("pk", filter=used & lot) for name, lot in lots.items()}


def unprotected(school: School) -> QuerySet[Asset, Asset]:
    """Return the devices in use that keep data and are not known to be encrypted (AST-17)."""
    rows = Asset.objects.filter(school=school, state__in=USED, keeps_data=True)
    return rows.exclude(encryption=Encryption.YES)


def days_of(school: School, name: str, since: date, until: date) -> list[date]:
    """Return the different days in a span on which something of devices in use runs out."""
    rows = Asset.objects.filter(school=school, state__in=USED, **{f"{name}__range": (since, until)})
    return list(rows.order_by(name).values_list(name, flat=True).distinct())


def stock_takes(start: date, end: date) -> QuerySet[StockTake, StockTake]:
    """Return the stock-takes that were closed in a span of days, of any school."""
    return StockTake.objects.filter(closed_at__date__range=(start, end))


def stock_taken(school: School, start: date, end: date) -> datetime | None:
    """Return when a stock-take was closed in a span of days, or None (AST-01)."""
    rows = stock_takes(start, end).filter(school=school)
    return rows.order_by("closed_at").values_list("closed_at", flat=True).first()


def register_at(school: School, ends_at: datetime) -> QuerySet[Asset, Asset]:
    """Return the devices that were on the register at a moment and not yet disposed of."""
    rows = Asset.objects.filter(school=school, added_at__lt=ends_at).order_by()
    return rows.filter(Q(disposed_at=None) | Q(disposed_at__gte=ends_at))


def stock_results(school: School, begins_at: datetime, ends_at: datetime) -> dict[str, Any]:
    """Return what the stock-takes closed in a span found, all together. One query."""
    rows = StockTake.objects.filter(
        school=school, closed_at__gte=begins_at, closed_at__lt=ends_at
    ).order_by()
    names = (*(str(mark) for mark in Mark), "unseen")
    found = rows.aggregate(
        takes=Count("pk"),
        **{name: Sum(Cast(KT(f"counts__{name}"), IntegerField())) for name in names},
    )
    return {name: count or 0 for name, count in found.items()}
