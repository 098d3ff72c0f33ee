"""The software of the school: licences, how many are used, and on which devices (AST-02)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from assets.actions import software as actions
from assets.actions.inventory_exports import export_software
from assets.exporting.software import HEADING, rows_of
from assets.filters.software import SoftwareFilter
from assets.forms.software import (
    ChangedSoftwareForm,
    EndSoftwareForm,
    InstallationForm,
    NewSoftwareForm,
)
from assets.models import Software
from assets.queries import software as read
from assets.showing.software import facts_of, flags_of, use_of
from assets.views.deed_page import DeedPage, done, drawn
from assets.views.export_page import export_page
from common.access import requires
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest

ROWS = 50


@requires("view_assets")
def software_list(request: SchoolRequest) -> HttpResponse:
    """Show the programs: how many are used of how many, until when, and what to look at."""
    found = _found(request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    today, soon = timezone.localdate(), request.school.setting("licence_remind_days")
    for software in page:
        software.flags = flags_of(software, today, soon)
        software.use = use_of(software)
    context = {"filter": found, "page": page, "sort": sort}
    return render(request, "assets/software_list.html", context)


@requires("export_assets")
def software_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the list of programs as it is filtered and sorted; the trail notes it."""
    school = request.school
    return export_page(
        request,
        _found(request),
        page="software_list",
        name="software",
        note=export_software,
        heading=HEADING,
        read=lambda part: rows_of(school, part),
    )


@requires("edit_assets")
def software_create(request: SchoolRequest) -> HttpResponse:
    """Enter a program with its licence."""
    form = NewSoftwareForm(request.POST or None)
    if form.is_valid():
        try:
            software = actions.add_software(
                school=request.school,
                submission=form.cleaned_data["submission"],
                details=form.details,
                by=request.person,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _back(request, software, f"“{software}” is listed.")
    page = DeedPage(
        title="Enter a program",
        button="Enter this program",
        back=page_url(request.school, "software_list"),
        back_label="Software",
    )
    return drawn(request, page, form)


@requires("view_assets")
def software_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show a program: its licence, how many are used, and on which devices it is."""
    software = read.software_or_404(request.school, pk)
    soon = request.school.setting("licence_remind_days")
    places = Paginator(read.installations_of(software), ROWS).get_page(request.GET.get("page"))
    context = {
        "software": software,
        "flags": flags_of(software, timezone.localdate(), soon),
        "facts": facts_of(software),
        "page": places,
    }
    return render(request, "assets/software_detail.html", context)


@requires("edit_assets")
def software_edit(request: SchoolRequest, pk: int) -> HttpResponse:
    """Change what is known of a program; a page that is out of date is refused and filled in."""
    software = read.software_or_404(request.school, pk)
    form = ChangedSoftwareForm(request.POST or None, software=software)
    if form.is_valid() and done(
        form,
        actions.edit_software,
        fresh=software.version,
        software=software,
        details=form.details,
        version=form.cleaned_data["version"],
        by=request.person,
        at=timezone.now(),
    ):
        return _back(request, software, "Changed.")
    return drawn(request, _page(request, software, "Change this program", "Save"), form)


@requires("edit_assets")
def software_end(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say that a program is no longer used."""
    software = read.software_or_404(request.school, pk)
    form = EndSoftwareForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and done(
        form, actions.end_software, software=software, by=request.person, at=timezone.now()
    ):
        return _back(request, software, f"“{software}” is no longer used.")
    return drawn(request, _page(request, software, "No longer used", "It is no longer used"), form)


@requires("edit_assets")
def installation_add(request: SchoolRequest, pk: int) -> HttpResponse:
    """Note on which devices a program is."""
    software = read.software_or_404(request.school, pk)
    form = InstallationForm(request.POST or None)
    if form.is_valid() and done(
        form,
        actions.add_installations,
        software=software,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        return _back(request, software, "Noted.")
    return drawn(request, _page(request, software, "Note where it is installed", "Note it"), form)


@requires("edit_assets")
@require_POST
def installation_remove(request: SchoolRequest, pk: int) -> HttpResponse:
    """Note that a program is no longer on a device."""
    row = read.installation_or_404(request.school, pk)
    try:
        actions.remove_installation(installation=row, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("software_detail", request.school.slug, row.software_id)
    return _back(request, row.software, f"It is no longer on {row.asset}.")


def _found(request: SchoolRequest) -> SoftwareFilter:
    rows = read.software_of(request.school)
    return SoftwareFilter(request.GET, queryset=rows, request=request)


def _page(request: SchoolRequest, software: Software, title: str, button: str) -> DeedPage:
    return DeedPage(
        title=title,
        button=button,
        back=page_url(request.school, "software_detail", software.pk),
        back_label=str(software),
        caption=str(software),
    )


def _back(request: SchoolRequest, software: Software, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("software_detail", request.school.slug, software.pk)
