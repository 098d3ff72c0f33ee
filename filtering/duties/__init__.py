"""What of filtering and monitoring needs a person now, falls due and recurs, and figures."""

from datetime import datetime

from common.duties import Figure, Need
from common.requests import SchoolRequest
from filtering.duties import alerts, changes, failures, oversight, provision

PARTS = (alerts, failures, changes, oversight, provision)
ASKS = tuple(part.asks for part in PARTS)
REMINDERS = {kind: words for part in PARTS for kind, words in part.REMINDERS.items()}
RECURRING = tuple(duty for part in PARTS for duty in part.RECURRING)


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what waits for the person: alerts first, then failures, changes and what recurs."""
    return [need for part in PARTS for need in part.needs(request, at=at)]


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return the figures of each part that the person may see."""
    return [figure for part in PARTS for figure in part.figures(request, at=at)]
