"""What of reports needs a person now: to write, to issue, to read (REP-01, REP-02)."""

from datetime import datetime, timedelta

from django.db.models import Expression, Q

from common.asking import answers, any_of
from common.duties import Need
from common.pages import page_url
from common.requests import SchoolRequest
from reports.audiences import Audience
from reports.models import GovernorReport
from reports.queries.reports import WORKS, reports_in_hand, reports_unread
from reports.workflow import table_for

READ_WHY: dict[str, str] = {
    Audience.GOVERNORS: "The headteacher has issued it",
    Audience.HEAD: "The lead sent it; that you open it is the receipt",
}
READ_WITHIN = timedelta(days=60)


def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know: whether a report is in hand, or to be read."""
    rows = GovernorReport.objects.filter(school=request.school)
    if WORKS & request.powers:
        unread = Q(state="issued", audience=Audience.HEAD, issued_at__gte=at - READ_WITHIN)
        return {"reports": any_of(rows.filter(~Q(state="issued") | unread))}
    if request.may("view_reports"):
        return {"reports": any_of(rows.filter(state="issued", issued_at__gte=at - READ_WITHIN))}
    return {}


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return the reports that wait for the person: to be written or issued, then to be read."""
    if not answers(request, asks, at=at).get("reports"):
        return []
    found = []
    if WORKS & request.powers:
        rows = reports_in_hand(request.school)
        found = [need for report in rows if (need := _to_do(request, report))]
    if request.may("view_reports"):
        unread = reports_unread(request.person, request.powers, since=at - READ_WITHIN)
        found += [_to_read(request, report) for report in unread]
    return found


def _to_do(request: SchoolRequest, report: GovernorReport) -> Need | None:
    """Return the step that is next; nothing for who has none in this state."""
    table = table_for(report.audience)
    steps = [step for step in table.open_to(report.state, request.powers) if step.main]
    if not steps:
        return None
    why = "The headteacher sent it back" if report.returned_words else report.get_state_display()
    return Need(
        what=f"{report.title} · {report.label}",
        why=why,
        url=page_url(request.school, "governor_report_detail", report.pk),
        label=steps[0].label if report.state == "submitted" else "Write it",
    )


def _to_read(request: SchoolRequest, report: GovernorReport) -> Need:
    return Need(
        what=f"{report.title} · {report.label}",
        why=READ_WHY[report.audience],
        url=page_url(request.school, "governor_report_detail", report.pk),
        label="Read it",
    )
