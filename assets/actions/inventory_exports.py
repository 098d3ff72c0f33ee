"""Note that the register or the software leaves the system as a file (SYS-03, REP-15)."""

from datetime import datetime

from django.db import transaction

from assets.conditions.common import check_power
from audit.actions import record
from people.models import Person, School


@transaction.atomic
def export_assets(
    *, school: School, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Note on the trail which part of the register was taken out; refuses without the power."""
    check_power(by, "export_assets", at)
    facts = {"filters": filters, "count": count}
    record("export_assets", school, by=by, at=at, facts=facts, school_id=school.pk)


@transaction.atomic
def export_software(
    *, school: School, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Note on the trail which part of the software was taken out; refuses without the power."""
    check_power(by, "export_assets", at)
    facts = {"filters": filters, "count": count}
    record("export_software", school, by=by, at=at, facts=facts, school_id=school.pk)


@transaction.atomic
def export_rooms(
    *, school: School, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Note on the trail which rooms were taken out; refuses without the power."""
    check_power(by, "export_assets", at)
    facts = {"filters": filters, "count": count}
    record("export_rooms", school, by=by, at=at, facts=facts, school_id=school.pk)
