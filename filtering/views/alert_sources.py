"""Sources of alerts: the list, adding one, what its product calls things, its webhook."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from common.access import requires
from common.attempt import attempt
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.actions.alert_sources import (
    add_source,
    close_source,
    edit_source,
    open_hook,
    shut_hook,
)
from filtering.forms.alert_sources import MappingForm, SourceForm
from filtering.models import AlertSource
from filtering.queries.alert_sources import monitoring_services, register_of_sources, source_or_404

POWER = "edit_alert_sources"


@requires(POWER, "add_alerts")
def source_list(request: SchoolRequest) -> HttpResponse:
    """Show where alerts come from, and when each source was last heard."""
    rows = register_of_sources(request.school)
    return render(request, "filtering/source_list.html", {"rows": rows})


@requires(POWER)
def source_create(request: SchoolRequest) -> HttpResponse:
    """Add a source; what its product calls things is filled in and can be changed."""
    form = SourceForm(request.POST or None)
    if form.is_valid():
        try:
            source = add_source(
                school=request.school,
                **form.cleaned_data,
                by=request.person,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, "The source is added. Check what its columns are called.")
            return redirect(page_url(request.school, "source_edit", source.pk))
    return render(request, "filtering/source_create.html", {"form": form})


@requires(POWER)
def source_edit(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say what the product calls our fields and its priorities."""
    source = source_or_404(request.school, pk)
    form = MappingForm(
        request.POST or None, source=source, services=monitoring_services(request.school)
    )
    if form.is_valid() and attempt(
        form, edit_source, source=source, **form.told(), by=request.person, at=timezone.now()
    ):
        messages.success(request, "Saved.")
        return redirect(page_url(request.school, "source_list"))
    return render(request, "filtering/source_edit.html", {"form": form, "source": source})


@requires(POWER)
def source_close(request: SchoolRequest, pk: int) -> HttpResponse:
    """Close a source once nothing more comes from it."""
    source = source_or_404(request.school, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(
        form, close_source, source=source, by=request.person, at=timezone.now()
    ):
        messages.success(request, "The source is closed. Its alerts stay.")
        return redirect(page_url(request.school, "source_list"))
    return render(request, "filtering/source_close.html", {"form": form, "source": source})


@requires(POWER)
def source_hook(request: SchoolRequest, pk: int) -> HttpResponse:
    """Open the webhook of a source, give it a new key, or shut it; the key is shown once."""
    source, key = source_or_404(request.school, pk), ""
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if request.POST.get("deed") != "shut":
            key = open_hook(source=source, by=request.person, at=timezone.now())
        elif attempt(form, shut_hook, source=source, by=request.person, at=timezone.now()):
            messages.success(request, "The webhook is shut. Its key no longer works.")
            return redirect(page_url(request.school, "source_list"))
    response = render(request, "filtering/source_hook.html", _hook(request, source, form, key))
    response["Cache-Control"] = "no-store"
    return response


def _hook(request: SchoolRequest, source: AlertSource, form: Form, key: str) -> dict[str, object]:
    path = reverse("hook_receive", args=[request.school.slug, source.pk])
    return {
        "source": source,
        "form": form,
        "key": key,
        "address": request.build_absolute_uri(path),
        "opened": bool(key) or source.hook is not None,
    }
