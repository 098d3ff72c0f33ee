"""Disposals: the list, its export, a new one, and the page of one (AST-03, AST-27)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions.disposal_papers import export_disposals
from assets.actions.disposal_preparing import DisposalDetails, prepare_disposal
from assets.disposal_needs import DisposalFile
from assets.exporting.disposal import HEADING, rows_of
from assets.filters.disposal import DisposalFilter
from assets.forms.disposal import DisposalForm
from assets.queries.disposal import disposal_or_404, disposals_of, story_of_disposal
from assets.queries.disposal_companies import companies_to_choose
from assets.showing.disposal import (
    asked_rows,
    device_rows,
    identity_of,
    late_words,
    next_deeds,
)
from assets.views.deed_page import DeedPage, drawn
from assets.views.export_page import export_page
from common.access import requires
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest
from common.trail_links import what_followed

ROWS = 50


@requires("view_disposals")
def disposal_list(request: SchoolRequest) -> HttpResponse:
    """Show the disposals, with search, filters, sorting and paging."""
    found = _found(request)
    rows, sort = found.sorted()
    context = {
        "filter": found,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "sort": sort,
        "today": timezone.localdate(),
    }
    return render(request, "assets/disposal_list.html", context)


@requires("export_disposals")
def disposal_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the list as it is filtered and sorted; the trail notes it (REP-15)."""
    school = request.school
    return export_page(
        request,
        _found(request),
        page="disposal_list",
        name="disposals",
        note=export_disposals,
        heading=HEADING,
        read=lambda part: rows_of(school, part),
    )


def _found(request: SchoolRequest) -> DisposalFilter:
    return DisposalFilter(request.GET, queryset=disposals_of(request.school), request=request)


@requires("prepare_disposal")
def disposal_create(request: SchoolRequest) -> HttpResponse:
    """Begin a disposal: what is to become of things, who takes them, and why."""
    now = timezone.now()
    companies = companies_to_choose(request.school, timezone.localdate(now))
    form = DisposalForm(request.POST or None, companies=companies)
    if form.is_valid():
        told = dict(form.cleaned_data)
        submission = told.pop("submission")
        try:
            batch = prepare_disposal(
                school=request.school,
                submission=submission,
                details=DisposalDetails(**told),
                by=request.person,
                at=now,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Begun. Put the devices in now.")
            return redirect("disposal_edit", request.school.slug, batch.reference)
    page = DeedPage(
        "Prepare a disposal",
        "Go on to the devices",
        page_url(request.school, "disposal_list"),
        "Disposals",
        lead="Somebody else approves it before anything leaves. No device is ever deleted.",
    )
    return drawn(request, page, form)


@requires("view_disposals")
def disposal_detail(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show a disposal: each device with what it still needs, its papers, and the next step."""
    batch = disposal_or_404(request.school, reference)
    today = timezone.localdate()
    file = DisposalFile(batch, on=today)
    late = late_words(batch, on=today)
    context = {
        "batch": batch,
        "file": file,
        "identity": identity_of(batch),
        "asked": asked_rows(batch),
        "devices": device_rows(request, file),
        "late": late,
        "breach": late.startswith("The devices"),
        "story": story_of_disposal(file),
        "followed": what_followed(request, batch),
        "next": next_deeds(request, file),
    }
    return render(request, "assets/disposal_detail.html", context)
