"""What was handed in, permissions to use a phone and private phones used, as sheets."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from assets.exporting.own_devices import day
from assets.models import HandIn, PhoneUse, PrivateCall
from assets.queries.phones import calls_visible_to, hand_in_rows, phone_uses_visible_to
from people.models import Person

HAND_IN_HEADING = (
    *("Owner", "Kind of person", "Class", "Device", "Kept in", "Note"),
    *("Handed in", "Taken in by", "Given back", "Given back by"),
)
PHONE_USE_HEADING = (
    *("Number", "For", "Who", "Class", "Reason or activity", "From", "Until", "State"),
    *("Asked for", "In an emergency", "Decided by", "Decided", "What was said", "Ended", "Why"),
)
CALL_HEADING = ("Who", "Used", "Emergency", "Number", "Written down", "Read by", "Read")


def hand_in_cells(person: Person, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the rows of some devices handed in, in the order of ``keys``. One query."""
    found = hand_in_rows(person.school).in_bulk(list(keys))
    return [_hand_in(found[key]) for key in keys if key in found]


def phone_use_cells(
    person: Person, powers: Collection[str], keys: Sequence[int]
) -> list[tuple[Any, ...]]:
    """Return the rows of some permissions in the order of ``keys``. One query."""
    rows = phone_uses_visible_to(person, powers).select_related("decided_by")
    found = rows.in_bulk(list(keys))
    return [_phone_use(found[key]) for key in keys if key in found]


def call_cells(
    person: Person, powers: Collection[str], keys: Sequence[int]
) -> list[tuple[Any, ...]]:
    """Return the rows of some private phones used in the order of ``keys``. One query."""
    found = calls_visible_to(person, powers).in_bulk(list(keys))
    return [_call(found[key]) for key in keys if key in found]


def _hand_in(one: HandIn) -> tuple[Any, ...]:
    return (
        one.owner,
        one.owner.get_kind_display(),
        one.class_name,  # type: ignore[attr-defined]
        one.what,
        one.place,
        one.note,
        _moment(one.in_at),
        one.taken_in_by,
        _moment(one.back_at),
        one.given_back_by,
    )


def _phone_use(one: PhoneUse) -> tuple[Any, ...]:
    return (
        one.reference,
        one.get_kind_display(),
        one.holder,
        one.school_class,
        one.purpose,
        day(one.from_date),
        day(one.until_date),
        one.get_state_display(),
        _moment(one.asked_at),
        _moment(one.given_at),
        one.decided_by,
        _moment(one.decided_at),
        one.decision_note,
        _moment(one.ended_at),
        one.ended_why,
    )


def _call(one: PrivateCall) -> tuple[Any, ...]:
    return (
        one.caller,
        _moment(one.used_at),
        one.reason,
        "Hidden" if one.number_hidden else "Shown",
        _moment(one.recorded_at),
        one.read_by,
        _moment(one.read_at),
    )


def _moment(value: datetime | None) -> str:
    """Return a moment as a sheet sorts it."""
    return f"{localtime(value):%Y-%m-%d %H:%M}" if value else ""
