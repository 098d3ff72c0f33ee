"""Which records show that a recurring duty of filtering and monitoring was done, and since when."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.db.models import Min, QuerySet

from filtering.models import (
    Alert,
    Attestation,
    CheckPoint,
    CheckResult,
    FilterCheck,
    Review,
)
from filtering.vocabulary import CheckTest, Outcome, Trigger
from people.calendar import LONDON
from people.models import School


def checks(start: date, end: date) -> QuerySet[FilterCheck, FilterCheck]:
    """Return the checks of a span of days."""
    return FilterCheck.objects.filter(checked_date__range=(start, end))


def every_place_checked(school: School, start: date, end: date) -> datetime | None:
    """Return when the last test at the last place in use gave an answer, or None (R-FM-3).

    Two queries, whatever the number of places.
    """
    places = CheckPoint.objects.filter(school=school, ended_at=None).order_by()
    wanted = {(pk, test.value) for pk in places.values_list("pk", flat=True) for test in CheckTest}
    if not wanted:
        return None
    answered = CheckResult.objects.filter(
        school=school,
        actual__in=[Outcome.BLOCKED, Outcome.REACHED],
        check_made__checked_date__range=(start, end),
    )
    pairs = answered.order_by().values_list("check_made__point", "test")
    first = {
        (place, test): at
        for place, test, at in pairs.annotate(at=Min("check_made__recorded_at"))
        if (place, test) in wanted
    }
    return max(first.values()) if len(first) == len(wanted) else None


def yearly_reviews(start: date, end: date) -> QuerySet[Review, Review]:
    """Return the yearly reviews that were closed in a span of days."""
    return Review.objects.filter(trigger=Trigger.ANNUAL, closed_at__range=_moments(start, end))


def yearly_review_closed(school: School, start: date, end: date) -> datetime | None:
    """Return when the yearly review was signed and closed, or None (FIL-21, R-FM-2)."""
    rows = yearly_reviews(start, end).filter(school=school)
    found: datetime | None = rows.aggregate(first=Min("closed_at"))["first"]
    return found


def drills(start: date, end: date) -> QuerySet[Alert, Alert]:
    """Return the drills that somebody opened in a span of days."""
    return Alert.objects.filter(drill=True, opened_at__range=_moments(start, end))


def drill_opened(school: School, start: date, end: date) -> datetime | None:
    """Return when a drill of the chain was first opened by somebody, or None (FIL-16)."""
    rows = drills(start, end).filter(school=school)
    found: datetime | None = rows.aggregate(first=Min("opened_at"))["first"]
    return found


def confirmations(start: date, end: date) -> QuerySet[Attestation, Attestation]:
    """Return what was confirmed in a span of days."""
    return Attestation.objects.filter(confirmed_at__range=_moments(start, end))


def confirmed(*statements: str) -> Callable[[Any, date, date], datetime | None]:
    """Return what finds when the last of some statements was first confirmed (FIL-01, FIL-22)."""

    def evidence(school: School, start: date, end: date) -> datetime | None:
        """Return when the last of them was confirmed in a span of days, or None. One query."""
        rows = confirmations(start, end).filter(school=school, statement__in=statements)
        first = dict(rows.order_by().values_list("statement").annotate(at=Min("confirmed_at")))
        return max(first.values()) if len(first) == len(statements) else None

    return evidence


def _moments(start: date, end: date) -> tuple[datetime, datetime]:
    return datetime.combine(start, time(), LONDON), datetime.combine(end, time.max, LONDON)
