"""What the page of a report to governors shows, and which step is next."""

from typing import Any

from common.discovery import discover
from common.pages import page_url
from common.requests import SchoolRequest
from common.workflow import Step
from people.queries import threshold_of
from reports.audiences import Audience
from reports.figures import Figures
from reports.models import GovernorReport
from reports.queries.reports import (
    SEES_EXACT,
    WORKS,
    editions_of,
    figures_of,
    file_of,
    readings_of,
)
from reports.showing.tables import anything_withheld, shown_sections, silent_areas
from reports.workflow import table_for

ENDS_WRITING = ("submit_report", "send_report")


def page_of(request: SchoolRequest, report: GovernorReport) -> dict[str, Any]:
    """Return everything the page of a report shows to this person.

    Exact figures and links to what they count are for leaders, who may also ask to see the report
    as governors do.
    """
    leader = SEES_EXACT in request.powers
    exact = leader and request.GET.get("as") != "governors"
    figures = figures_of(report)
    editions = editions_of(report, request.person, request.powers)
    issued = report.state == "issued"
    return {
        "report": report,
        "may_ask": may_ask(request, report),
        "leader": leader,
        "exact": exact,
        "editions": editions,
        "replaced_by": next(
            (one for one in editions if one.edition > report.edition and one.state == "issued"),
            None,
        ),
        "readings": readings_of(report) if issued and WORKS & request.powers else [],
        "file": file_of(report) if issued else None,
        "sheet_url": _sheet_url(request, report, exact=exact),
        **parts_of(request.school, figures, exact=exact, may=request.may if exact else None),
        **_next_steps(request, report),
    }


def may_ask(request: SchoolRequest, report: GovernorReport) -> bool:
    """Return whether the person may ask the school a question about this report."""
    told = report.state == "issued" and report.audience == Audience.GOVERNORS
    return told and request.may("ask_governor_question")


def _sheet_url(request: SchoolRequest, report: GovernorReport, *, exact: bool) -> str:
    """Return where the tables are taken out, ready for ``table=``; nothing without the power."""
    if not request.may("export_report"):
        return ""
    url = page_url(request.school, "governor_report_export", report.pk)
    return f"{url}?" if exact else f"{url}?as=governors&"


def parts_of(school: Any, figures: Figures, *, exact: bool, may: Any = None) -> dict[str, Any]:
    """Return what page and PDF share: the sections, and what the reader is told of them."""
    links = {"may": may} if may else {}
    labels = {label for label, _ in discover("sections")}
    return {
        "sections": shown_sections(figures, exact=exact, **links),
        "withheld": anything_withheld(figures),
        "threshold": figures.get("threshold", threshold_of(school)),
        "silent": silent_areas(figures, labels),
    }


def _next_steps(request: SchoolRequest, report: GovernorReport) -> dict[str, Any]:
    """Return the panel “Next step”: the one button and the others."""
    steps = [
        step
        for step in table_for(report.audience).open_to(report.state, request.powers)
        if step.page
    ]
    if report.lead_words and report.state == "draft":
        steps.sort(key=lambda step: step.name not in ENDS_WRITING)
    main = steps[0] if steps and report.state == "draft" else _main(steps)
    others = [_link(request, step, report) for step in steps if step is not main]
    if report.state == "issued" and request.may("write_report"):
        url = page_url(request.school, "governor_report_revise", report.pk)
        others.append({"label": "Make a new edition", "url": url})
    if may_ask(request, report):
        url = page_url(request.school, "governor_report_ask", report.pk)
        others.append({"label": "Ask the school about it", "url": url})
    lead = "The headteacher reads it now." if report.state == "submitted" and not steps else ""
    return {
        "deed": main and _link(request, main, report),
        "deeds": others,
        "lead": lead,
    }


def _main(steps: list[Step]) -> Step | None:
    return next((step for step in steps if step.main), None)


def _link(request: SchoolRequest, step: Step, report: GovernorReport) -> dict[str, str]:
    return {"label": step.label, "url": page_url(request.school, step.page, report.pk)}
