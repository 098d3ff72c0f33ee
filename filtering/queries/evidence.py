"""Which records show that a recurring duty of filtering and monitoring was done, and since when."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from filtering.models import (
    Alert,
    AlertSample,
    Attestation,
    CheckPoint,
    CheckResult,
    FilterCheck,
    MonitoringReport,
    Review,
)
from filtering.queries.oversight import WEEK
from filtering.vocabulary import AboutWhom, CheckTest, Outcome, Trigger
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


def logs_to_sign(start: date, end: date) -> QuerySet[MonitoringReport, MonitoringReport]:
    """Return the weekly reports that are due in a span of days, or in its whole first week.

    A week without a school day has none; the last one before a holiday is due after it. One that
    is signed before its day counts at once (FIL-19).
    """
    end = max(end, start + WEEK - timedelta(days=1))
    return MonitoringReport.objects.filter(due_at__range=_moments(start, end))


def logs_signed(school: School, start: date, end: date) -> datetime | None:
    """Return when the last of the weekly reports due in a span of days was signed, or None."""
    rows = logs_to_sign(start, end).filter(school=school).order_by()
    counts = rows.aggregate(all=Count("pk"), signed=Count("signed_at"), last=Max("signed_at"))
    found: datetime | None = counts["last"]
    return found if counts["all"] == counts["signed"] else None


def logs_to_see(start: date, end: date) -> QuerySet[MonitoringReport, MonitoringReport]:
    """Return the weekly reports signed in time for the headteacher to see in a span of days.

    What is signed in its last week may wait for the next one.
    """
    return MonitoringReport.objects.filter(signed_at__range=_moments(start - WEEK, end - WEEK))


def logs_seen(start: date, end: date) -> QuerySet[MonitoringReport, MonitoringReport]:
    """Return the weekly reports that the headteacher took note of in a span of days."""
    return MonitoringReport.objects.filter(seen_at__range=_moments(start, end))


def logs_seen_by_head(school: School, start: date, end: date) -> datetime | None:
    """Return when the headteacher first took note of a weekly report, or None (FIL-19)."""
    rows = logs_seen(start, end).filter(school=school)
    found: datetime | None = rows.aggregate(first=Min("seen_at"))["first"]
    return found


def false_alarms(start: date, end: date) -> QuerySet[Alert, Alert]:
    """Return the alerts judged false in a span of days, and those of them that were sampled.

    Not those about the headteacher: a duty to look at them again would tell of them (FIL-15).
    """
    rows = Alert.objects.filter(drill=False, triaged_at__range=_moments(start, end))
    judged = Q(state="false_alarm") | Q(sample__isnull=False)
    return rows.filter(judged).exclude(about=AboutWhom.HEAD)


def samples_checked(start: date, end: date) -> QuerySet[AlertSample, AlertSample]:
    """Return the sampled false alarms of a span of days that were looked at a second time."""
    return AlertSample.objects.filter(
        alert__triaged_at__range=_moments(start, end), checked_at__isnull=False
    )


def sample_checked(school: School, start: date, end: date) -> datetime | None:
    """Return when the last of a term's sample was checked; None while one is left (FIL-15)."""
    rows = AlertSample.objects.filter(
        school=school, alert__triaged_at__range=_moments(start, end)
    ).order_by()
    counts = rows.aggregate(all=Count("pk"), done=Count("checked_at"), last=Max("checked_at"))
    found: datetime | None = counts["last"]
    return found if counts["all"] == counts["done"] else None


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
