"""Note that a list of equipment leaves the system as a file (SYS-03, REP-15)."""

from datetime import datetime

from django.db import transaction

from assets.conditions.common import check_power
from audit.actions import record
from people.models import Person, School


@transaction.atomic
def export_list(
    *,
    verb: str,
    power: str,
    school: School,
    filters: dict[str, str],
    count: int,
    by: Person,
    at: datetime,
) -> None:
    """Note on the trail what was taken out, how it was filtered and its length.

    ``verb`` names the list on the trail. Refuses whoever lacks the power.
    """
    check_power(by, power, at)
    facts = {"filters": filters, "count": count}
    record(verb, school, by=by, at=at, facts=facts, school_id=school.pk)
