"""End what a leaving date ends."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from audit.actions import record
from people.imports.writing import close_places
from people.models import School


@transaction.atomic
def end_places(*, school: School, by: str, at: datetime) -> int:
    """End the places and carer links of whoever has left; may be repeated (ROL-29).

    Returns how many ended, and writes to the trail only when any did.
    """
    ended = close_places(school=school, on=timezone.localdate(at))
    if ended:
        record("end_places", school, by=by, at=at, facts={"ended": ended}, school_id=school.pk)
    return ended
