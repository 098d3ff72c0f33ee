"""Stock-takes: room by room, what is there, what moved and what is missing (AST-01)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions import stock as actions
from assets.forms.stock import CloseForm, StockTakeForm, TagForm
from assets.models import Room, StockTake
from assets.queries import stock as read
from assets.queries.inventory import asset_by_tag, asset_or_404
from assets.views.deed_page import DeedPage, done, drawn
from common.access import requires
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest

ROWS = 25
ROOM_KEY = "stock_room"


@requires("take_stock", "view_assets")
def stock_take_list(request: SchoolRequest) -> HttpResponse:
    """Show the stock-takes and what each of them found."""
    page = Paginator(read.takes_of(request.school), ROWS).get_page(request.GET.get("page"))
    return render(request, "assets/stock_take_list.html", {"page": page})


@requires("take_stock")
def stock_take_create(request: SchoolRequest) -> HttpResponse:
    """Begin a stock-take."""
    form = StockTakeForm(request.POST or None)
    if form.is_valid():
        try:
            take = actions.open_stock_take(
                school=request.school, **form.cleaned_data, by=request.person, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The stock-take is open. Choose the room you are in.")
            return redirect("stock_take_detail", request.school.slug, take.pk)
    page = DeedPage(
        title="Begin a stock-take",
        button="Begin",
        back=page_url(request.school, "stock_take_list"),
        back_label="Stock-takes",
        lead="Go from room to room and scan or type the tag of everything that is there.",
    )
    return drawn(request, page, form)


@requires("take_stock", "view_assets")
def stock_take_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show how far a stock-take is, room by room, and what is missing."""
    take = read.take_or_404(request.school, pk)
    context = {
        "take": take,
        "counts": read.counts_of(take),
        "rooms": [] if take.closed_at else read.progress_by_room(take),
        "missing": read.missing_in(take),
    }
    return render(request, "assets/stock_take_detail.html", context)


@requires("take_stock")
def stock_take_room(request: SchoolRequest, pk: int, room: int) -> HttpResponse:
    """Go through one room: scan or type tags, say what is there and what is missing."""
    take = read.take_or_404(request.school, pk)
    place = read.room_or_404(request.school, room)
    if take.closed_at:
        return redirect("stock_take_detail", request.school.slug, take.pk)
    request.session[ROOM_KEY] = room
    form = TagForm(request.POST if "tag" in request.POST else None)
    if request.method == "POST" and _mark(request, take, place, form):
        return redirect("stock_take_room", request.school.slug, take.pk, room)
    rows = read.room_rows(take, place)
    seen = sum(asset.mark is not None for asset in rows)  # type: ignore[attr-defined]
    context = {"take": take, "room": place, "rows": rows, "seen": seen, "form": form}
    return render(request, "assets/stock_take_room.html", context)


@requires("take_stock")
def stock_take_close(request: SchoolRequest, pk: int) -> HttpResponse:
    """Close a stock-take; its counts stay as they are then."""
    take = read.take_or_404(request.school, pk)
    form = CloseForm(request.POST or None, initial={"version": take.version})
    if form.is_valid() and done(
        form,
        actions.close_stock_take,
        fresh=take.version,
        take=take,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "The stock-take is closed. Report what is lost or stolen.")
        return redirect("stock_take_detail", request.school.slug, take.pk)
    counts = read.counts_of(take)
    page = DeedPage(
        title="Close the stock-take",
        button="Close it",
        back=page_url(request.school, "stock_take_detail", take.pk),
        back_label=take.name,
        caption=take.name,
        warning="Nothing can be marked any more once it is closed." if counts["unseen"] else "",
        facts=[
            {"label": label, "value": str(counts[name])} for name, label in COUNT_LABELS.items()
        ],
    )
    return drawn(request, page, form)


COUNT_LABELS = {
    "expected": "Should be there",
    "found": "Found",
    "moved": "Found in another room",
    "missing": "Missing",
    "unseen": "Not looked at",
}


def _mark(request: SchoolRequest, take: StockTake, room: Room | None, form: TagForm) -> bool:
    """Do what the page was sent for; returns whether to draw it anew from the start."""
    deed: dict[str, Any] = {"take": take, "by": request.person, "at": timezone.now()}
    try:
        if "rest" in request.POST:
            count = actions.mark_rest_missing(room=room, **deed)
            messages.success(request, f"{count} marked as missing.")
        elif "missing" in request.POST:
            asset = asset_or_404(request.school, _number(request.POST["missing"]))
            actions.mark_missing(asset=asset, **deed)
            messages.success(request, f"{asset} is marked as missing.")
        elif "found" in request.POST:
            asset = asset_or_404(request.school, _number(request.POST["found"]))
            actions.mark_found(asset=asset, room=room, **deed)
            messages.success(request, f"{asset}: found.")
        else:
            return _scanned(request, form, room, deed)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return True


def _scanned(
    request: SchoolRequest, form: TagForm, room: Room | None, deed: dict[str, Any]
) -> bool:
    if not form.is_valid():
        return False
    tag = form.cleaned_data["tag"]
    asset = asset_by_tag(request.school, tag)
    if asset is None:
        form.add_error("tag", f"No device has the tag “{tag}”. Put it aside and enter it later.")
        return False
    mark = actions.mark_found(asset=asset, room=room, **deed)
    words = "found here. The register said another room." if mark.mark == "moved" else "found."
    messages.success(request, f"{asset}: {words}")
    if asset.state == "lost":
        messages.warning(request, f"{asset} was reported lost. Say in its record that it is found.")
    return True


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0
