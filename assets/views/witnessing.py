"""One button by which a witness confirms what they saw; nobody else opens these pages."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from assets.actions.witnessing import confirm_hand_over, confirm_search
from assets.queries.witnessing import hand_over_or_404, search_seen_or_404
from assets.views.deed_page import DeedPage, done, drawn
from common.access import requires
from common.dates import uk_datetime
from common.pages import page_url
from common.requests import SchoolRequest

LEAD = "If it was otherwise, do not confirm it: tell whoever wrote it, or the headteacher."


@requires("confirm_as_witness")
def hand_over_confirm(request: SchoolRequest, reference: str) -> HttpResponse:
    """Confirm that the devices of a disposal were handed over as it was written (AST-03)."""
    batch = hand_over_or_404(request.person, reference)
    facts = {
        "Disposal": batch,
        "Handed over": f"{uk_datetime(batch.collected_at)} by {batch.handed_over_by}",
        "Fetched by": batch.collected_by,
        "Devices counted": batch.count_out,
    }
    deed = partial(confirm_hand_over, batch=batch)
    return _page(request, "Did you see this hand-over?", deed, facts, batch.witnessed_at)


@requires("confirm_as_witness")
def search_record_confirm(request: SchoolRequest, reference: str) -> HttpResponse:
    """Confirm that one was there when a search was made; who was searched is not said (R-SSC-1)."""
    search = search_seen_or_404(request.person, reference)
    facts = {
        "Search": search,
        "When": uk_datetime(search.searched_at),
        "Where": search.place,
        "Searched by": search.searched_by,
    }
    deed = partial(confirm_search, search=search)
    return _page(
        request, "Were you there at this search?", deed, facts, search.witness_confirmed_at
    )


def _page(
    request: SchoolRequest,
    title: str,
    deed: Callable[..., Any],
    facts: dict[str, Any],
    confirmed_at: Any,
) -> HttpResponse:
    if confirmed_at and request.method == "GET":
        messages.info(request, f"You confirmed this on {uk_datetime(confirmed_at)}.")
        return redirect("home", request.school.slug)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and done(form, deed, by=request.person, at=timezone.now()):
        messages.success(request, "Thank you. That is written down.")
        return redirect("home", request.school.slug)
    rows = [{"label": label, "value": str(value)} for label, value in facts.items()]
    home = page_url(request.school, "home")
    page = DeedPage(title, "Yes, I saw it", home, "Home", lead=LEAD, facts=rows)
    return drawn(request, page, form)
