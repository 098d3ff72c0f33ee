"""Rooms: renamed, ended, and what stands in them moved (AST-01)."""

from datetime import datetime

from django.db import transaction

from assets.actions.life import take_step
from assets.conditions.common import check_power, check_version
from assets.models import Asset, Room
from assets.queries.rooms import in_room
from audit.actions import record
from common.clean_text import tidy
from common.errors import Refusal, StepRefused
from people.models import Person


@transaction.atomic
def rename_room(*, room: Room, name: str, version: int, by: Person, at: datetime) -> Room:
    """Give a room another name; what stands in it stays there.

    Refuses a page that is out of date, no name, the name it has, that of another room, ended ones
    too, and a room that has ended.
    """
    room, name = _locked(room, version, by, at), tidy(name)[:60]
    if not name:
        raise Refusal("Give it a name, as it stands on the door.")
    if name == room.name:
        raise Refusal("Nothing was changed.")
    others = Room.objects.filter(school=room.school_id, name__iexact=name).exclude(pk=room.pk)
    if others.exists():
        raise Refusal(
            f"Another room has the name “{name}”. To make one of the two, move everything from "
            "this room to the other one, then end this one."
        )
    room.name = name
    return _saved("rename_room", room, ["name"], by, at)


@transaction.atomic
def end_room(*, room: Room, version: int, by: Person, at: datetime) -> Room:
    """Say that a room is no longer used; it stays on record, and with what stood in it.

    Refuses a page that is out of date, a room that has ended, and one in which devices stand.
    """
    room = _locked(room, version, by, at)
    count = in_room(room).count()
    if count:
        devices = "1 device stands" if count == 1 else f"{count} devices stand"
        raise Refusal(f"{devices} in this room. Move everything to another room first.")
    room.ended_by, room.ended_at = by, at
    return _saved("end_room", room, ["ended_by", "ended_at"], by, at)


@transaction.atomic
def move_asset(
    *, asset: Asset, room: Room, version: int | None = None, by: Person, at: datetime
) -> Asset:
    """Move a device to another room (AST-01).

    Refuses what the table of steps does not let move, such as evidence and what is lent, the room
    it is in already, and a room that has ended.
    """
    room = Room.objects.select_for_update(of=("self",)).get(pk=room.pk)
    if room.ended_at:
        raise Refusal(f"The room “{room}” is no longer used.")
    if asset.room_id == room.pk:
        raise Refusal("It is in this room already.")
    return take_step(
        asset=asset,
        step="move_asset",
        text=f"Room: {asset.room or 'none'} → {room}",
        changes={"room": room},
        facts={"room": room.pk},
        version=version,
        by=by,
        at=at,
    )


def _locked(room: Room, version: int, by: Person, at: datetime) -> Room:
    check_power(by, "edit_assets", at)
    locked = Room.objects.select_for_update(of=("self",)).select_related("school").get(pk=room.pk)
    check_version(locked.version, version)
    if locked.ended_at:
        raise StepRefused("This room is no longer used. What is known of it stays as it is.")
    return locked


def _saved(verb: str, room: Room, fields: list[str], by: Person, at: datetime) -> Room:
    room.version += 1
    room.save(update_fields=["version", *fields])
    record(verb, room, by=by, at=at)
    return room
