"""Pages of paper that was destroyed, and its certificates (AST-24)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions import paper as deeds
from assets.exporting.premises import PAPER, paper_cells
from assets.filters.audits import DestructionFilter
from assets.forms.audits import DestructionCertificateForm, DestructionForm
from assets.queries.disposal_companies import companies_to_choose
from assets.queries.paper import destruction_or_404, destruction_rows
from assets.views.deed_page import DeedPage, done, drawn
from assets.views.sheets import sent_as_sheet, sent_file
from assets.views.upload_page import drawn_upload
from common.access import requires
from common.pages import page_url
from common.requests import SchoolRequest

ROWS = 50


def _found(request: SchoolRequest) -> DestructionFilter:
    rows = destruction_rows(request.school)
    return DestructionFilter(request.GET, queryset=rows, request=request)


@requires("view_disposals")
def destruction_list(request: SchoolRequest) -> HttpResponse:
    """Show what paper was destroyed, and which certificates have not come."""
    found = _found(request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort, "today": timezone.localdate()}
    return render(request, "assets/destruction_list.html", context)


@requires("export_disposals")
def destruction_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the destroyed paper as it is filtered and sorted; the trail notes it (SYS-03)."""
    return sent_as_sheet(
        request,
        _found(request),
        page="destruction_list",
        verb="export_destructions",
        power="export_disposals",
        name="paper destroyed",
        heading=PAPER,
        cells=paper_cells,
    )


@requires("prepare_disposal")
def destruction_create(request: SchoolRequest) -> HttpResponse:
    """Record how paper with personal data was destroyed."""
    companies = companies_to_choose(request.school, timezone.localdate())
    form = DestructionForm(request.POST or None, companies=companies)
    if form.is_valid() and done(
        form,
        deeds.record_destruction,
        school=request.school,
        submission=form.cleaned_data["submission"],
        details=form.details,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Recorded.")
        return redirect("destruction_list", request.school.slug)
    back = page_url(request.school, "destruction_list")
    page = DeedPage(
        "Record destroyed paper",
        "Record this",
        back,
        "Paper destroyed",
        lead="Paper with personal data goes through a cross-cut shredder, or to a company of the "
        "register that sends a certificate.",
    )
    return drawn(request, page, form)


@requires("prepare_disposal")
def destruction_certificate(request: SchoolRequest, pk: int) -> HttpResponse:
    """Put the certificate of a collection on file."""
    paper = destruction_or_404(request.school, pk)
    form = DestructionCertificateForm(request.POST or None, request.FILES or None)
    if form.is_valid() and done(
        form,
        deeds.file_destruction,
        paper=paper,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "The certificate is on file.")
        return redirect("destruction_list", request.school.slug)
    back = page_url(request.school, "destruction_list")
    caption = f"{paper.what}, {paper.amount} {paper.get_unit_display()}"
    page = DeedPage("Add the certificate", "Add this certificate", back, "Paper destroyed", caption)
    return drawn_upload(request, page, form)


@requires("view_disposals")
def destruction_certificate_copy(request: SchoolRequest, pk: int) -> HttpResponseBase:
    """Give a copy of a certificate to keep; the trail notes it."""
    paper = destruction_or_404(request.school, pk)
    return sent_file(request, paper, power="view_disposals", back=("destruction_list",))
