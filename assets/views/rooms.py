"""The rooms in which equipment stands: listed, renamed, ended (AST-01)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions.inventory_exports import export_rooms
from assets.actions.rooms import end_room, rename_room
from assets.exporting.rooms import HEADING, rows_of
from assets.filters.rooms import RoomFilter
from assets.forms.rooms import RoomEndForm, RoomNameForm
from assets.queries.rooms import room_or_404, room_rows
from assets.views.deed_page import DeedPage, done, drawn
from assets.views.export_page import export_page
from common.access import requires
from common.pages import page_url
from common.requests import SchoolRequest

ROWS = 50


@requires("view_assets")
def room_list(request: SchoolRequest) -> HttpResponse:
    """Show the rooms and how much stands in each."""
    found = _found(request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "assets/room_list.html", {"filter": found, "page": page, "sort": sort})


@requires("export_assets")
def room_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the list of rooms as it is filtered and sorted; the trail notes it (SYS-03)."""
    school = request.school
    return export_page(
        request,
        _found(request),
        page="room_list",
        name="rooms",
        note=export_rooms,
        heading=HEADING,
        read=lambda part: rows_of(school, part),
    )


@requires("edit_assets")
def room_rename(request: SchoolRequest, pk: int) -> HttpResponse:
    """Give a room another name."""
    room = room_or_404(request.school, pk)
    form = RoomNameForm(request.POST or None, room=room)
    if form.is_valid() and done(
        form,
        rename_room,
        fresh=room.version,
        room=room,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, f"{room} is “{form.cleaned_data['name']}” now.")
        return redirect("room_list", request.school.slug)
    page = DeedPage(
        title="Rename this room",
        button="Rename it",
        back=page_url(request.school, "room_list"),
        back_label="Rooms",
        caption=room.name,
        lead="What stands in it stays there.",
    )
    return drawn(request, page, form)


@requires("edit_assets")
def room_end(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say that a room is no longer used; while something stands in it, lead to that."""
    room = room_or_404(request.school, pk)
    form = RoomEndForm(request.POST or None, room=room)
    if form.is_valid() and done(
        form,
        end_room,
        fresh=room.version,
        room=room,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, f"{room} is no longer used. It stays on record.")
        return redirect("room_list", request.school.slug)
    return render(request, "assets/room_end.html", {"room": room, "form": form})


def _found(request: SchoolRequest) -> RoomFilter:
    return RoomFilter(request.GET, queryset=room_rows(request.school), request=request)
