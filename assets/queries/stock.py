"""Read stock-takes: what should be in a room, what was found, and what is missing (AST-01)."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from assets.models import Asset, Room, StockMark, StockTake
from assets.vocabulary import Mark
from people.models import School

# What should stand in its room; what is lent, away or locked up is not looked for.
EXPECTED = ("registered", "in_service", "redundant")


def takes_of(school: School) -> QuerySet[StockTake, StockTake]:
    """Return the stock-takes of a school, newest first."""
    return StockTake.objects.filter(school=school).select_related(
        "school", "started_by", "closed_by"
    )


def open_take(school: School) -> StockTake | None:
    """Return the stock-take that is open, or None."""
    return takes_of(school).filter(closed_at=None).first()


def take_or_404(school: School, pk: int) -> StockTake:
    """Return one stock-take of a school."""
    found = takes_of(school).filter(pk=pk).first()
    if found is None:
        raise Http404("no such stock-take")
    return found


def room_or_404(school: School, pk: int) -> Room | None:
    """Return one room of a school; None for 0, where things stand that have no room."""
    if pk == 0:
        return None
    found = Room.objects.filter(school=school, pk=pk, ended_at=None).first()
    if found is None:
        raise Http404("no such room")
    return found


def expected_in(school: School, room: Room | None) -> QuerySet[Asset, Asset]:
    """Return what should stand in a room, by tag."""
    rows = Asset.objects.filter(school=school, state__in=EXPECTED, room=room)
    return rows.select_related("holder").order_by("tag", "pk")


def marked_in(take: StockTake, room: Room | None) -> QuerySet[StockMark, StockMark]:
    """Return what a stock-take says of the devices that belong to a room now."""
    return take.marks.filter(asset__room=room).select_related("asset", "by")


def room_rows(take: StockTake, room: Room | None) -> list[Asset]:
    """Return what should be in a room and what was found there, each with its ``mark``."""
    marks = {mark.asset_id: mark for mark in marked_in(take, room)}
    rows = list(expected_in(take.school, room))
    known = {asset.pk for asset in rows}
    rows += [mark.asset for mark in marks.values() if mark.asset_id not in known]
    for asset in rows:
        asset.mark = marks.get(asset.pk)  # type: ignore[attr-defined]
    return rows


def progress_by_room(take: StockTake) -> list[dict[str, Any]]:
    """Return room by room how much should be there and how much was looked at. One query."""
    here = Asset.objects.filter(school=take.school).filter(
        Q(state__in=EXPECTED) | Q(marks__stock_take=take)
    )
    of_take = Q(marks__stock_take=take)
    rows = (
        here.values(place=F("room"), name=F("room__name"))
        .annotate(
            total=Count("pk", distinct=True),
            seen=Count("pk", filter=of_take, distinct=True),
            missing=Count("pk", filter=of_take & Q(marks__mark=Mark.MISSING), distinct=True),
        )
        .order_by(F("room__name").asc(nulls_last=True))
    )
    return [dict(row) for row in rows]


def counts_of(take: StockTake) -> dict[str, int]:
    """Return how many devices should be there, were found, moved, missing, or not looked at."""
    if take.closed_at:
        return take.counts
    marks = dict(take.marks.values_list("mark").annotate(Count("pk")).order_by())
    unseen = Asset.objects.filter(school=take.school, state__in=EXPECTED).exclude(
        pk__in=take.marks.values("asset")
    )
    found = {str(mark): marks.get(str(mark), 0) for mark in Mark}
    left = unseen.count()
    return {"expected": sum(found.values()) + left, **found, "unseen": left}


def missing_in(take: StockTake) -> QuerySet[StockMark, StockMark]:
    """Return what a stock-take says is missing, by tag."""
    rows = take.marks.filter(mark=Mark.MISSING).select_related("asset__room", "asset__holder")
    return rows.order_by("asset__tag", "pk")
