"""What of the report to governors needs a person now: to write, to issue, to read (REP-02)."""

from datetime import datetime, timedelta

from common.duties import Need
from common.pages import page_url
from common.requests import SchoolRequest
from reports.models import GovernorReport
from reports.queries.reports import WORKS, reports_in_hand, reports_unread
from reports.workflow import REPORT

READ_WITHIN = timedelta(days=60)


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return the reports that wait for the person: one query for writers, one for readers."""
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
