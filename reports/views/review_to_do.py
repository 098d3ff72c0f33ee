"""What governors' reviews asked for, followed until it is done (REP-18)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import open_to_signed_in, requires
from common.attempt import attempt
from common.pages import page_url
from common.requests import SchoolRequest
from people.queries import people_source
from reports.actions.review_parts import add_governor_action, finish_governor_action
from reports.conditions.meetings import SEES
from reports.exporting.reviews import ACTIONS, action_lines
from reports.filters.reviews import ActionFilter
from reports.forms.reviews import ActionForm, DoneForm
from reports.queries.reviews import (
    WRITES,
    WRITES_MEETINGS,
    action_or_404,
    action_rows,
    governor_review_or_404,
)
from reports.views.review_step import deed_page, taken_out

ROWS = 25
ADULTS = ("staff", "governor")


@requires("view_governor_reviews")
def governor_action_list(request: SchoolRequest) -> HttpResponse:
    """Show what reviews and meetings asked for, soonest first."""
    found = _found(request)
    rows, sort = found.sorted()
    context = {
        "filter": found,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "sort": sort,
        "today": timezone.localdate(),
        "writes_reviews": request.may(WRITES),
        "writes_meetings": request.may(WRITES_MEETINGS),
    }
    return render(request, "reports/governor_action_list.html", context)


@requires("export_report")
def governor_action_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the actions as they are filtered and sorted."""
    return taken_out(
        request,
        _found(request),
        what="actions",
        page="governor_action_list",
        heading=ACTIONS,
        read=action_lines,
    )


@requires("write_governor_review")
def governor_action_add(request: SchoolRequest, reference: str) -> HttpResponse:
    """Add something that has to be done."""
    review = governor_review_or_404(request.school, reference)
    source = people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
        kinds=ADULTS,
    )
    return deed_page(
        request,
        review,
        ActionForm(request.POST or None, version=review.version, source=source),
        add_governor_action,
        title="Add an action",
        button="Add this action",
        done="Added. Its owner is told and finds it on the home page.",
    )


@open_to_signed_in
def governor_action_finish(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say what was done about an action; for its owner, and those who write where it is from."""
    action = action_or_404(request.person, request.powers, pk)
    seen = SEES[action.meeting.kind] if action.meeting else "view_governor_reviews"
    back = page_url(request.school, *(action.page if request.may(seen) else ("home",)))
    form = DoneForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        finish_governor_action,
        action=action,
        note=form.cleaned_data["note"],
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Written down.")
        return redirect(back)
    context = {"form": form, "action": action, "back": back}
    return render(request, "reports/governor_action_finish.html", context)


def _found(request: SchoolRequest) -> ActionFilter:
    rows = action_rows(request.school, request.powers)
    return ActionFilter(request.GET, queryset=rows, request=request)
