"""Take an item from a pupil, follow it, and see what was taken (MOB-04, R-SSC-4)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions.taken import take_item
from assets.actions.taken_exports import export_confiscations, print_confiscation
from assets.conditions.taken import ExemptPupil
from assets.exporting.taken import ITEM_HEADING, item_cells
from assets.filters.taken import ItemFilter
from assets.forms.taken import TakeForm
from assets.queries.taken import (
    exemption_of,
    item_or_404,
    item_rows,
    lines_of,
    pupil_of,
    sees_suspicion,
)
from assets.queries.taken_searches import searches_of_item
from assets.showing.taken import STATE_KINDS, item_shown, story
from assets.views.export_page import export_page
from common.access import requires
from common.documents import Imprint
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest
from common.trail_links import what_followed
from people.models import Person
from people.queries import people_source

ROWS = 50
SEES_ITEMS = ("confiscate_item", "view_confiscations")


@requires("confiscate_item")
def confiscation_create(request: SchoolRequest) -> HttpResponse:
    """Record an item taken from a pupil; ``?pupil=`` fills in who (c.15)."""
    return taking_page(request)


def taking_page(
    request: SchoolRequest,
    *,
    incident_reference: str = "",
    pupil: Person | None = None,
    caption: str = "",
    lead: str = "",
) -> HttpResponse:
    """Draw the form that takes an item, or take it; a pupil who may keep it is said first."""
    today = timezone.localdate()
    asked = pupil or pupil_of(request.school, request.GET.get("pupil", ""), on=today)
    form = TakeForm(
        request.POST or None,
        source=people_of_kind(request, "pupil"),
        initial={"pupil": asked} if asked else None,
    )
    if form.is_valid():
        try:
            item = take_item(
                school=request.school,
                submission=form.cleaned_data["submission"],
                taking=form.taking,
                exempt_known=form.cleaned_data["exempt_known"],
                incident_reference=incident_reference,
                by=request.person,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, ExemptPupil):
                form.data = request.POST.copy()
                form.data["exempt_known"] = "on"
        else:
            messages.success(request, "It is written down.")
            return redirect("confiscation_detail", request.school.slug, item.reference)
    context = {
        "form": form,
        "caption": caption,
        "lead": lead,
        "exemption": exemption_of(asked, on=today) if asked else None,
    }
    return render(request, "assets/confiscation_create.html", context)


@requires(*SEES_ITEMS)
def confiscation_list(request: SchoolRequest) -> HttpResponse:
    """Show the items: all for those who see them, else what the person took or holds."""
    found = _found(request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    for item in page:
        item.state_kind = STATE_KINDS[item.state]
        item.shows_suspicion = item.suspected and sees_suspicion(
            item, request.person, request.powers
        )
    context = {"filter": found, "page": page, "sort": sort, "today": timezone.localdate()}
    return render(request, "assets/confiscation_list.html", context)


@requires(*SEES_ITEMS)
def confiscation_detail(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show an item: where it is, its story and the next step."""
    item = item_or_404(request.person, request.powers, reference)
    context = {
        **item_shown(request, item, timezone.localdate()),
        "story": story(lines_of(item)),
        "searches": searches_of_item(item, request.person, request.powers),
        "followed": what_followed(request, item),
    }
    return render(request, "assets/confiscation_detail.html", context)


@requires(*SEES_ITEMS)
def confiscation_print(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show the receipt for the parent: what was taken, when, and that it was given back."""
    item, now = item_or_404(request.person, request.powers, reference), timezone.now()
    print_confiscation(item=item, by=request.person, at=now)
    context = {"item": item, "imprint": imprint(request, "Receipt for an item", now)}
    return render(request, "assets/confiscation_print.html", context)


@requires("export_confiscations")
def confiscation_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the list of items as it is filtered and sorted; the trail notes it."""
    person, powers = request.person, request.powers
    return export_page(
        request,
        _found(request),
        page="confiscation_list",
        name="items taken",
        note=export_confiscations,
        heading=ITEM_HEADING,
        read=lambda part: item_cells(person, powers, part),
    )


def people_of_kind(request: SchoolRequest, kind: str) -> Any:
    """Return where this person's pickers find people of a kind."""
    return people_source(
        request.person,
        request.role_codes,
        url=f"{page_url(request.school, 'person_find')}?kind={kind}",
        on=timezone.localdate(),
        kinds=(kind,),
    )


def imprint(request: SchoolRequest, title: str, at: Any) -> Imprint:
    """Return what stands on something printed: whose it is, and who printed it when."""
    return Imprint(title, request.school.name, str(request.person), at)


def _found(request: SchoolRequest) -> ItemFilter:
    rows = item_rows(request.person, request.powers)
    return ItemFilter(request.GET, queryset=rows, request=request)
