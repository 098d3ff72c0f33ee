"""The weekly monitoring report: opened, looked through, signed off, seen (FIL-19, R-FM-7)."""

from collections.abc import Collection
from datetime import date, datetime, time

from django.db import transaction
from django.utils.timezone import localdate

from audit.actions import record
from common.errors import Conflicted, Refusal, StepRefused
from filtering.conditions.oversight import check_power, check_seen
from filtering.models import MonitoringFinding, MonitoringReport
from filtering.queries.measures import week_figures
from filtering.queries.oversight import WEEK, weeks_to_open
from people.calendar import LONDON, SchoolCalendar, end_of_school_day
from people.models import Person, School


@transaction.atomic
def open_monitoring_reports(*, school: School, at: datetime) -> int:
    """Open the report of each past school week that needs one; returns how many (R-FM-7).

    May be repeated at any time, and twice at once. Each is due at the end of the school's number
    of school days after its week.
    """
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    weeks = weeks_to_open(school, localdate(at))
    MonitoringReport.objects.bulk_create(
        MonitoringReport(school=school, week_start=week, due_at=_due(school, week))
        for week in weeks
    )
    if weeks:
        facts = {"weeks": [week.isoformat() for week in weeks]}
        record(
            "open_monitoring_reports", school, by="sweep", at=at, facts=facts, school_id=school.pk
        )
    return len(weeks)


def _due(school: School, week: date) -> datetime:
    days = school.setting("report_days")
    day = SchoolCalendar(school).add_school_days(week + WEEK, days - 1)
    return end_of_school_day(school, datetime.combine(day, time(12), LONDON))


@transaction.atomic
def note_monitoring(
    *, report: MonitoringReport, version: int, text: str, by: Person, at: datetime
) -> MonitoringReport:
    """Write what a look through the logs showed, as IT (FIL-19).

    Refuses an empty note, a report that is signed, and one changed since the page was opened.
    """
    report = _unsigned(report, version, "note_monitoring", by=by, at=at)
    if not text.strip():
        raise Refusal("Say what the look through the logs showed, even if it was nothing.")
    report.technical_note, report.noted_by, report.noted_at = text.strip(), by, at
    _save(report, "technical_note", "noted_by", "noted_at")
    record("note_monitoring", report, by=by, at=at)
    return report


@transaction.atomic
def add_finding(
    *,
    report: MonitoringReport,
    version: int,
    text: str,
    breach: bool,
    by: Person,
    at: datetime,
) -> MonitoringFinding:
    """Write down something found in the logs; an incident may be raised from it (FIL-19, FIL-20).

    For IT and whoever signs. Refuses an empty one, and a report that is signed.
    """
    report = _unsigned(report, version, "note_monitoring", "sign_monitoring", by=by, at=at)
    if not text.strip():
        raise Refusal("Say what was found.")
    finding = MonitoringFinding.objects.create(
        school_id=report.school_id,
        report=report,
        text=text.strip(),
        breach=breach,
        found_by=by,
        found_at=at,
    )
    _save(report)
    record("add_finding", finding, by=by, at=at, facts={"breach": breach})
    return finding


@transaction.atomic
def link_finding(
    *, finding: MonitoringFinding, incident_reference: str, by: Person, at: datetime
) -> MonitoringFinding:
    """Note the incident that was raised from a finding; both keep the link (FIL-20).

    Refuses a finding from which one was raised already.
    """
    finding = MonitoringFinding.objects.select_for_update().get(pk=finding.pk)
    if finding.incident_reference:
        raise Refusal(
            f"Incident {finding.incident_reference} was raised from this finding already."
        )
    finding.incident_reference = incident_reference
    finding.save(update_fields=["incident_reference"])
    record("link_finding", finding, by=by, at=at, facts={"incident": incident_reference})
    return finding


@transaction.atomic
def sign_monitoring(
    *,
    report: MonitoringReport,
    version: int,
    breaches: str,
    actions: str,
    without_look: bool,
    by: Person,
    at: datetime,
) -> MonitoringReport:
    """Sign a week off: its figures are frozen with what broke the rules and was done (FIL-19).

    Refuses whoever wrote the technical note, a report changed since the page was opened, one that
    IT has not looked through unless that is said, and a breach without what was done about it.
    """
    report = _unsigned(report, version, "sign_monitoring", by=by, at=at)
    if report.noted_by_id == by.pk:
        raise Conflicted("You looked through these logs, so somebody else has to sign them off.")
    if report.noted_by_id is None and not without_look:
        raise Refusal(
            "IT has not looked through the logs of this week. Ask for it, or tick that you sign "
            "without it."
        )
    broken = bool(breaches.strip()) or report.findings.filter(breach=True).exists()
    if broken and not actions.strip():
        raise Refusal("Something broke the rules this week. Say what was done about it.")
    report.figures = week_figures(report.school, report.week_start, at=at)
    report.breaches, report.actions = breaches.strip(), actions.strip()
    report.signed_by, report.signed_at = by, at
    _save(report, "figures", "breaches", "actions", "signed_by", "signed_at")
    facts = {"looked_through": report.noted_by_id is not None, "breach": broken}
    record("sign_monitoring", report, by=by, at=at, facts=facts)
    return report


@transaction.atomic
def see_monitoring(
    *, school: School, reports: Collection[int], by: Person, at: datetime
) -> list[MonitoringReport]:
    """Take note of signed reports, all those shown at one press (FIL-19: monthly with the Head).

    Refuses when there is nothing left among them to take note of.
    """
    check_power(by, "see_monitoring", at=at)
    rows = MonitoringReport.objects.select_for_update(of=("self",)).filter(
        school=school, pk__in=reports, signed_at__isnull=False, seen_at=None
    )
    seen = list(rows.order_by("week_start"))
    if not seen:
        raise Refusal("There is no signed report left of which you have not taken note.")
    for report in seen:
        report.seen_by, report.seen_at = by, at
        _save(report, "seen_by", "seen_at")
        record("see_monitoring", report, by=by, at=at)
    return seen


def _unsigned(
    report: MonitoringReport, version: int, *powers: str, by: Person, at: datetime
) -> MonitoringReport:
    """Lock a report and refuse what is signed, was changed meanwhile, or is not theirs to do."""
    rows = MonitoringReport.objects.select_for_update(of=("self",)).select_related("school")
    locked = rows.get(pk=report.pk)
    if locked.signed_at:
        raise StepRefused("This report is signed off. What it says stays as it is.")
    check_seen(locked, version)
    check_power(by, *powers, at=at)
    return locked


def _save(report: MonitoringReport, *fields: str) -> None:
    report.version += 1
    report.save(update_fields=["version", *fields])
