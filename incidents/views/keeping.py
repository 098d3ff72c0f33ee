"""Keep a device as evidence of an incident, and let it go (AST-22, INC-24)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.attempt import attempt
from common.requests import SchoolRequest
from incidents.actions import keeping
from incidents.forms.equipment import KeepDeviceForm, ReleaseDeviceForm
from incidents.queries.origins import kept_for
from incidents.views.deeds import load


@requires("quarantine_asset")
def incident_quarantine(request: SchoolRequest, reference: str) -> HttpResponse:
    """Keep a device as evidence of an incident; ``?tag=`` fills in which (AST-22)."""
    incident = load(request, reference)
    form = KeepDeviceForm(
        request.POST or None,
        school=request.school,
        initial={"asset": request.GET.get("tag", "")[:30]},
    )
    if form.is_valid() and attempt(
        form,
        keeping.keep_device,
        incident=incident,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "It is kept as evidence. Nobody can lend or dispose of it.")
        return redirect("incident_detail", request.school.slug, incident.reference)
    context = {"incident": incident, "form": form}
    return render(request, "incidents/incident_quarantine.html", context)


@requires("release_asset")
def incident_quarantine_release(request: SchoolRequest, reference: str) -> HttpResponse:
    """Let a device go that is kept for an incident, or hand it to the police (AST-22)."""
    incident = load(request, reference)
    devices = kept_for(incident)
    form = ReleaseDeviceForm(request.POST or None, devices=devices)
    if form.is_valid() and attempt(
        form,
        _release,
        incident=incident,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "It is written down.")
        return redirect("incident_detail", request.school.slug, incident.reference)
    context = {"incident": incident, "form": form, "devices": devices}
    return render(request, "incidents/incident_quarantine_release.html", context)


def _release(*, after: str, why: str, reference: str, **deed: Any) -> None:
    if after == "police":
        keeping.hand_device_to_police(reference=reference, **deed)
    else:
        keeping.release_device(after=after, why=why, **deed)
