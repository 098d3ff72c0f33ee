"""Read weekly monitoring reports and their findings (FIL-19, FIL-20)."""

from datetime import date, timedelta

from django.db.models import Count, Min, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from filtering.models import Alert, MonitoringFinding, MonitoringReport, Service
from people.calendar import SchoolCalendar
from people.models import School

WEEKS_BACK = 4
WEEK = timedelta(days=7)


def reports_of(school: School) -> QuerySet[MonitoringReport, MonitoringReport]:
    """Return the weekly reports of a school for a list, the newest first, with their counts."""
    return (
        MonitoringReport.objects.filter(school=school)
        .select_related("noted_by", "signed_by", "seen_by")
        .annotate(
            finding_count=Count("findings"),
            breach_count=Count("findings", filter=Q(findings__breach=True)),
        )
    )


def report_or_404(school: School, number: int) -> MonitoringReport:
    """Return one weekly report with its findings, or raise the page for nothing."""
    findings = MonitoringFinding.objects.select_related("found_by")
    rows = MonitoringReport.objects.filter(school=school, pk=number)
    found = rows.select_related("school", "noted_by", "signed_by", "seen_by").prefetch_related(
        Prefetch("findings", findings)
    )
    report = found.first()
    if report is None:
        raise Http404("no such report")
    return report


def reports_unseen(school: School) -> QuerySet[MonitoringReport, MonitoringReport]:
    """Return the signed reports of which the headteacher has not taken note, oldest first."""
    return reports_of(school).filter(signed_at__isnull=False, seen_at=None).order_by("week_start")


def weeks_to_open(school: School, today: date) -> list[date]:
    """Return the Mondays of past weeks that have no report and need one, the oldest first.

    Of the last four weeks those with a school day, from the first in which the school had a
    product in force or an alert (R-FM-7).
    """
    since = _watched_since(school)
    if since is None:
        return []
    monday = today - timedelta(days=today.weekday())
    weeks = [monday - WEEK * back for back in range(WEEKS_BACK, 0, -1)]
    written = MonitoringReport.objects.filter(school=school, week_start__in=weeks)
    have = set(written.values_list("week_start", flat=True))
    calendar = SchoolCalendar(school)
    return [
        week
        for week in weeks
        if week not in have
        and week + WEEK > since
        and any(calendar.is_school_day(week + timedelta(days=day)) for day in range(5))
    ]


def _watched_since(school: School) -> date | None:
    services = Service.objects.filter(school=school).aggregate(first=Min("from_at"))
    alerts = Alert.objects.filter(school=school).aggregate(first=Min("received_at"))
    found = [row["first"] for row in (services, alerts) if row["first"]]
    return localdate(min(found)) if found else None
