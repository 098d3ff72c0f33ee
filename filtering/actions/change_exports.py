"""Write down that a list of filter changes leaves the system (SYS-03, REP-15)."""

from datetime import datetime

from django.db import transaction

from audit.actions import record
from people.models import Person, School


@transaction.atomic
def export_changes(
    *, school: School, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Record that somebody took a list of filter changes out: with which filters, how many."""
    facts = {"filters": filters, "count": count}
    record("export_changes", school, by=by, at=at, facts=facts, school_id=school.pk)
