"""The list of filter changes as a sheet: its columns, and its rows as one person may see them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from filtering.asking.words import targets_in_words
from filtering.models import ChangeRequest
from filtering.queries.changes import change_rows, live_parts, live_targets
from people.models import Person

HEADING = (
    *("Number", "State", "Block or allow", "What", "Profiles", "Sites", "What for", "Why"),
    *("Asked by", "Asked", "Open from", "Open until", "Blocked at once", "Under an exception"),
    *("Risk", "Decided by", "Decided", "Made by", "Made", "Tested by", "Tested", "Ended"),
)


def rows_of(person: Person, powers: Collection[str], keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the rows of some changes in the order of ``keys``; hidden ones are left out."""
    rows = change_rows(person, powers).select_related("decided_by", "made_by", "tested_by")
    found = {one.pk: one for one in rows.filter(pk__in=keys)}
    return [_cells(found[key]) for key in keys if key in found]


def _cells(change: ChangeRequest) -> tuple[Any, ...]:
    return (
        change.reference,
        change.get_state_display(),
        change.get_direction_display(),
        targets_in_words(live_targets(change)),
        ", ".join(str(part) for part in live_parts(change)),
        ", ".join(change.sites),
        change.get_reason_kind_display(),
        change.reason,
        change.asked_by,
        _moment(change.asked_at),
        change.from_date or "",
        change.until_date or "",
        "yes" if change.emergency else "no",
        "yes" if change.under_exception else "no",
        change.get_risk_display(),
        change.decided_by or "",
        _moment(change.decided_at),
        change.made_by or "",
        _moment(change.made_at),
        change.tested_by or "",
        _moment(change.tested_at),
        _moment(change.ended_at),
    )


def _moment(value: datetime | None) -> str:
    return f"{localtime(value):%Y-%m-%d %H:%M}" if value else ""
