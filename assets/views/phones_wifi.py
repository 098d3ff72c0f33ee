"""One own device: what is known of it, its place on the Wi-Fi, and misuse (MOB-15)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions import phones_wifi as deeds
from assets.forms.own_devices import VersionForm
from assets.forms.phones import MisuseForm, WifiForm
from assets.models import PersonalDevice
from assets.queries.own_devices import device_or_404
from assets.queries.phones import misuses_of, recent_hand_ins
from assets.queries.wifi_code import code_for
from assets.showing.own_devices import device_facts, next_device_deeds
from assets.showing.taken import rows
from assets.views.deed_page import DeedPage, done, drawn
from common.access import requires
from common.pages import page_url
from common.requests import SchoolRequest
from common.trail_links import what_followed

OWNERS = ("keep_own_device", "ask_for_device", "join_wifi")


@requires("view_own_devices", *OWNERS)
def own_device_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show one own device: its facts, the Wi-Fi, when it was handed in, and misuse."""
    device = device_or_404(request.person, request.powers, pk)
    misuses = misuses_of(device, request.person, request.powers)
    for misuse in misuses:
        misuse.followed = what_followed(request, misuse)  # type: ignore[attr-defined]
    context = {
        "device": device,
        "facts": device_facts(device),
        "misuses": misuses,
        "hand_ins": recent_hand_ins(device),
        **next_device_deeds(request, device),
    }
    return render(request, "assets/own_device_detail.html", context)


@requires("join_wifi")
def own_device_wifi(request: SchoolRequest, pk: int) -> HttpResponse:
    """Put a device of one's own on the school's Wi-Fi under the code (MOB-15)."""
    device = device_or_404(request.person, request.powers, pk)
    code = code_for(request.person)
    signed = code is not None
    form = WifiForm(request.POST or None, version=device.version, signed=signed)
    told = "Your device may use the Wi-Fi. Join it with your own account."
    sent = {"accepted": True, **form.cleaned_data} if form.is_valid() else {}
    if sent and _done(request, form, deeds.join_wifi, device, sent):
        messages.success(request, told)
        return redirect("own_device_detail", request.school.slug, device.pk)
    page = DeedPage(
        "Use the school’s Wi-Fi",
        "Use the Wi-Fi",
        page_url(request.school, "own_device_detail", device.pk),
        str(device),
        facts=rows(
            ("Device", device),
            ("The code", code.words if code else request.school.setting("wifi_code")),
        ),
    )
    return drawn(request, page, form)


@requires("join_wifi", "note_misuse")
def own_device_wifi_leave(request: SchoolRequest, pk: int) -> HttpResponse:
    """Take a device off the Wi-Fi."""
    device = device_or_404(request.person, request.powers, pk)
    form = VersionForm(request.POST or None, version=device.version)
    if form.is_valid() and _done(request, form, deeds.leave_wifi, device, form.cleaned_data):
        messages.success(request, "The device is off the Wi-Fi.")
        return redirect("own_device_detail", request.school.slug, device.pk)
    page = DeedPage(
        "Take it off the Wi-Fi",
        "Take it off",
        page_url(request.school, "own_device_detail", device.pk),
        str(device),
        facts=device_facts(device),
    )
    return drawn(request, page, form)


@requires("note_misuse")
def misuse_create(request: SchoolRequest, pk: int) -> HttpResponse:
    """Write down how a device was misused; it may be kept off the Wi-Fi until a day."""
    device = device_or_404(request.person, request.powers, pk)
    form = MisuseForm(request.POST or None, version=device.version)
    if form.is_valid() and _done(request, form, deeds.note_misuse, device, form.cleaned_data):
        messages.success(request, "It is written down. Raise an incident from it if it is one.")
        return redirect("own_device_detail", request.school.slug, device.pk)
    page = DeedPage(
        "Write down misuse",
        "Write it down",
        page_url(request.school, "own_device_detail", device.pk),
        str(device),
        facts=rows(("Device", device), ("Whose", device.owner)),
    )
    return drawn(request, page, form)


def _done(
    request: SchoolRequest, form: Any, deed: Any, device: PersonalDevice, sent: dict[str, Any]
) -> bool:
    by = {"by": request.person, "at": timezone.now()}
    return done(form, deed, fresh=device.version, device=device, **sent, **by)
