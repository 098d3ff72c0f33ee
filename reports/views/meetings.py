"""Meetings on online safety: the calendar, planning, recording, what they ask for (REP-04)."""

from collections.abc import Callable
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
from common.pages import page_url
from common.requests import SchoolRequest
from people.queries import people_source
from reports.actions import meetings as deeds
from reports.exporting.meetings import MEETINGS, meeting_lines
from reports.filters.meetings import MeetingFilter
from reports.forms.meetings import MeetingForm, MeetingHoldForm
from reports.forms.reviews import ActionForm, SeenForm
from reports.models import Meeting
from reports.queries.meetings import meeting_or_404, meeting_rows
from reports.queries.reviews import may_meet
from reports.views.review_step import STEP, send, taken_out
from reports.views.review_to_do import ADULTS
from reports.workflow import MEETING

ROWS = 25


@requires("view_meetings")
def meeting_list(request: SchoolRequest) -> HttpResponse:
    """Show the meetings the person sees, those to come and the latest first."""
    found = _found(request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort, "today": timezone.localdate()}
    return render(request, "reports/meeting_list.html", context)


@requires("export_report")
def meeting_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the meetings as they are filtered and sorted."""
    return taken_out(
        request,
        _found(request),
        what="meetings",
        page="meeting_list",
        heading=MEETINGS,
        read=meeting_lines,
    )


@requires("write_meeting")
def meeting_create(request: SchoolRequest) -> HttpResponse:
    """Enter a meeting with its day; one that is over is recorded next."""
    form = MeetingForm(request.POST or None, powers=request.powers)
    made: list[Meeting] = []

    def plan(**values: Any) -> None:
        made.append(deeds.plan_meeting(**values))

    values = {"school": request.school, "by": request.person, "at": timezone.now()}
    if form.is_valid() and attempt(form, plan, **values, **form.cleaned_data):
        over = made[0].on_date <= timezone.localdate()
        messages.success(request, "Entered. Record it now." if over else "The meeting is planned.")
        page = "meeting_hold" if over else "meeting_detail"
        return redirect(page, request.school.slug, made[0].pk)
    context = {
        "form": form,
        "title": "Enter a meeting",
        "button": "Enter this meeting",
        "back": page_url(request.school, "meeting_list"),
        "back_label": "Meetings",
    }
    return render(request, STEP, context)


@requires("view_meetings")
def meeting_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show a meeting: who took part, what was talked about, what it asks for."""
    meeting = meeting_or_404(request.person, request.powers, pk)
    steps = [
        {"label": step.label, "url": page_url(request.school, step.page, meeting.pk)}
        for step in MEETING.open_to(meeting.state, request.powers)
    ]
    if meeting.state == "held" and steps:
        steps[0]["label"] = "Put the record right"
        steps.reverse()
    context = {
        "meeting": meeting,
        "deed": steps[0] if steps else None,
        "deeds": steps[1:],
        "today": timezone.localdate(),
    }
    return render(request, "reports/meeting_detail.html", context)


@requires("write_meeting")
def meeting_hold(request: SchoolRequest, pk: int) -> HttpResponse:
    """Record a meeting, or put its record right."""
    meeting, day = meeting_or_404(request.person, request.powers, pk), timezone.localdate()
    people = may_meet(request.school, on=day)
    form = MeetingHoldForm(request.POST or None, meeting=meeting, people=people, day=day)
    return _deed(
        request, meeting, form, deeds.hold_meeting, button="Save the record", done="It is recorded."
    )


@requires("write_meeting")
def meeting_cancel(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say that a planned meeting did not take place."""
    meeting = meeting_or_404(request.person, request.powers, pk)
    form = SeenForm(request.POST or None, version=meeting.version)
    done = "Written down: it did not take place."
    return _deed(
        request, meeting, form, deeds.cancel_meeting, button="It did not take place", done=done
    )


@requires("write_meeting")
def meeting_action_add(request: SchoolRequest, pk: int) -> HttpResponse:
    """Add something that a meeting asks for."""
    meeting = meeting_or_404(request.person, request.powers, pk)
    source = people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
        kinds=ADULTS,
    )
    form = ActionForm(request.POST or None, version=meeting.version, source=source)
    done = "Added. Its owner is told and finds it on the home page."
    return _deed(
        request, meeting, form, deeds.add_meeting_action, button="Add this action", done=done
    )


def _deed(
    request: SchoolRequest,
    meeting: Meeting,
    form: Form,
    deed: Callable[..., Any],
    *,
    button: str,
    done: str,
) -> HttpResponse:
    """Draw the form of a deed on a meeting, or do it, say so and go back to the meeting."""
    back = page_url(request.school, "meeting_detail", meeting.pk)
    values = {"meeting": meeting, "by": request.person, "at": timezone.now()}
    if form.is_valid() and send(
        form, deed, fresh={"version": meeting.version}, **values, **form.cleaned_data
    ):
        messages.success(request, done)
        return redirect(back)
    title = MEETING.step(deed.__name__).label
    context = {"form": form, "title": title, "button": button, "back": back}
    return render(request, STEP, {**context, "back_label": str(meeting)})


def _found(request: SchoolRequest) -> MeetingFilter:
    rows = meeting_rows(request.person, request.powers)
    return MeetingFilter(request.GET, queryset=rows, request=request)
