"""Ask every app what falls due, and by which door somebody without a sign-in comes in."""

from datetime import date, datetime

from common.discovery import discover
from common.duties import Due
from people.models import Person, School


def collect_dues(school: School, *, on: date) -> dict[tuple[str, int, str], Due]:
    """Return what is due at a school on a day by (duty, person, period), in that order.

    Each app may have ``reminders_due(school, *, on)`` in its ``duties.py`` (SYS-02).
    """
    dues = (
        due
        for _, module in discover("duties")
        if hasattr(module, "reminders_due")
        for due in module.reminders_due(school, on=on)
    )
    return dict(sorted(((due.duty, due.person_id, due.period), due) for due in dues))


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
