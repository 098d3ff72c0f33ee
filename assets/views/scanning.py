"""What the code on a label leads to: the device, or while stock is taken one big button."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions.stock import mark_found
from assets.forms.stock import RoomForm
from assets.models import Asset, StockTake
from assets.queries.inventory import asset_by_tag, rooms_of
from assets.queries.stock import open_take, room_or_404
from assets.views.deed_page import done
from assets.views.stock import ROOM_KEY
from common.access import requires
from common.requests import SchoolRequest


@requires("view_assets", "take_stock")
def asset_scan(request: SchoolRequest, tag: str) -> HttpResponse:
    """Open the device of a scanned label; while stock is taken, mark it as found (AST-01)."""
    asset = asset_by_tag(request.school, tag)
    if asset is None:
        raise Http404("no such device")
    take = open_take(request.school) if request.may("take_stock") else None
    if take is None:
        if not request.may("view_assets"):
            raise Http404("no stock-take is open")
        return redirect("asset_detail", request.school.slug, asset.pk)
    return _found_here(request, take, asset)


def _found_here(request: SchoolRequest, take: StockTake, asset: Asset) -> HttpResponse:
    """Ask in which room the person stands, remembered from the last label, and mark it there."""
    rooms = list(rooms_of(request.school).values_list("pk", "name"))
    usual = request.session.get(ROOM_KEY, asset.room_id or 0)
    form = RoomForm(request.POST or None, rooms=rooms, initial={"room": usual})
    if form.is_valid():
        number = int(form.cleaned_data["room"])
        request.session[ROOM_KEY] = number
        if done(
            form,
            mark_found,
            take=take,
            asset=asset,
            room=room_or_404(request.school, number),
            by=request.person,
            at=timezone.now(),
        ):
            messages.success(request, f"{asset}: found. Scan the next label.")
            return redirect("stock_take_room", request.school.slug, take.pk, number)
    mark = take.marks.filter(asset=asset).first()
    context = {"take": take, "asset": asset, "form": form, "mark": mark}
    return render(request, "assets/asset_scan.html", context)
