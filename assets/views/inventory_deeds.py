"""The deeds on a device of the register, each a page: service, redundancy, disks."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from assets.actions import inventory as actions
from assets.forms.inventory import MediumForm, ReasonForm, RemovalForm, ServiceForm
from assets.models import Asset
from assets.queries.inventory import asset_or_404, medium_or_404
from assets.views.deed_page import DeedPage, done, drawn
from common.access import requires
from common.pages import page_url
from common.requests import SchoolRequest


@requires("edit_assets")
def asset_put_in_service(request: SchoolRequest, pk: int) -> HttpResponse:
    """Put a device in service once it is set up and checked."""
    asset = asset_or_404(request.school, pk)
    given = {"encryption": asset.encryption, "antivirus": asset.antivirus}
    form = ServiceForm(request.POST or None, asset=asset, initial=given)
    if form.is_valid() and done(
        form,
        actions.put_in_service,
        fresh=asset.version,
        asset=asset,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        return _back(request, asset, f"{asset} is in service.")
    lead = "It is set up, and what protects the data on it is checked." if asset.keeps_data else ""
    return drawn(request, _page(request, asset, "Put in service", lead=lead), form)


@requires("edit_assets")
def asset_redundant(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say that a device is no longer wanted."""
    asset = asset_or_404(request.school, pk)
    form = ReasonForm(request.POST or None, asset=asset)
    if form.is_valid() and done(
        form,
        actions.make_redundant,
        fresh=asset.version,
        asset=asset,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        return _back(request, asset, f"{asset} is no longer wanted. It can be put in a disposal.")
    lead = "It stays in the register. It leaves the school only through a disposal."
    return drawn(request, _page(request, asset, "No longer wanted", lead=lead), form)


@requires("edit_assets")
def medium_add(request: SchoolRequest, pk: int) -> HttpResponse:
    """Note a disk, card or chip of a device."""
    asset = asset_or_404(request.school, pk)
    form = MediumForm(request.POST or None)
    if form.is_valid() and done(
        form,
        actions.add_medium,
        asset=asset,
        details=form.details,
        by=request.person,
        at=timezone.now(),
    ):
        return _back(request, asset, "The disk is noted. The device counts as keeping data.")
    return drawn(request, _page(request, asset, "Add a disk"), form)


@requires("edit_assets")
def medium_remove(request: SchoolRequest, pk: int) -> HttpResponse:
    """Note that a disk is no longer in its device."""
    medium = medium_or_404(request.school, pk)
    form = RemovalForm(request.POST or None)
    if form.is_valid() and done(
        form,
        actions.remove_medium,
        medium=medium,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        return _back(request, medium.asset, "Written down. The disk stays on record.")
    page = _page(request, medium.asset, "Take out a disk", lead=str(medium))
    return drawn(request, page, form)


def _page(request: SchoolRequest, asset: Asset, title: str, lead: str = "") -> DeedPage:
    return DeedPage(
        title=title,
        button=title,
        back=page_url(request.school, "asset_detail", asset.pk),
        back_label=asset.tag,
        caption=f"{asset}: {asset.name}",
        lead=lead,
    )


def _back(request: SchoolRequest, asset: Asset, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("asset_detail", request.school.slug, asset.pk)
