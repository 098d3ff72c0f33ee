"""What of equipment and devices needs a person now, what falls due, and figures."""

from datetime import datetime

from assets.duties import (
    audits,
    care,
    disposal,
    inventory,
    lifecycle,
    own_devices,
    phones,
    premises,
    taken,
)
from common.duties import Figure, Need
from common.requests import SchoolRequest

PARTS = (taken, phones, own_devices, lifecycle, care, disposal, premises, audits, inventory)
WITH_FIGURES = (taken, phones, own_devices, lifecycle, disposal, inventory)
ASKS = tuple(part.asks for part in PARTS)
REMINDERS = {kind: words for part in PARTS for kind, words in part.REMINDERS.items()}
RECURRING = tuple(duty for part in PARTS for duty in part.RECURRING)


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what waits for the person: items taken first, then devices, loans and disposals."""
    return [need for part in PARTS for need in part.needs(request, at=at)]


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return the figures of each part that the person may see."""
    return [figure for part in WITH_FIGURES for figure in part.figures(request, at=at)]
