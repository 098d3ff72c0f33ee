"""Note that reports, checks, reviews or figures were printed or taken out as a file (REP-15)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from audit.actions import record
from filtering.models import MonitoringReport, Review
from people.models import Person, School


@transaction.atomic
def export_checks(
    *, school: School, filters: Mapping[str, Any], count: int, by: Person, at: datetime
) -> None:
    """Note which filter checks were taken out."""
    facts = {"filters": dict(filters), "count": count}
    record("export_checks", school, by=by, at=at, facts=facts, school_id=school.pk)


@transaction.atomic
def export_measures(*, school: School, start: str, end: str, by: Person, at: datetime) -> None:
    """Note that the figures of a period were taken out."""
    facts = {"from": start, "until": end}
    record("export_measures", school, by=by, at=at, facts=facts, school_id=school.pk)


@transaction.atomic
def print_monitoring(*, report: MonitoringReport, by: Person, at: datetime) -> None:
    """Note that a weekly report was laid out for printing."""
    record("print_monitoring", report, by=by, at=at)


@transaction.atomic
def print_review(*, review: Review, by: Person, at: datetime) -> None:
    """Note that a review was laid out for printing."""
    record("print_review", review, by=by, at=at, facts={"text_hash": review.text_hash})
