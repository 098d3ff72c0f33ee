"""Note that what is in use, the change log or the reports were taken out as a file (SYS-03)."""

from datetime import date, datetime

from django.db import transaction

from audit.actions import record
from people.models import Person, School


@transaction.atomic
def export_failures(
    *, school: School, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Note on the trail which reports about filtering were taken out (REP-15)."""
    facts = {"filters": filters, "count": count}
    record("export_failures", school, by=by, at=at, facts=facts, school_id=school.pk)


@transaction.atomic
def export_log(
    *, school: School, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Note on the trail which lines of the change log were taken out (FIL-35)."""
    facts = {"filters": filters, "count": count}
    record("export_log", school, by=by, at=at, facts=facts, school_id=school.pk)


@transaction.atomic
def export_provision(*, school: School, as_at: date, count: int, by: Person, at: datetime) -> None:
    """Note on the trail that what is blocked and allowed was taken out, as at a day (FIL-02)."""
    facts = {"as_at": as_at.isoformat(), "count": count}
    record("export_provision", school, by=by, at=at, facts=facts, school_id=school.pk)
