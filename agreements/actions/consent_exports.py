"""Write down that consents leave the system as a file (SYS-03, REP-15)."""

from datetime import datetime

from django.db import transaction

from audit.actions import record
from people.models import Person, School


@transaction.atomic
def export_consents(
    *, school: School, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Record that somebody took the register of consents out: with which filters, how many."""
    facts = {"filters": filters, "count": count}
    record("export_consents", school, by=by, at=at, facts=facts, school_id=school.pk)
