"""Check room by room that what is on the register is there (AST-01)."""

from datetime import datetime

from django.db import transaction

from assets.actions.life import write_life
from assets.conditions.common import check_power, check_version
from assets.conditions.inventory import check_here
from assets.models import Asset, Room, StockMark, StockTake
from assets.queries.stock import counts_of, expected_in, marked_in
from assets.steps.life import locked_asset
from assets.vocabulary import Mark
from audit.actions import record
from common.errors import Refusal
from people.models import Person, School


@transaction.atomic
def open_stock_take(*, school: School, name: str, by: Person, at: datetime) -> StockTake:
    """Begin a stock-take (AST-01); refuses a second one while one is open."""
    check_power(by, "take_stock", at)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    if StockTake.objects.filter(school=school, closed_at=None).exists():
        raise Refusal("A stock-take is open already. Finish and close it first.")
    if not name.strip():
        raise Refusal("Give it a name, for example Autumn 2026.")
    take = StockTake.objects.create(
        school=school, name=name.strip()[:80], started_by=by, started_at=at
    )
    record("open_stock_take", take, by=by, at=at)
    return take


@transaction.atomic
def mark_found(
    *, take: StockTake, asset: Asset, room: Room | None, by: Person, at: datetime
) -> StockMark:
    """Mark a device as found in a room; in another room than the register says, it moves there.

    Refuses a closed stock-take, and a device that is disposed of: then something is wrong with
    the device or its label.
    """
    check_power(by, "take_stock", at)
    take = _open(take)
    asset = locked_asset(asset)
    check_here(asset)
    elsewhere = asset.room_id != (room.pk if room else None)
    if elsewhere:
        before = asset.room
        asset.room = room
        asset.version += 1
        asset.save(update_fields=["room", "version"])
        words = f"Room: {before or 'none'} → {room or 'none'}"
        write_life(asset=asset, step="move_asset", before=asset.state, text=words, by=by, at=at)
        record("move_asset", asset, by=by, at=at, facts={"room": room.pk if room else None})
    return _mark(take, asset, room, Mark.MOVED if elsewhere else Mark.FOUND, by, at)


@transaction.atomic
def mark_missing(*, take: StockTake, asset: Asset, by: Person, at: datetime) -> StockMark:
    """Mark a device as not in its room; it may still turn up in another one.

    Refuses a closed stock-take.
    """
    check_power(by, "take_stock", at)
    take = _open(take)
    asset = locked_asset(asset)
    check_here(asset)
    return _mark(take, asset, asset.room, Mark.MISSING, by, at)


@transaction.atomic
def mark_rest_missing(*, take: StockTake, room: Room | None, by: Person, at: datetime) -> int:
    """Mark everything in a room that was not looked at as missing; returns how many.

    Refuses a closed stock-take.
    """
    check_power(by, "take_stock", at)
    take = _open(take)
    seen = marked_in(take, room).values("asset")
    rest = expected_in(take.school, room).exclude(pk__in=seen)
    made = StockMark.objects.bulk_create(
        StockMark(
            school=take.school,
            stock_take=take,
            asset=asset,
            room=room,
            mark=Mark.MISSING,
            by=by,
            at=at,
        )
        for asset in rest
    )
    record("mark_rest_missing", take, by=by, at=at, facts={"count": len(made)})
    return len(made)


@transaction.atomic
def close_stock_take(*, take: StockTake, version: int, by: Person, at: datetime) -> StockTake:
    """Close a stock-take and freeze its counts (AST-01); the next one can be opened.

    Refuses one that is closed, a page that is out of date, and one in which nothing was looked at.
    """
    check_power(by, "take_stock", at)
    take = _open(take)
    check_version(take.version, version)
    counts = counts_of(take)
    if not counts["found"] + counts["moved"] + counts["missing"]:
        raise Refusal("Nothing was looked at yet.")
    take.counts = counts
    take.closed_by, take.closed_at = by, at
    take.version += 1
    take.save(update_fields=["counts", "closed_by", "closed_at", "version"])
    record("close_stock_take", take, by=by, at=at, facts=counts)
    return take


def _open(take: StockTake) -> StockTake:
    """Lock a stock-take so that it cannot close meanwhile; refuses a closed one."""
    rows = StockTake.objects.select_for_update(of=("self",)).select_related("school")
    locked = rows.get(pk=take.pk)
    if locked.closed_at:
        raise Refusal("This stock-take is closed. What it says stays as it is.")
    return locked


def _mark(
    take: StockTake, asset: Asset, room: Room | None, mark: str, by: Person, at: datetime
) -> StockMark:
    """Write what a stock-take says of a device; a later look puts an earlier one right."""
    made, _ = StockMark.objects.update_or_create(
        stock_take=take,
        asset=asset,
        defaults={"school": take.school, "room": room, "mark": mark, "by": by, "at": at},
    )
    record("mark_stock", take, by=by, at=at, facts={"asset": asset.pk, "mark": mark})
    return made
