"""Write down what leaves the system as a file (SYS-03, REP-15)."""

from datetime import datetime

from django.db import transaction

from audit.actions import record
from people.models import Person, School


@transaction.atomic
def export_obligations(
    *, school: School, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Record that somebody took the register of who has signed out: filters, how many."""
    facts = {"filters": filters, "count": count}
    record("export_obligations", school, by=by, at=at, facts=facts, school_id=school.pk)
