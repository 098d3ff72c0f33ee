"""Make the PDF of a report to governors, with the rights whoever asked has when it is done."""

import hashlib
from datetime import datetime
from typing import Any

from django.utils.text import slugify
from django.utils.timezone import localdate

from common.documents import Imprint, render_pdf
from common.errors import Refusal
from people.jobs import keep_result, progress
from people.models import Job, Person
from reports.actions.taking_out import keep_report_file, print_report
from reports.models import GovernorReport, ReportFile
from reports.queries.reports import figures_of, file_of, reports_visible_to
from reports.showing.report import parts_of
from roles.queries import powers_of

PARTS = 3  # counted, laid out, written down
LOST_SIGHT = "You may no longer open this, so nothing was made."


def make_report(*, job: Job, at: datetime) -> None:
    """Make the PDF of the report a job names; that of an issued report is made once and kept.

    It is for governors: small numbers are withheld in it whoever asks (REP-17). Of a report that
    is still written it shows the figures of the moment, says that it is a draft and is not kept.
    """
    by = job.requested_by
    if by is None or "export_report" not in (powers := powers_of(by, on=localdate(at))):
        raise Refusal(LOST_SIGHT)
    rows = reports_visible_to(by, powers).select_related("school", "issued_by")
    report = rows.filter(pk=job.input["report"]).first()
    if report is None:
        raise Refusal(LOST_SIGHT)
    kept = file_of(report)
    content = _read(kept) if kept else _lay_out(job, report, by, at)
    digest = hashlib.sha256(content).hexdigest()
    progress(job.pk, 2, PARTS)
    if report.state == "issued" and kept is None:
        content = _read(keep_report_file(report=report, content=content, sha256=digest, at=at))
    keep_result(job, name=file_name(report), content=content)
    progress(job.pk, PARTS, PARTS)
    job.message = "The report is ready."
    print_report(report=report, sha256=digest, by=by, at=at)


def file_name(report: GovernorReport) -> str:
    """Return what the PDF of a report is called."""
    draft = "" if report.state == "issued" else " draft"
    return f"{slugify(f'{report.audience} {report.label} edition {report.edition}{draft}')}.pdf"


def _read(kept: ReportFile) -> bytes:
    with kept.file.open("rb") as file:
        content: bytes = file.read()
    return content


def _lay_out(job: Job, report: GovernorReport, by: Person, at: datetime) -> bytes:
    figures = figures_of(report)
    progress(job.pk, 1, PARTS)
    pages: dict[str, Any] = {
        "report": report,
        "figures": figures,
        **parts_of(report.school, figures, exact=False),
    }
    return render_pdf("documents/governor_report.html", pages, imprint=_imprint(report, by, at))


def _imprint(report: GovernorReport, by: Person, at: datetime) -> Imprint:
    """Return what stands on every page; of an issued report the same whoever asks, and when."""
    title = f"{report.title}: {report.label}"
    if report.state != "issued" or report.issued_at is None:
        return Imprint(f"Draft. {title}", report.school.name, str(by), at)
    return Imprint(
        title=title,
        school=report.figures["school"],
        printed_by=report.figures["issued_by"],
        printed_at=report.issued_at,
        reference=f"Edition {report.edition}",
        trail=f"SHA-256 of the report: {report.sha256}. "
        f"Trail at entry {report.trail_sequence}: {report.trail_hash}",
    )
