"""Checks, reviews and weekly reports over a span of days, counted for the report to governors.

What ``measures`` counts, the report takes from there. Each function is one query.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q

from common.sections import Period
from filtering.models import CheckResult, FilterCheck, MonitoringReport, Review
from filtering.vocabulary import Outcome
from people.models import School


def checks_made(school: School, period: Period) -> int:
    """Return how many checks of the filter were made in a span, by the day of the check."""
    days = (period.start, period.end)
    return FilterCheck.objects.filter(school=school, checked_date__range=days).count()


def results_of(school: School, period: Period) -> dict[str, int]:
    """Return what the tests of a span's checks found: as it should be, not so, or not tested."""
    rows = CheckResult.objects.filter(
        school=school, check_made__checked_date__range=(period.start, period.end)
    )
    tested = ~Q(actual=Outcome.NOT_TESTED)
    held = Q(expected=Outcome.REACHED) | Q(actual=Outcome.BLOCKED)
    return rows.aggregate(
        held=Count("pk", filter=tested & held),
        failed=Count("pk", filter=tested & ~held),
        not_tested=Count("pk", filter=~tested),
    )


def review_figures(school: School, period: Period) -> dict[str, Any]:
    """Return how many reviews of filtering and monitoring were opened and closed in a span."""
    return Review.objects.filter(school=school).aggregate(
        opened=Count("pk", filter=_within("opened_at", period)),
        closed=Count("pk", filter=_within("closed_at", period)),
    )


def weekly_figures(school: School, period: Period) -> dict[str, Any]:
    """Return what became of the monitoring reports of the weeks that ended in a span.

    Signed off in time or late, or not signed off.
    """
    week = timedelta(days=6)
    rows = MonitoringReport.objects.filter(
        school=school, week_start__range=(period.start - week, period.end - week)
    )
    return rows.aggregate(
        in_time=Count("pk", filter=Q(signed_at__lte=F("due_at"))),
        late=Count("pk", filter=Q(signed_at__gt=F("due_at"))),
        unsigned=Count("pk", filter=Q(signed_at=None)),
    )


def _within(field: str, period: Period) -> Q:
    return Q(**{f"{field}__gte": period.begins_at, f"{field}__lt": period.ends_at})
