"""Note that items or searches were printed or taken out as a file (REP-15, SYS-03)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from assets.models import Confiscation, SearchRecord
from audit.actions import record
from people.models import Person, School


@transaction.atomic
def export_confiscations(
    *, school: School, filters: Mapping[str, Any], count: int, by: Person, at: datetime
) -> None:
    """Note which items taken were taken out as a file."""
    facts = {"filters": dict(filters), "count": count}
    record("export_confiscations", school, by=by, at=at, facts=facts, school_id=school.pk)


@transaction.atomic
def export_searches(
    *, school: School, filters: Mapping[str, Any], count: int, by: Person, at: datetime
) -> None:
    """Note which records of searches were taken out as a file."""
    facts = {"filters": dict(filters), "count": count}
    record("export_searches", school, by=by, at=at, facts=facts, school_id=school.pk)


@transaction.atomic
def print_confiscation(*, item: Confiscation, by: Person, at: datetime) -> None:
    """Note that the receipt of an item was laid out for printing."""
    record("print_confiscation", item, by=by, at=at)


@transaction.atomic
def print_search(*, search: SearchRecord, by: Person, at: datetime) -> None:
    """Note that the record of a search was laid out for printing."""
    record("print_search", search, by=by, at=at)
