"""What of filtering and monitoring needs a person now, what falls due, and figures."""

from collections.abc import Iterator
from datetime import date, datetime

from common.duties import Due, Figure, Need
from common.requests import SchoolRequest
from filtering.duties import alerts, changes, failures, oversight, provision
from people.models import School

PARTS = (alerts, failures, changes, oversight, provision)
ASKS = tuple(part.asks for part in PARTS)
REMINDERS = {kind: words for part in PARTS for kind, words in part.REMINDERS.items()}


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what waits for the person: alerts first, then failures, changes and what recurs."""
    return [need for part in PARTS for need in part.needs(request, at=at)]


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return the figures of each part that the person may see."""
    return [figure for part in PARTS for figure in part.figures(request, at=at)]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield whom to remind of what, part by part (SYS-02)."""
    for part in PARTS:
        yield from part.reminders_due(school, on=on)
