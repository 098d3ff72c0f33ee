"""The register of equipment: find it, enter it, change it, take it out as a file (AST-01)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from assets.actions.inventory import add_asset, edit_asset
from assets.actions.inventory_exports import export_assets
from assets.actions.inventory_workbook import ask_for_workbook
from assets.exporting.inventory import HEADING, rows_of
from assets.filters.inventory import AssetFilter
from assets.forms.inventory import ChangedAssetForm, NewAssetForm
from assets.queries import inventory as read
from assets.queries.device_checks import goes_about, latest_check
from assets.showing.inventory import facts_of, flags_of, life_in_words, state_kind
from assets.steps.inventory import next_steps
from assets.views.deed_page import done
from assets.views.export_page import export_page
from common.access import requires
from common.errors import Refusal
from common.exports import mend_first
from common.filters import filters_in_words
from common.pages import page_url
from common.requests import SchoolRequest
from common.trail_links import what_followed
from people.queries import people_source

ROWS = 50
LINES = 100


@requires("view_assets")
def asset_list(request: SchoolRequest) -> HttpResponse:
    """Show the register: search, filters, page by page."""
    found = found_assets(request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    today, soon = timezone.localdate(), request.school.setting("licence_remind_days")
    for asset in page:
        asset.flags = flags_of(asset, today, soon)
        asset.state_kind = state_kind(asset.state)
    return render(request, "assets/asset_list.html", {"filter": found, "page": page, "sort": sort})


@requires("export_assets")
def asset_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the register as it is filtered and sorted; the trail notes it."""
    school = request.school
    return export_page(
        request,
        found_assets(request),
        page="asset_list",
        name="equipment",
        note=export_assets,
        heading=HEADING,
        read=lambda part: rows_of(school, part),
    )


@requires("export_assets")
@require_POST
def asset_workbook(request: SchoolRequest) -> HttpResponse:
    """Have the register made as a workbook, as it is filtered and sorted, with progress."""
    found = found_assets(request)
    if wrong := mend_first(request, found.form, "asset_list"):
        return wrong
    rows, sort = found.sorted()
    try:
        job = ask_for_workbook(
            school=request.school,
            keys=list(rows.values_list("pk", flat=True)),
            filters=filters_in_words(found, sort),
            by=request.person,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("asset_list", request.school.slug)
    return redirect("job_detail", request.school.slug, job.pk)


@requires("edit_assets")
def asset_create(request: SchoolRequest) -> HttpResponse:
    """Enter a device."""
    form = NewAssetForm(request.POST or None, source=_people(request))
    if form.is_valid():
        try:
            asset = add_asset(
                school=request.school,
                submission=form.cleaned_data["submission"],
                details=form.details,
                by=request.person,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{asset} is in the register.")
            return redirect("asset_detail", request.school.slug, asset.pk)
    return _form(request, "assets/asset_create.html", {"form": form})


@requires("edit_assets")
def asset_edit(request: SchoolRequest, pk: int) -> HttpResponse:
    """Change what is known of a device; a page that is out of date is refused and filled in."""
    asset = read.asset_or_404(request.school, pk)
    form = ChangedAssetForm(request.POST or None, asset=asset, source=_people(request))
    if form.is_valid() and done(
        form,
        edit_asset,
        fresh=asset.version,
        asset=asset,
        details=form.details,
        version=form.cleaned_data["version"],
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Changed.")
        return redirect("asset_detail", request.school.slug, asset.pk)
    return _form(request, "assets/asset_edit.html", {"form": form, "asset": asset})


@requires("view_assets")
def asset_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show a device: facts, disks, programs, loans, repairs, and its life."""
    asset = read.asset_or_404(request.school, pk)
    today = timezone.localdate()
    events = read.life_of(asset, LINES)
    context = {
        "asset": asset,
        "today": today,
        "state_kind": state_kind(asset.state),
        "flags": flags_of(asset, today, request.school.setting("licence_remind_days")),
        "identity": _identity(request, asset),
        "facts": facts_of(asset, today),
        "media": read.media_of(asset),
        "programs": read.programs_on(asset),
        "loans": read.loans_of(asset),
        "upkeep": read.upkeep_of(asset),
        "checked": goes_about(asset),
        "latest": latest_check(asset) if goes_about(asset) else None,
        "disposal": read.disposal_of(asset) if request.may("view_disposals") else None,
        "followed": what_followed(request, asset),
        "life": life_in_words(events),
        "most": LINES if len(events) == LINES else 0,
        **next_steps(request, asset),
    }
    return render(request, "assets/asset_detail.html", context)


def found_assets(request: SchoolRequest) -> AssetFilter:
    """Return the register as the address filters it."""
    return AssetFilter(request.GET, queryset=read.assets_of(request.school), request=request)


def _identity(request: SchoolRequest, asset: Any) -> list[dict[str, Any]]:
    where = page_url(request.school, "asset_list")
    room = {"label": "Room", "value": asset.room or "None"}
    if asset.room:
        room["url"] = f"{where}?room={asset.room.pk}"
    data = "Protected data" if asset.protected_data else "Keeps data"
    return [
        {"label": "What", "value": asset.name},
        room,
        {"label": "Held by", "value": asset.holder or "Nobody"},
        {"label": "Data", "value": data if asset.keeps_data else "Keeps none"},
    ]


def _people(request: SchoolRequest) -> Any:
    """Return where the picker finds who holds a device."""
    return people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
        kinds=("staff", "governor", "pupil"),
    )


def _form(request: SchoolRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    rooms = read.rooms_of(request.school).values_list("name", flat=True)
    return render(request, template, {**context, "rooms": rooms})
