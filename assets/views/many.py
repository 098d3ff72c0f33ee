"""One step for many devices: those ticked in the list, or all that the filter finds (AST-01)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions.many import MOST, NOTHING, TOO_MANY, change_assets
from assets.forms.many import ManyForm, ManyMoveForm, ManyServiceForm
from assets.queries.inventory import assets_of, rooms_of
from assets.views.deed_page import DeedPage
from assets.views.inventory import found_assets
from common.access import requires
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest

NAMED = 12


@requires("edit_assets")
def assets_put_in_service(request: SchoolRequest) -> HttpResponse:
    """Put many devices in service once they are set up and checked."""
    lead = "They are set up, and what protects the data on them is checked."
    return _page(request, ManyServiceForm, "Put in service", lead)


@requires("edit_assets")
def assets_move(request: SchoolRequest) -> HttpResponse:
    """Move many devices to a room."""
    lead = "What is lent, lost or kept as evidence stays where it is; you are told which."
    return _page(request, ManyMoveForm, "Move to a room", lead)


def _page(request: SchoolRequest, form_class: type[Any], title: str, lead: str) -> HttpResponse:
    keys = _asked(request)
    form: Any = form_class(request.POST or None, keys=keys)
    if request.method == "GET" and not 0 < len(keys) <= MOST:
        messages.warning(request, TOO_MANY if keys else NOTHING)
        return redirect(_list(request))
    if form.is_valid() and (job := _begun(request, form)):
        return redirect("job_detail", request.school.slug, job.pk)
    page = DeedPage(
        title=title,
        button=title,
        back=_list(request),
        back_label="Equipment",
        lead=lead,
        facts=_facts(request, form),
    )
    rooms = rooms_of(request.school).values_list("name", flat=True)
    context = {"page": page, "form": form, "rooms": rooms}
    return render(request, "assets/assets_change.html", context)


def _asked(request: SchoolRequest) -> list[int]:
    """Return the devices ticked, or all that the filter finds; one more than may be at the most."""
    if request.method == "POST":
        return []
    if "all" in request.GET:
        rows, _ = found_assets(request).sorted()
    else:
        ticked = _numbers(request.GET.getlist("pick")[: MOST + 1])
        rows = assets_of(request.school).filter(pk__in=ticked).order_by("tag", "pk")
    return list(rows.values_list("pk", flat=True)[: MOST + 1])


def _begun(request: SchoolRequest, form: ManyForm) -> Any:
    try:
        return change_assets(
            school=request.school,
            submission=form.cleaned_data["submission"],
            keys=form.cleaned_data["keys"],
            change=form.change,  # type: ignore[attr-defined]
            by=request.person,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _facts(request: SchoolRequest, form: ManyForm) -> list[dict[str, str]]:
    """Return how many devices it is about, and the first of them by tag."""
    keys = _numbers(str(form["keys"].value() or "").split(","))
    rows = assets_of(request.school).filter(pk__in=keys[: MOST + 1]).order_by("tag", "pk")
    tags = list(rows.values_list("tag", flat=True)[:NAMED])
    more = len(keys) - len(tags)
    words = f"{', '.join(tags)} and {more} more" if more > 0 else ", ".join(tags)
    return [{"label": "Devices", "value": str(len(keys))}, {"label": "Tags", "value": words}]


def _numbers(typed: list[str]) -> list[int]:
    return [int(key) for key in typed if key.isdecimal() and len(key) < 19]


def _list(request: SchoolRequest) -> str:
    left = request.GET.copy()
    for name in ("all", "pick"):
        left.pop(name, None)
    return f"{page_url(request.school, 'asset_list')}?{left.urlencode()}"
