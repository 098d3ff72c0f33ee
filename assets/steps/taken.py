"""How every deed on an item taken from a pupil begins and ends: locked, checked, written down."""

from datetime import datetime
from typing import Any

from assets.conditions.shared import check_power, check_version
from assets.models import Confiscation, ItemEvent, SearchRecord
from assets.workflow import ITEM
from audit.actions import record
from people.models import Person


def begin(step: str, *, item: Confiscation, version: int, by: Person, at: datetime) -> Confiscation:
    """Lock an item and refuse the step unless state, version and power allow it.

    Returns the item as it stands in the database now.
    """
    rows = Confiscation.objects.select_for_update(of=("self",)).select_related("school", "pupil")
    locked = rows.get(pk=item.pk)
    check_version(locked.version, version)
    ITEM.check(step, locked.state)
    check_power(by, ITEM.step(step).needs, at)
    return locked


def finish(
    step: str,
    item: Confiscation,
    *,
    changes: dict[str, Any],
    text: str = "",
    by: Person,
    at: datetime,
) -> Confiscation:
    """Move an item to the step's target with what changes, write its line and the trail."""
    item.state = ITEM.step(step).target or item.state
    for name, value in changes.items():
        setattr(item, name, value)
    item.version += 1
    item.save(update_fields=["state", "version", *changes])
    write_line(item, step, text, by=by, at=at)
    record(step, item, by=by, at=at, facts={"state": item.state})
    return item


def write_line(
    about: Confiscation | SearchRecord, step: str, text: str = "", *, by: Person, at: datetime
) -> ItemEvent:
    """Append one line to what became of an item, or to a record of a search."""
    of_item = isinstance(about, Confiscation)
    return ItemEvent.objects.create(
        school_id=about.school_id,
        confiscation=about if of_item else None,
        search=None if of_item else about,
        step=step,
        text=text.strip()[:500],
        by=by,
        at=at,
    )
