"""Reports to governors on paper and as sheets, and whether one is as it was issued (REP-15)."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from common.access import requires
from common.errors import Refusal
from common.exports import as_private_download, csv_sheet
from common.requests import SchoolRequest
from reports.actions.taking_out import export_report, take_report
from reports.checking import checks_of
from reports.document_jobs import file_name
from reports.queries.reports import SEES_EXACT, figures_of, file_of, report_or_404
from reports.showing.tables import sheet_heading, sheet_rows
from reports.views.reports import start_pdf


@requires("view_reports")
def governor_report_verify(request: SchoolRequest, pk: int) -> HttpResponse:
    """Reckon the hashes of an issued report again and say whether it is as it was issued."""
    report = report_or_404(request.person, request.powers, pk)
    if report.state != "issued":
        raise Http404("nothing to verify yet")
    checks = checks_of(report)
    context = {"report": report, "checks": checks, "whole": all(one.holds for one in checks)}
    return render(request, "reports/governor_report_verify.html", context)


@requires("export_report")
@require_POST
def governor_report_print(request: SchoolRequest, pk: int) -> HttpResponse:
    """Have the PDF of a report made in the background."""
    job = start_pdf(request, report_or_404(request.person, request.powers, pk))
    return redirect("job_detail", request.school.slug, job.pk)


@requires("export_report")
def governor_report_pdf(request: SchoolRequest, pk: int) -> HttpResponseBase:
    """Hand out the PDF of an issued report; the trail notes who took it."""
    report = report_or_404(request.person, request.powers, pk)
    kept = file_of(report)
    if kept is None:
        raise Http404("no PDF yet")
    try:
        file = take_report(file=kept, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("governor_report_detail", request.school.slug, report.pk)
    response = FileResponse(file, as_attachment=True, filename=file_name(report))
    return as_private_download(response, file_name(report))


@requires("export_report")
def governor_report_export(request: SchoolRequest, pk: int) -> HttpResponse:
    """Send the tables of a report as one sheet, or the one that ``?table=`` names.

    Small numbers are in it only for those who see them on the page.
    """
    report = report_or_404(request.person, request.powers, pk)
    figures, table = figures_of(report), request.GET.get("table", "")
    exact = SEES_EXACT in request.powers and request.GET.get("as") != "governors"
    rows = sheet_rows(figures, exact=exact, table_key=table)
    if not rows:
        raise Http404("no such table")
    export_report(
        report=report,
        table=table,
        count=len(rows),
        exact=exact,
        by=request.person,
        at=timezone.now(),
    )
    name = slugify(
        f"{report.audience} {report.label} edition {report.edition} {table} {request.person}"
    )
    response = HttpResponse(csv_sheet(sheet_heading(figures), rows), content_type="text/csv")
    return as_private_download(response, f"{name}.csv")
