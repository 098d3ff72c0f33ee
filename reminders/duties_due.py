"""Ask every app what falls due, and by which door somebody without a sign-in comes in."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from common.discovery import discover
from common.duties import Due
from people.models import Person, School
from reminders.lookups import Lookup, lookup_of


def collect_dues(school: School, *, on: date) -> dict[tuple[str, int, str], Due]:
    """Return what is due at a school on a day by (duty, person, period), in that order.

    Each app may have ``reminders_due(school, *, on)`` in its ``duties.py``, and in the modules that
    this names in ``PARTS`` (SYS-02). Where such a part has ``may_be_due(*, on)`` too, it is asked
    only if one of the rows that names is there; those of all parts are looked up in one statement.
    """
    dues = (due for part in _parts_due(school, on) for due in part.reminders_due(school, on=on))
    return dict(sorted(((due.duty, due.person_id, due.period), due) for due in dues))


def _parts_due(school: School, on: date) -> list[Any]:
    """Return the parts of all apps that may have something due at a school on a day."""
    names, lookup = _lookup(on)
    found = {name for name, there in zip(names, lookup.at(school), strict=True) if there}
    return [
        part for part in parts_that_remind() if part.__name__ in found or part.__name__ not in names
    ]


def parts_that_remind() -> list[Any]:
    """Return every module of an app that says what falls due."""
    modules = (module for _, module in discover("duties"))
    parts = (part for module in modules for part in (module, *getattr(module, "PARTS", ())))
    return [part for part in parts if hasattr(part, "reminders_due")]


@lru_cache(maxsize=8)
def _lookup(on: date) -> tuple[list[str], Lookup]:
    """Return what looks up the rows of all parts on a day, and of which part each is."""
    asked = [
        (part.__name__, rows)
        for part in parts_that_remind()
        if hasattr(part, "may_be_due")
        for rows in part.may_be_due(on=on)
    ]
    return [name for name, _ in asked], lookup_of(rows for _, rows in asked)


def kinds_of_duty() -> dict[str, str]:
    """Return what each kind of duty is called: ``REMINDERS`` in an app's ``duties.py``."""
    found: dict[str, str] = {}
    for _, module in discover("duties"):
        found |= getattr(module, "REMINDERS", {})
    return found


def door_of(person: Person, *, at: datetime) -> str:
    """Return a path that lets somebody in without a sign-in, or nothing.

    Each app may have ``door(person, *, at)`` in its ``duties.py``. What it returns is a secret of
    that person: it goes into their mail and nowhere else.
    """
    doors = (
        module.door(person, at=at) for _, module in discover("duties") if hasattr(module, "door")
    )
    return next((path for path in doors if path), "")
