"""What the pages of deeds share: load, form, one action, message, redirect."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.errors import Refusal, StaleRecord
from common.pages import page_url
from common.requests import SchoolRequest
from incidents.models import Incident
from incidents.queries import incident_or_404, visible_to
from incidents.workflow import INCIDENT
from people.queries import people_source

Act = Callable[[dict[str, Any]], Any]


def load(request: SchoolRequest, reference: str) -> Incident:
    """Return the incident of the address if the person may see it."""
    return incident_or_404(request.person, request.powers, reference)


def picker(request: SchoolRequest, kinds: tuple[str, ...] = ()) -> Any:
    """Return where this person's pickers find people."""
    return people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
        kinds=kinds,
    )


def deed_page(
    request: SchoolRequest,
    incident: Incident,
    form: Form,
    act: Act,
    *,
    step: str,
    done: str,
    template: str = "incidents/incident_step.html",
    **context: Any,
) -> HttpResponse:
    """Draw the form of a step, or do it; a refusal keeps everything typed and says why.

    After a stale refusal the form carries the version now in force, so that whoever looked at
    the change can send it again.
    """
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, StaleRecord):
                data = request.POST.copy()
                data["version"] = str(incident.version)
                form.data = data
        else:
            messages.success(request, done)
            return redirect(after(request, incident))
    return render(
        request,
        template,
        {"incident": incident, "form": form, "step": INCIDENT.step(step), **context},
    )


def after(request: SchoolRequest, incident: Incident) -> str:
    """Return where to go after a deed: the incident, or the queue for whoever no longer sees it."""
    if visible_to(request.person, request.powers).filter(pk=incident.pk).exists():
        return page_url(request.school, "incident_detail", incident.reference)
    return page_url(request.school, "incident_queue")
