"""Ask for a filter change, follow it, find it: the list, the page of one, the export."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.attempt import attempt
from common.exports import mend_first, stream_csv
from common.filters import filters_in_words
from common.requests import SchoolRequest
from common.trail_links import what_followed
from filtering.actions.change_exports import export_changes
from filtering.actions.change_making import block_at_once
from filtering.actions.changing import ask_for_change
from filtering.exporting.changes import HEADING, rows_of
from filtering.filters.changes import ChangeFilter
from filtering.forms.changes import AskForm, BlockForm, study_days
from filtering.queries.alerts import alerts_visible_to
from filtering.queries.change_page import (
    asked_rows,
    came_from,
    identity_of,
    judged_rows,
    next_step_of,
)
from filtering.queries.changes import change_rows, live_parts, profiles_to_choose, story_of
from filtering.queries.failures import failures_visible_to
from filtering.queries.overlaps import overlaps_of
from filtering.views.change_page import load, sent_by, staff_picker

ROWS = 50
LONGEST_NUMBER = 18
SEES = ("ask_for_change", "view_changes", "test_filtering")


@requires(*SEES)
def change_list(request: SchoolRequest) -> HttpResponse:
    """Show the filter changes a person may see, with search, filters, sorting and paging."""
    queryset = change_rows(request.person, request.powers)
    found = ChangeFilter(request.GET, queryset=queryset, request=request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort, "today": timezone.now()}
    return render(request, "filtering/change_list.html", context)


@requires("export_change_log")
def change_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the list as it is filtered and sorted, as far as the person may see it (REP-15)."""
    person, powers = request.person, request.powers
    found = ChangeFilter(request.GET, queryset=change_rows(person, powers), request=request)
    if wrong := mend_first(request, found.form, "change_list"):
        return wrong
    rows, sort = found.sorted()
    keys = list(rows.values_list("pk", flat=True))
    filters = filters_in_words(found, sort)
    export_changes(school=request.school, filters=filters, count=len(keys), **sent_by(request))
    return stream_csv(
        f"filter-changes-{timezone.localdate():%Y-%m-%d}.csv",
        school_id=request.school.pk,
        heading=HEADING,
        keys=keys,
        read=lambda part: rows_of(person, powers, part),
    )


@requires("ask_for_change")
def change_create(request: SchoolRequest) -> HttpResponse:
    """Ask for something to be blocked or allowed, for good or for a time (FIL-07, FIL-08)."""
    cause, known = _cause(request)
    return ask_page(request, cause, known)


def ask_page(request: SchoolRequest, cause: dict[str, Any], known: dict[str, Any]) -> HttpResponse:
    """Draw the form of a request, filled in with what is known, or ask because of its cause."""
    if request.GET.get("direction") in {"allow", "block"}:
        known["direction"] = request.GET["direction"]
    if request.GET.get("for") == "study":
        known |= study_days()
    form = AskForm(
        request.POST or None,
        school=request.school,
        source=staff_picker(request),
        initial=known,
    )
    if form.is_valid():
        told = form.told | {"submission": form.cleaned_data["submission"], **cause}
        done = "Your request is sent. You are told what becomes of it."
        made = _made(request, form, ask_for_change, told, done)
        if made:
            return made
    return _form_page(request, "filtering/change_create.html", form)


@requires("block_at_once")
def block_create(request: SchoolRequest) -> HttpResponse:
    """Record a block that could not wait for approval (FIL-26)."""
    cause, known = _cause(request)
    return block_page(request, cause, known)


def block_page(
    request: SchoolRequest, cause: dict[str, Any], known: dict[str, Any]
) -> HttpResponse:
    """Draw the form of a block, filled in with what is known, or record it with its cause."""
    form = BlockForm(request.POST or None, school=request.school, initial=known)
    if form.is_valid():
        done = "The block is recorded. The headteacher is told and decides on it."
        made = _made(request, form, block_at_once, form.told | cause, done)
        if made:
            return made
    return _form_page(request, "filtering/block_create.html", form)


def _cause(request: SchoolRequest) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the report or alert in the address that a person may see, and what it tells."""
    person, powers = request.person, request.powers
    reference, number = request.GET.get("failure", ""), request.GET.get("alert", "")
    if reference:
        failure = failures_visible_to(person, powers).filter(reference=reference).first()
        if failure:
            return {"failure": failure}, {"addresses": failure.address}
    if number.isdecimal() and len(number) < LONGEST_NUMBER:
        alert = alerts_visible_to(person, powers).filter(pk=int(number)).first()
        if alert:
            return {"alert": alert}, {"addresses": alert.address}
    return {}, {}


def _made(
    request: SchoolRequest, form: Form, deed: Any, told: dict[str, Any], done: str
) -> HttpResponse | None:
    """Do the deed and go to what it made; a refusal stays in the form with what was typed."""
    kept: list[Any] = []

    def do(**values: Any) -> None:
        kept.append(deed(**values))

    if not attempt(form, do, school=request.school, **told, **sent_by(request)):
        return None
    messages.success(request, done)
    return redirect("change_detail", request.school.slug, kept[0].reference)


def _form_page(request: SchoolRequest, template: str, form: Form) -> HttpResponse:
    ready = profiles_to_choose(request.school).exists()
    return render(request, template, {"form": form, "ready": ready})


@requires(*SEES)
def change_detail(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show one filter change whole: what, why, who, before and after, and what comes next."""
    change, at = load(request, reference), timezone.now()
    context = {
        "change": change,
        "identity": identity_of(change, at=at),
        "asked": asked_rows(change),
        "judged": judged_rows(change),
        "overlaps": overlaps_of(change) if not change.ended else [],
        "parts": live_parts(change),
        "story": story_of(change),
        "next": next_step_of(request, change, at=at),
        "origins": came_from(request, change),
        "followed": what_followed(request, change),
    }
    return render(request, "filtering/change_detail.html", context)
