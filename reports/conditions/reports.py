"""May this be done to this report to governors now? Conditions that no role overrides."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from common.errors import Refusal, StaleRecord, StepRefused
from people.models import Person, School
from reports.models import GovernorReport
from roles.queries import person_may

LONGEST = timedelta(days=365)  # so that the same days a year before do not overlap


def check_power(by: Person, power: str, *, at: datetime) -> None:
    """Refuse whoever does not hold a power on the day."""
    if not person_may(by, power, on=localdate(at)):
        raise StepRefused("Your role at this school does not allow this step.")


def check_seen(report: GovernorReport, version: int) -> None:
    """Refuse a change made on a page that was opened before somebody else's change."""
    if report.version != version:
        raise StaleRecord(
            "Somebody changed this report after you opened the page. Nothing was saved, and what "
            "you typed is still here. Look at what changed, then send it again."
        )


def check_span(start: date, end: date, *, at: datetime) -> None:
    """Refuse days that make no report: the wrong way round, not begun, more than a year."""
    if end < start:
        raise Refusal("The last day cannot be before the first.")
    if start > localdate(at):
        raise Refusal("These days have not begun, so there is nothing to report yet.")
    if end - start >= LONGEST:
        raise Refusal("Choose a year at most.")


def check_no_report_yet(school: School, audience: str, start: date, end: date) -> None:
    """Refuse a second report on the same days: a later one is a new edition (R-OFS-1)."""
    days = {"period_start": start, "period_end": end}
    rows = GovernorReport.objects.filter(school=school, audience=audience, **days)
    last = rows.order_by("-edition").first()
    if last is None:
        return
    if last.state != "issued":
        raise Refusal("A report on these days is being written already. Open it in the list.")
    raise Refusal("The report on these days has been issued. Open it and make a new edition.")


def check_latest(report: GovernorReport) -> None:
    """Refuse a new edition of anything but the last one issued."""
    later = GovernorReport.objects.filter(
        school=report.school_id,
        audience=report.audience,
        period_start=report.period_start,
        period_end=report.period_end,
        edition__gt=report.edition,
    )
    if later.exists():
        raise Refusal("There is a later edition of this report already. Open that one.")


def check_over(report: GovernorReport, *, at: datetime) -> None:
    """Refuse to freeze figures of days that are still to come."""
    if report.period_end > localdate(at) + timedelta(days=14):
        raise Refusal(
            "These days are not over: a report is issued in their last two weeks or later."
        )
