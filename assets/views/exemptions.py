"""Which pupils may keep a device by them (R-SSC-4)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions.exemptions import end_exemption, grant_exemption
from assets.filters.own_devices import ExemptionFilter
from assets.forms.own_devices import ExemptionForm
from assets.queries.own_devices import exemption_or_404, exemptions_of
from assets.views.deed_page import DeedPage, done, drawn
from common.access import requires
from common.pages import page_url
from common.requests import SchoolRequest
from people.queries import people_source

ROWS = 50


@requires("view_exemptions", "grant_exemption")
def exemption_list(request: SchoolRequest) -> HttpResponse:
    """Show who may keep what by them; the reason only to those who grant it."""
    found = ExemptionFilter(request.GET, queryset=exemptions_of(request.school), request=request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort, "today": timezone.localdate()}
    return render(request, "assets/exemption_list.html", context)


@requires("grant_exemption")
def exemption_create(request: SchoolRequest) -> HttpResponse:
    """Let a pupil keep a device by them for a time."""
    source = people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
        kinds=("pupil",),
    )
    form = ExemptionForm(request.POST or None, source=source)
    if form.is_valid() and done(
        form, grant_exemption, **form.cleaned_data, by=request.person, at=timezone.now()
    ):
        messages.success(request, "The exemption is in the list.")
        return redirect("exemption_list", request.school.slug)
    page = DeedPage(
        "Add an exemption",
        "Save this exemption",
        page_url(request.school, "exemption_list"),
        "Exemptions",
        lead="Whoever is about to take the device reads this first.",
    )
    return drawn(request, page, form)


@requires("grant_exemption")
def exemption_end(request: SchoolRequest, pk: int) -> HttpResponse:
    """End an exemption before its day."""
    exemption = exemption_or_404(request.school, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and done(
        form, end_exemption, exemption=exemption, by=request.person, at=timezone.now()
    ):
        messages.success(request, "The exemption is ended.")
        return redirect("exemption_list", request.school.slug)
    page = DeedPage(
        "End this exemption",
        "End it now",
        page_url(request.school, "exemption_list"),
        "Exemptions",
        lead="From now on the usual rule holds for this pupil.",
        facts=[
            {"label": "Pupil", "value": exemption.pupil},
            {"label": "May keep", "value": exemption.allowed},
        ],
    )
    return drawn(request, page, form)
