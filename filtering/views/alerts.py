"""Alerts: the list and its export, one alert, and entering one by hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.attempt import attempt
from common.dates import uk_datetime
from common.exports import mend_first, stream_csv
from common.filters import filters_in_words
from common.pages import page_url
from common.requests import SchoolRequest
from common.trail_links import what_followed
from common.workflow import Step
from filtering.actions.alerts import note_alert_export, read_alert, receive_alert
from filtering.exporting.alerts import HEADING, rows_of
from filtering.filters.alerts import AlertFilter
from filtering.forms.alerts import AlertForm
from filtering.long_lists import LongPaginator
from filtering.models import Alert
from filtering.queries.alerts import alert_or_404, alert_rows, events_of
from filtering.vocabulary import Verdict
from filtering.workflow import ALERT
from people.queries import people_source

ROWS = 50
SEES = ("view_alerts", "view_staff_alerts", "view_head_alerts")
STATE_KINDS = {"received": "wait", "opened": "information", "false_alarm": "", "raised": "done"}


@requires(*SEES)
def alert_list(request: SchoolRequest) -> HttpResponse:
    """Show the alerts a person may see, those that still need somebody unless others are asked."""
    found = AlertFilter(
        request.GET, queryset=alert_rows(request.person, request.powers), request=request
    )
    rows, sort = found.sorted()
    page = LongPaginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"filter": found, "page": page, "sort": sort, "now": timezone.now()}
    return render(request, "filtering/alert_list.html", context)


@requires("add_alerts")
def alert_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the list as it is filtered and sorted, as far as the person may see it (REP-15)."""
    person, powers = request.person, request.powers
    found = AlertFilter(request.GET, queryset=alert_rows(person, powers), request=request)
    if wrong := mend_first(request, found.form, "alert_list"):
        return wrong
    rows, sort = found.sorted()
    keys = list(rows.values_list("pk", flat=True))
    now = timezone.now()
    note_alert_export(
        school=request.school,
        count=len(keys),
        filters=filters_in_words(found, sort),
        by=person,
        at=now,
    )
    return stream_csv(
        f"alerts-{request.school.slug}-{timezone.localdate(now).isoformat()}.csv",
        school_id=request.school.pk,
        heading=HEADING,
        keys=keys,
        read=lambda part: rows_of(person, powers, part),
    )


@requires(*SEES)
def alert_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show an alert with its history and next step; reading one about staff is recorded."""
    alert = alert_or_404(request.person, request.powers, pk)
    read_alert(alert=alert, by=request.person, at=timezone.now())
    story = [_told(event) for event in events_of(alert)]
    context = {
        "alert": alert,
        "facts": _facts(alert),
        "state_kind": STATE_KINDS[alert.state],
        "flags": _flags(alert, late=alert.due_at < timezone.now()),
        "story": story,
        "followed": what_followed(request, alert),
        **_next(request, alert),
    }
    return render(request, "filtering/alert_detail.html", context)


@requires("add_alerts")
def alert_create(request: SchoolRequest) -> HttpResponse:
    """Write down an alert that came by telephone, by mail or on paper."""
    source = people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
    )
    form = AlertForm(request.POST or None, source=source)
    if form.is_valid() and attempt(
        form,
        receive_alert,
        school=request.school,
        submission=form.cleaned_data["submission"],
        reported=form.reported(),
        person=form.cleaned_data["person"],
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "The alert is written down, and its owner is told.")
        return redirect(page_url(request.school, "alert_list"))
    return render(request, "filtering/alert_create.html", {"form": form})


def _facts(alert: Alert) -> list[dict[str, Any]]:
    return [
        {"label": "Priority", "value": alert.get_severity_display()},
        {"label": "Happened", "value": uk_datetime(alert.happened_at)},
        {"label": "Source", "value": alert.source or "Entered by hand"},
        {"label": "With", "value": alert.owner or "Nobody yet"},
    ]


def _flags(alert: Alert, *, late: bool) -> list[str]:
    return [
        flag
        for flag, there in (
            ("Drill", alert.drill),
            ("Not opened in time", late and alert.state == "received"),
            ("About a member of staff", alert.about == "staff"),
            ("About the headteacher", alert.about == "head"),
            ("Graphic content", alert.graphic),
        )
        if there
    ]


def _told(event: Any) -> dict[str, Any]:
    """Return a line of the history as the timeline draws it."""
    judged = f": {event.get_verdict_display().lower()}" if event.verdict else ""
    return {
        "title": f"{event.get_kind_display()}{judged}",
        "by": event.by or "",
        "at": event.at,
        "words": event.text,
        "kind": "quiet" if event.kind == "routed" else "",
    }


def _next(request: SchoolRequest, alert: Alert) -> dict[str, Any]:
    """Return what may be done now: the likely deed, the others, and which buttons stand there."""
    steps = {step.name: step for step in ALERT.open_to(alert.state, request.powers)}
    true = alert.verdict == Verdict.TRUE and alert.state == "opened"
    raises = "raise_alert" in steps and not alert.drill
    drill_ends = alert.drill and alert.state == "opened" and "triage_alert" in steps
    links = {
        name: _link(request, alert, step)
        for name, step in steps.items()
        if step.page and name != "open_alert"
    }
    judging = alert.state == "opened" and not true and not drill_ends
    deed = links.pop("triage_alert", None) if judging else None
    return {
        "opens": "open_alert" in steps,
        "drill_ends": drill_ends,
        "raises": raises,
        "lead": _lead(alert, true=true),
        "deed": deed,
        "deeds": list(links.values()),
    }


def _link(request: SchoolRequest, alert: Alert, step: Step) -> dict[str, str]:
    again = bool(alert.verdict) and step.name == "triage_alert"
    label = "Judge it again" if again else step.label
    return {"url": page_url(request.school, step.page, alert.pk), "label": label}


def _lead(alert: Alert, *, true: bool) -> str:
    if alert.state == "received":
        return "Nobody has opened this alert yet. Opening it takes it on."
    if true:
        return "It is a true concern. Raise an incident from it next."
    if alert.state == "raised":
        return "An incident was raised. What follows stands there."
    return "" if alert.state == "opened" else "It was judged a false alarm."
