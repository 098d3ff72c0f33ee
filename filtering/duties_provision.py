"""What of the register and its confirmations needs a person now, what falls due, and figures."""

from collections.abc import Iterator
from datetime import date, datetime

from common.duties import Due, Figure, Need
from common.requests import SchoolRequest
from people.models import School

REMINDERS: dict[str, str] = {}


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what waits for the person of the request."""
    return []


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return figures worth watching."""
    return []


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield whom to remind of what."""
    yield from ()
