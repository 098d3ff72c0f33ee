"""Note that own devices or loans were taken out as a file (SYS-03)."""

from datetime import datetime

from django.db import transaction

from audit.actions import record
from people.models import Person, School


@transaction.atomic
def export_own_devices(
    *, school: School, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Note on the trail which own devices were taken out."""
    facts = {"filters": filters, "count": count}
    record("export_own_devices", school, by=by, at=at, facts=facts, school_id=school.pk)


@transaction.atomic
def export_loans(
    *, school: School, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Note on the trail which loans were taken out."""
    facts = {"filters": filters, "count": count}
    record("export_loans", school, by=by, at=at, facts=facts, school_id=school.pk)
