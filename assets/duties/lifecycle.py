"""What of loans, upkeep, evidence and losses needs a person now, and what falls due."""

from collections.abc import Iterator
from datetime import date, datetime

from common.duties import Due, Figure, Need, RecurringDuty
from common.requests import SchoolRequest
from people.models import School

REMINDERS: dict[str, str] = {}
RECURRING: tuple[RecurringDuty, ...] = ()


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what waits for the person."""
    return []


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return the figures worth watching."""
    return []


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield whom to remind of what."""
    yield from ()
