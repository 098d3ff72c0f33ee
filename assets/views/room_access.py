"""Pages of restricted rooms: which they are, who may enter, whose check was seen (AST-21)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions import room_access as deeds
from assets.filters.premises import RestrictedFilter
from assets.forms.premises import AccessForm, RestrictForm, SecuredForm
from assets.models import Room
from assets.queries import room_access as read
from assets.views.deed_page import DeedPage, done, drawn
from common.access import requires
from common.dates import uk_date
from common.pages import page_url
from common.requests import SchoolRequest
from people.queries import people_source

ROWS = 50


@requires("view_room_access")
def room_access_list(request: SchoolRequest) -> HttpResponse:
    """Show the restricted rooms, and the servers that stand in none."""
    found = RestrictedFilter(
        request.GET, queryset=read.restricted_rooms(request.school), request=request
    )
    rows, sort = found.sorted()
    context = {
        "filter": found,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "sort": sort,
        "loose": read.open_servers(request.school),
    }
    return render(request, "assets/room_access_list.html", context)


@requires("view_room_access")
def room_access_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show one restricted room: how it is kept shut, its servers, who may enter or might once."""
    room = read.restricted_or_404(request.school, pk)
    context = {
        "room": room,
        "servers": read.servers_in(room),
        "access": read.access_to(room),
        **_steps(request, room),
    }
    return render(request, "assets/room_access_detail.html", context)


@requires("give_room_access")
def room_restrict(request: SchoolRequest) -> HttpResponse:
    """Say that only those listed go into a room."""
    form = RestrictForm(request.POST or None, rooms=read.rooms_to_restrict(request.school))
    if form.is_valid() and _restricted(request, form, **form.cleaned_data):
        room = form.cleaned_data["room"]
        return _to(request, room, f"{room} is restricted. Say who may enter it.")
    page = DeedPage(
        "Restrict a room",
        "Restrict this room",
        page_url(request.school, "room_access_list"),
        "Restricted rooms",
        lead="Servers stand where only few may enter, and the checks of those few were seen.",
    )
    return drawn(request, page, form)


@requires("give_room_access")
def room_access_edit(request: SchoolRequest, pk: int) -> HttpResponse:
    """Change how a restricted room is kept shut."""
    room = read.restricted_or_404(request.school, pk)
    form = SecuredForm(request.POST or None, initial={"secured_by": room.secured_by})
    if form.is_valid() and _restricted(request, form, room=room, **form.cleaned_data):
        return _to(request, room, "Changed.")
    return drawn(request, _page(room, "How it is kept shut", "Save this"), form)


@requires("give_room_access")
def room_open(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say that everybody may enter a room again."""
    room = read.restricted_or_404(request.school, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and _restricted(request, form, room=room, restricted=False):
        messages.success(request, f"{room} is restricted no longer.")
        return redirect("room_access_list", request.school.slug)
    lead = "The list of who may enter ends now. It stays on record."
    page = _page(room, "No longer restricted", "Everybody may enter", lead=lead, kind="warning")
    return drawn(request, page, form)


@requires("give_room_access")
def room_access_create(request: SchoolRequest, pk: int) -> HttpResponse:
    """Let somebody enter a restricted room, once their DBS check was seen."""
    room = read.restricted_or_404(request.school, pk)
    source = people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
        kinds=("staff", "external"),
    )
    form = AccessForm(request.POST or None, source=source)
    if form.is_valid() and done(
        form,
        deeds.give_room_access,
        room=room,
        submission=form.cleaned_data["submission"],
        entrant=form.entrant,
        by=request.person,
        at=timezone.now(),
    ):
        return _to(request, room, "They may enter now.")
    page = _page(room, "Let somebody enter", "They may enter")
    return drawn(request, page, form)


@requires("give_room_access")
def room_access_end(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say that somebody may no longer enter."""
    access = read.access_or_404(request.school, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and done(
        form, deeds.end_room_access, access=access, by=request.person, at=timezone.now()
    ):
        return _to(request, access.room, "They may no longer enter. Take back the key.")
    facts = {"Who": access, "Why": access.why, "Check seen": uk_date(access.dbs_seen_date)}
    page = _page(access.room, "No longer let them enter", "They may no longer enter", facts=facts)
    return drawn(request, page, form)


def _restricted(
    request: SchoolRequest, form: Form, *, room: Room, restricted: bool = True, secured_by: str = ""
) -> bool:
    return done(
        form,
        deeds.restrict_room,
        room=room,
        restricted=restricted,
        secured_by=secured_by,
        by=request.person,
        at=timezone.now(),
    )


def _steps(request: SchoolRequest, room: Room) -> dict[str, Any]:
    if not request.may("give_room_access"):
        return {"lead": "There is nothing for you to do here now."}
    pages = (
        ("room_access_create", "Let somebody enter"),
        ("room_access_edit", "Change how it is kept shut"),
        ("room_open", "No longer restricted"),
    )
    links = [
        {"label": label, "url": page_url(request.school, page, room.pk)} for page, label in pages
    ]
    return {"deed": links[0], "deeds": links[1:]}


def _page(
    room: Room,
    title: str,
    button: str,
    *,
    facts: dict[str, Any] | None = None,
    lead: str = "",
    kind: str = "",
) -> DeedPage:
    rows = [{"label": label, "value": str(value)} for label, value in (facts or {}).items()]
    back = page_url(room.school, "room_access_detail", room.pk)
    return DeedPage(title, button, back, str(room), str(room), lead, kind=kind, facts=rows)


def _to(request: SchoolRequest, room: Room, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("room_access_detail", request.school.slug, room.pk)
