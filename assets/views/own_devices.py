"""People's own devices in school: all of them, one's own, asking, deciding, ending (AST-13)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions import own_devices as deeds
from assets.actions.exporting_own import export_own_devices
from assets.exporting.own_devices import HEADING, rows_of
from assets.filters.own_devices import OwnDeviceFilter
from assets.forms.own_devices import (
    ChildsDeviceForm,
    DecideDeviceForm,
    OwnDeviceForm,
    VersionForm,
)
from assets.models import PersonalDevice
from assets.queries.own_devices import (
    children_of,
    device_or_404,
    devices_mine,
    devices_of_school,
)
from assets.views.deed_page import DeedPage, done, drawn
from assets.views.export_page import export_page
from common.access import requires
from common.dates import uk_date
from common.pages import page_url
from common.requests import SchoolRequest

ROWS = 50


def _found(request: SchoolRequest) -> OwnDeviceFilter:
    rows = devices_of_school(request.school)
    return OwnDeviceFilter(request.GET, queryset=rows, request=request)


@requires("view_own_devices")
def own_device_list(request: SchoolRequest) -> HttpResponse:
    """Show whose own devices come into school, and what waits for a decision (AST-13, MOB-02)."""
    found = _found(request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort}
    return render(request, "assets/own_device_list.html", context)


@requires("view_own_devices")
def own_device_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the list as it is filtered and sorted; the trail notes it (SYS-03)."""
    school = request.school
    return export_page(
        request,
        _found(request),
        page="own_device_list",
        name="own devices",
        note=export_own_devices,
        heading=HEADING,
        read=lambda part: rows_of(school, part),
    )


@requires("keep_own_device", "ask_for_device", "join_wifi")
def own_device_mine(request: SchoolRequest) -> HttpResponse:
    """Show a person's own devices or their children's, and where each stands."""
    page = Paginator(devices_mine(request.person), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "banned": request.school.setting("pupil_devices") == "banned",
        "wifi": request.school.setting("own_wifi") != "none",
        "ends": request.may("keep_own_device") or request.may("ask_for_device"),
        "open_states": deeds.IN_SCHOOL,
    }
    return render(request, "assets/own_device_mine.html", context)


@requires("keep_own_device", "ask_for_device")
def own_device_create(request: SchoolRequest) -> HttpResponse:
    """Note a device of one's own as staff, or ask for one's child's as a parent.

    Who is both says by ``?for=child`` that it is about their child.
    """
    for_child = request.may("ask_for_device") and (
        not request.may("keep_own_device") or request.GET.get("for") == "child"
    )
    form: Any
    if for_child:
        form = ChildsDeviceForm(request.POST or None, children=children_of(request.person))
        deed, extra, words = deeds.ask_for_device, {}, "Sent. You hear from the school."
    else:
        form = OwnDeviceForm(request.POST or None)
        deed, extra = deeds.note_own_device, {"school": request.school}  # type: ignore[assignment]
        words = "Your device is noted."
    if form.is_valid() and done(
        form, deed, **extra, **form.cleaned_data, by=request.person, at=timezone.now()
    ):
        messages.success(request, words)
        return redirect("own_device_mine", request.school.slug)
    title = "Ask for your child’s device" if for_child else "Note a device of your own"
    lead = (
        "The school decides. Until then your child leaves it at home."
        if for_child
        else "Do this before you first bring it. The office and the leaders see it."
    )
    button = "Ask for it" if for_child else "Note this device"
    page = DeedPage(
        title, button, page_url(request.school, "own_device_mine"), "Own devices", lead=lead
    )
    return drawn(request, page, form)


@requires("decide_own_device")
def own_device_decide(request: SchoolRequest, pk: int) -> HttpResponse:
    """Allow a pupil's device until a day, or refuse it with a reason (MOB-02)."""
    device = device_or_404(request.person, request.powers, pk)
    form = DecideDeviceForm(request.POST or None, version=device.version)
    if form.is_valid() and done(form, _decide, **_sent(request, device, form)):
        messages.success(request, "Decided. The parent is told.")
        return redirect("own_device_list", request.school.slug)
    page = DeedPage(
        "Decide on a pupil’s device",
        "Save this decision",
        page_url(request.school, "own_device_list"),
        "Own devices",
        facts=_facts(device),
    )
    return drawn(request, page, form)


@requires("keep_own_device", "ask_for_device", "decide_own_device")
def own_device_end(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say that a device no longer comes into school."""
    device = device_or_404(request.person, request.powers, pk)
    form = VersionForm(request.POST or None, version=device.version)
    mine = request.person.pk in (device.owner_id, device.asked_by_id)
    back = "own_device_mine" if mine else "own_device_list"
    if not mine and not request.may("view_own_devices"):
        back = "home"
    if form.is_valid() and done(form, deeds.end_own_device, **_sent(request, device, form)):
        messages.success(request, "The device is off the list.")
        return redirect(back, request.school.slug)
    page = DeedPage(
        "It no longer comes into school",
        "Take it off the list",
        page_url(request.school, back),
        "Own devices",
        lead="A permission to record with it ends at once.",
        facts=_facts(device),
    )
    return drawn(request, page, form)


def _decide(*, decision: str, until_date: Any, kept_in: str, note: str, **deed: Any) -> None:
    if decision == "allow":
        deeds.allow_own_device(until_date=until_date, kept_in=kept_in, note=note, **deed)
    else:
        deeds.refuse_own_device(reason=note, **deed)


def _sent(request: SchoolRequest, device: PersonalDevice, form: Any) -> dict[str, Any]:
    fresh = {"fresh": device.version, "device": device}
    return {**form.cleaned_data, **fresh, "by": request.person, "at": timezone.now()}


def _facts(device: PersonalDevice) -> list[dict[str, Any]]:
    rows = [
        ("Device", str(device)),
        ("Serial number", device.serial or "Not said"),
        ("Whose", device.owner),
        ("Asked by", f"{device.asked_by}, {uk_date(device.asked_at)}"),
        ("Why", device.reason),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]
