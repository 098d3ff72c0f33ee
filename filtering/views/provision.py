"""The register: what is in use, what each profile blocks and allows, as at any day (FIL-01)."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify

from common.access import requires
from common.attempt import attempt
from common.exports import as_private_download, csv_sheet
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.actions.provision import ServiceDetails, end_service, enter_service, replace_service
from filtering.actions.taking_out_provision import export_provision
from filtering.exporting.provision import HEADING, rows_at
from filtering.forms.provision import AsAtForm, EndForm, ServiceForm
from filtering.queries.provision import end_of_day, service_or_404
from filtering.queries.register import matrix_at, products_at, profiles_at
from people.queries import people_source

DESCRIBED = (
    *("kind", "name", "provider", "purpose", "covers", "used_by", "contract"),
    *("contract_ends_date", "privacy_notice", "uses_ai", "owner"),
)


def as_at(request: SchoolRequest) -> tuple[AsAtForm, date, datetime]:
    """Return the form of the day, the day asked for (today unless said), and the moment."""
    form = AsAtForm(request.GET)
    day = (form.is_valid() and form.cleaned_data["on"]) or timezone.localdate()
    today = day == timezone.localdate()
    return form, day, timezone.now() if today else end_of_day(day)


def staff_picker(request: SchoolRequest) -> Any:
    """Return where this person's pickers find members of staff."""
    return people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
        kinds=("staff",),
    )


@requires("view_provision")
def provision_detail(request: SchoolRequest) -> HttpResponse:
    """Show products, profiles, and what is done with each category, as at a day (FIL-02)."""
    form, day, at = as_at(request)
    profiles = profiles_at(request.school, at)
    context = {
        "form": form,
        "day": day,
        "past": day != timezone.localdate(),
        "products": products_at(request.school, at),
        "profiles": profiles,
        "matrix": matrix_at(request.school, profiles, at) if profiles else [],
        "standard": request.school.setting("standard"),
    }
    return render(request, "filtering/provision_detail.html", context)


@requires("view_provision")
def provision_export(request: SchoolRequest) -> HttpResponse:
    """Give what is blocked and allowed as at a day as a file, for the yearly policy review."""
    _form, day, at = as_at(request)
    rows = rows_at(request.school, at)
    export_provision(
        school=request.school, as_at=day, count=len(rows), by=request.person, at=timezone.now()
    )
    response = HttpResponse(csv_sheet(HEADING, rows), content_type="text/csv; charset=utf-8")
    return as_private_download(response, f"{slugify(f'filtering {request.school} {day}')}.csv")


@requires("edit_provision")
def service_create(request: SchoolRequest) -> HttpResponse:
    """Enter a product that came into use; the review it asks for is opened."""
    form = ServiceForm(request.POST or None, source=staff_picker(request))
    if form.is_valid() and attempt(
        form,
        enter_service,
        school=request.school,
        details=ServiceDetails(**form.cleaned_data),
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Entered. A review of filtering and monitoring is open for it.")
        return redirect("provision_detail", request.school.slug)
    return render(request, "filtering/service_create.html", {"form": form})


@requires("edit_provision")
def service_edit(request: SchoolRequest, pk: int) -> HttpResponse:
    """Describe a product anew; how it was described until now stays readable."""
    service = service_or_404(request.school, pk)
    form = ServiceForm(
        request.POST or None,
        source=staff_picker(request),
        initial={name: getattr(service, name) for name in DESCRIBED},
    )
    if form.is_valid() and attempt(
        form,
        replace_service,
        service=service,
        details=ServiceDetails(**form.cleaned_data),
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "The product is described anew.")
        return redirect("provision_detail", request.school.slug)
    return render(request, "filtering/service_edit.html", {"form": form, "service": service})


@requires("edit_provision")
def service_end(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say that a product is no longer in use."""
    service = service_or_404(request.school, pk)
    form = EndForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        end_service,
        service=service,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, f"“{service}” is no longer in use.")
        return redirect("provision_detail", request.school.slug)
    return render(request, "filtering/service_end.html", {"form": form, "service": service})
