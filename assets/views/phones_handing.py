"""Devices handed in for the day: all classes, one class, the log, and others (MOB-03)."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions import phones_handing as deeds
from assets.exporting.phones import HAND_IN_HEADING, hand_in_cells
from assets.filters.phones import HandInFilter
from assets.forms.phones import HandInForm
from assets.models import HandIn, PersonalDevice
from assets.queries import phones as read
from assets.views.deed_page import DeedPage, done, drawn
from assets.views.export_page import export_page
from common.access import requires
from common.dates import uk_datetime
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest
from people.queries import people_source

ROWS = 50


@requires("hand_in_devices")
def hand_in_day(request: SchoolRequest) -> HttpResponse:
    """Show each class with what may be brought and what is here, and what others left here."""
    school, now = request.school, timezone.now()
    classes = list(read.classes_with_devices(school, late_before=read.late_before(school, now)))
    mine = [one for one in classes if one.teacher_id == request.person.pk]
    late = read.not_back(school).filter(in_at__lt=read.late_before(school, now))
    context = {
        "classes": mine + [one for one in classes if one not in mine],
        "mine": [one.pk for one in mine],
        "others": list(read.here_without_class(school)[:ROWS]),
        "late": late.exists(),
        "late_before": read.late_before(school, now),
        "where": school.setting("hand_in"),
    }
    return render(request, "assets/hand_in_day.html", context)


@requires("hand_in_devices")
def hand_in_class(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show the devices of a class; take in or give back one, those ticked, or all."""
    school_class, now = read.class_or_404(request.school, pk), timezone.now()
    devices = read.devices_of_class(school_class, now)
    others = read.others_of_class(school_class)
    if request.method == "POST":
        try:
            _do(request, devices, others, now)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        return redirect("hand_in_class", request.school.slug, pk)
    for device in devices:
        device.here = _here(device)  # type: ignore[attr-defined]
    here = [device.here for device in devices if device.here]  # type: ignore[attr-defined]
    context = {
        "school_class": school_class,
        "devices": devices,
        "others": others,
        "here": len(here) + len(others),
        "total": len(devices) + len(others),
        "places": read.places_of(request.school),
        "where": request.school.setting("hand_in"),
        "late_before": read.late_before(request.school, now),
    }
    return render(request, "assets/hand_in_class.html", context)


@requires("view_hand_ins")
def hand_in_list(request: SchoolRequest) -> HttpResponse:
    """Show the log: what was handed in, where it lay, and when it was given back."""
    found = _found(request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "sort": sort,
        "late_before": read.late_before(request.school, timezone.now()),
    }
    return render(request, "assets/hand_in_list.html", context)


@requires("view_hand_ins")
def hand_in_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the log as it is filtered and sorted; the trail notes it (SYS-03)."""
    return export_page(
        request,
        _found(request),
        page="hand_in_list",
        name="devices handed in",
        note=deeds.export_hand_ins,
        heading=HAND_IN_HEADING,
        read=lambda part: hand_in_cells(request.person, part),
    )


@requires("hand_in_devices")
def hand_in_create(request: SchoolRequest) -> HttpResponse:
    """Take in a device that is not in the list, of anybody of the school (MOB-03, MOB-17)."""
    source = people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
    )
    places = read.places_of(request.school)
    form = HandInForm(request.POST or None, source=source, places=places)
    if form.is_valid() and done(
        form,
        deeds.hand_in_other,
        school=request.school,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "It is taken in.")
        return redirect("hand_in_day", request.school.slug)
    page = DeedPage(
        "Take in another device",
        "Take it in",
        page_url(request.school, "hand_in_day"),
        "Handed in today",
        lead="Of a pupil whose device is not in the list, of a visitor, or of a member of staff.",
    )
    return drawn(request, page, form)


@requires("hand_in_devices")
def hand_in_return(request: SchoolRequest, pk: int) -> HttpResponse:
    """Give one device back."""
    one = read.hand_in_or_404(request.school, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and done(
        form,
        deeds.give_back,
        school=request.school,
        hand_ins=[one],
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "It is given back.")
        return redirect("hand_in_day", request.school.slug)
    page = DeedPage(
        "Give a device back",
        "Give it back",
        page_url(request.school, "hand_in_day"),
        "Handed in today",
        facts=[
            {"label": label, "value": str(value)}
            for label, value in (
                ("Whose", one.owner),
                ("Device", one.what),
                ("Lies in", one.place),
                ("Note", one.note),
                ("Handed in", f"{uk_datetime(one.in_at)}, to {one.taken_in_by}"),
            )
            if value
        ],
    )
    return drawn(request, page, form)


def _do(
    request: SchoolRequest, devices: list[PersonalDevice], others: list[HandIn], now: datetime
) -> None:
    """Do what the page of a class was sent for, and say how many."""
    sent = request.POST
    wanted = {sent[name] for name in ("in", "back") if name in sent} or set(sent.getlist("tick"))
    chosen = [device for device in devices if str(device.pk) in wanted]
    by: dict[str, Any] = {"school": request.school, "by": request.person, "at": now}
    if sent.get("many") == "all":
        here = [one for one in map(_here, devices) if one] + others
        messages.success(request, _told(deeds.give_back(hand_ins=here, **by), "given back"))
    elif not chosen:
        messages.warning(request, "Tick at least one device.")
    elif "in" in sent or sent.get("many") == "in":
        place = sent.get("place", "")
        place = place if place in read.places_of(request.school) else ""
        taken = deeds.hand_in_devices(devices=chosen, place=place, **by)
        messages.success(request, _told(len(taken), "taken in"))
    else:
        here = [one for one in map(_here, chosen) if one]
        messages.success(request, _told(deeds.give_back(hand_ins=here, **by), "given back"))


def _told(count: int, what: str) -> str:
    return f"1 device {what}." if count == 1 else f"{count} devices {what}."


def _here(device: PersonalDevice) -> HandIn | None:
    """Return how a device was handed in, while it is here."""
    log: list[HandIn] = device.log  # type: ignore[attr-defined]
    return next((one for one in log if one.back_at is None), None)


def _found(request: SchoolRequest) -> HandInFilter:
    return HandInFilter(request.GET, queryset=read.hand_in_rows(request.school), request=request)
