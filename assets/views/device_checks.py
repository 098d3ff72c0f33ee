"""Pages of checks on the spot and of mobile devices (AST-12, AST-15 to AST-19)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions import device_checks as deeds
from assets.exporting.care import MOBILE, mobile_cells
from assets.filters.care import DeviceCheckFilter
from assets.forms.care import CertificateForm, PointsForm, SpotCheckForm
from assets.forms.own_devices import VersionForm
from assets.models import Asset
from assets.queries.device_checks import (
    YEAR,
    latest_check,
    mobile_devices,
    upkeep_or_404,
    with_checks,
)
from assets.queries.inventory import asset_or_404
from assets.queries.lifecycle import loan_or_404
from assets.views.deed_page import DeedPage, done, drawn
from assets.views.sheets import sent_as_sheet, sent_file
from assets.views.upload_page import drawn_upload
from common.access import requires
from common.dates import uk_date
from common.pages import page_url
from common.requests import SchoolRequest
from people.queries import people_source

ROWS = 50


def _found(request: SchoolRequest) -> DeviceCheckFilter:
    return DeviceCheckFilter(request.GET, queryset=mobile_devices(request.school), request=request)


@requires("view_assets")
def device_check_list(request: SchoolRequest) -> HttpResponse:
    """Show what goes about, and how each was protected when somebody last looked (AST-17)."""
    found = _found(request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    page.object_list = with_checks(list(page.object_list))
    context = {"filter": found, "page": page, "sort": sort, "since": timezone.now() - YEAR}
    return render(request, "assets/device_check_list.html", context)


@requires("export_assets")
def device_check_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the mobile devices as they are filtered and sorted; the trail notes it (SYS-03)."""
    return sent_as_sheet(
        request,
        _found(request),
        page="device_check_list",
        verb="export_device_checks",
        power="export_assets",
        name="mobile devices",
        heading=MOBILE,
        cells=mobile_cells,
    )


@requires("edit_assets")
def device_check_create(request: SchoolRequest, pk: int) -> HttpResponse:
    """Write down the four points, the account, and who knows the PIN (AST-15, AST-17)."""
    asset = asset_or_404(request.school, pk)
    source = people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
        kinds=("staff",),
    )
    latest = latest_check(asset)
    form = PointsForm(request.POST or None, asset=asset, latest=latest, source=source)
    if form.is_valid() and done(
        form,
        deeds.check_device,
        asset=asset,
        submission=form.cleaned_data["submission"],
        points=form.points,
        by=request.person,
        at=timezone.now(),
    ):
        return _to(request, asset, "The check is written down.")
    facts = {"Device": f"{asset.name} ({asset.tag})", "Held by": asset.holder or "Nobody"}
    if latest:
        facts["Last checked"] = f"{uk_date(latest.at)}, {latest.by}"
    page = _page(asset, "Check how it is protected", "Write down this check", facts)
    return drawn(request, page, form)


@requires("edit_assets")
def asset_check(request: SchoolRequest, pk: int) -> HttpResponse:
    """Record a scan, check or installation that was done on the spot (AST-18, AST-19)."""
    asset = asset_or_404(request.school, pk)
    first = {"kind": request.GET.get("kind", "")}
    form = SpotCheckForm(request.POST or None, version=asset.version, initial=first)
    if form.is_valid() and done(
        form,
        deeds.check_asset,
        fresh=asset.version,
        asset=asset,
        submission=form.cleaned_data["submission"],
        found=form.found,
        version=form.cleaned_data["version"],
        by=request.person,
        at=timezone.now(),
    ):
        return _to(request, asset, "Written down.")
    facts = {"Device": f"{asset.name} ({asset.tag})"}
    return drawn(request, _page(asset, "Record a check or scan", "Record this", facts), form)


@requires("edit_assets")
def upkeep_certificate(request: SchoolRequest, pk: int) -> HttpResponse:
    """Put the certificate of a check on file (AST-19)."""
    upkeep = upkeep_or_404(request.school, pk)
    form = CertificateForm(request.POST or None, request.FILES or None)
    if form.is_valid() and done(
        form,
        deeds.file_certificate,
        upkeep=upkeep,
        upload=form.cleaned_data["upload"],
        by=request.person,
        at=timezone.now(),
    ):
        return _to(request, upkeep.asset, "The certificate is on file.")
    page = _page(upkeep.asset, "Add a certificate", "Add this certificate", {})
    return drawn_upload(request, page, form)


@requires("view_assets")
def upkeep_certificate_copy(request: SchoolRequest, pk: int) -> HttpResponseBase:
    """Give a copy of the certificate of a check to keep; the trail notes it."""
    upkeep = upkeep_or_404(request.school, pk)
    back = ("asset_detail", upkeep.asset_id)
    return sent_file(request, upkeep, power="view_assets", back=back)


@requires("borrow_assets")
def loan_protect(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say as the borrower that the virus protection is up to date (AST-12)."""
    loan = loan_or_404(request.person, request.powers, pk)
    form = VersionForm(request.POST or None, version=loan.version)
    if form.is_valid() and done(
        form,
        deeds.confirm_protection,
        fresh=loan.version,
        loan=loan,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Thank you. That is written down.")
        return redirect("loan_mine", request.school.slug)
    page = DeedPage(
        "Its virus protection is up to date",
        "It is up to date",
        page_url(request.school, "loan_mine"),
        "Your loans",
        lead="Look in its settings. If it is not up to date, connect it to the internet and wait "
        "until it is. If that does not help, bring it to the technician.",
        facts=[
            {"label": "Device", "value": f"{loan.asset.name} ({loan.asset.tag})"},
            {"label": "What protects it", "value": loan.asset.antivirus or "Not known"},
            {"label": "You last said so", "value": uk_date(loan.protected_at) or "Not yet"},
        ],
    )
    return drawn(request, page, form)


def _page(asset: Asset, title: str, button: str, facts: dict[str, Any]) -> DeedPage:
    rows = [{"label": label, "value": str(value)} for label, value in facts.items()]
    back = page_url(asset.school, "asset_detail", asset.pk)
    return DeedPage(title, button, back, asset.tag, facts=rows)


def _to(request: SchoolRequest, asset: Asset, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("asset_detail", request.school.slug, asset.pk)
