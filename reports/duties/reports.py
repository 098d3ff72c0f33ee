"""What of the report to governors needs a person now: to write, to issue, to read (REP-02)."""

from datetime import datetime, timedelta

from django.db.models import Expression

from common.asking import answers, any_of
from common.duties import Need
from common.pages import page_url
from common.requests import SchoolRequest
from reports.models import GovernorReport
from reports.queries.reports import WORKS, reports_in_hand, reports_unread
from reports.workflow import REPORT

READ_WITHIN = timedelta(days=60)


def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know: whether a report is in hand, or to be read."""
    rows = GovernorReport.objects.filter(school=request.school)
    if WORKS & request.powers:
        return {"reports": any_of(rows.exclude(state="issued"))}
    if request.may("view_reports"):
        return {"reports": any_of(rows.filter(state="issued", issued_at__gte=at - READ_WITHIN))}
    return {}


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return the reports that wait for the person: one query for writers, one for readers."""
    if not answers(request, asks, at=at).get("reports"):
        return []
    if WORKS & request.powers:
        found = reports_in_hand(request.school)
        return [need for report in found if (need := _to_do(request, report))]
    if request.may("view_reports"):
        found = reports_unread(request.person, since=at - READ_WITHIN)
        return [_to_read(request, report) for report in found]
    return []


def _to_do(request: SchoolRequest, report: GovernorReport) -> Need | None:
    """Return the step that is next; nothing for who has none in this state."""
    steps = [step for step in REPORT.open_to(report.state, request.powers) if step.main]
    if not steps:
        return None
    why = "The headteacher sent it back" if report.returned_words else report.get_state_display()
    return Need(
        what=f"Report to the governors · {report.label}",
        why=why,
        url=page_url(request.school, "governor_report_detail", report.pk),
        label=steps[0].label if report.state == "submitted" else "Write it",
    )


def _to_read(request: SchoolRequest, report: GovernorReport) -> Need:
    return Need(
        what=f"Report to the governors · {report.label}",
        why="The headteacher has issued it",
        url=page_url(request.school, "governor_report_detail", report.pk),
        label="Read it",
    )
