"""The deeds on an alert: load, form, one action, message, redirect."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.access import requires
from common.attempt import attempt
from common.errors import Refusal, StaleRecord
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.actions.alert_batches import MOST_AT_ONCE, dismiss_alerts
from filtering.actions.alerts import (
    identify_user,
    note_action,
    open_alert,
    read_alert,
    triage_alert,
)
from filtering.forms.alerts import AlertActionForm, BatchForm, IdentifyForm, TriageForm
from filtering.models import Alert
from filtering.queries.alerts import alert_or_404, alerts_visible_to, chosen_alerts
from filtering.vocabulary import Verdict
from filtering.workflow import ALERT
from people.queries import people_source

POWER = "triage_alerts"


@requires(POWER)
@require_POST
def alert_open(request: SchoolRequest, pk: int) -> HttpResponse:
    """Open an alert and take it on."""
    alert = alert_or_404(request.person, request.powers, pk)
    version = request.POST.get("version", "")
    try:
        open_alert(
            alert=alert,
            version=int(version) if version.isdecimal() else 0,
            by=request.person,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "You have taken this alert on.")
    return redirect(_after(request, alert))


@requires(POWER)
def alert_triage(request: SchoolRequest, pk: int) -> HttpResponse:
    """Judge an alert: a true concern, a false alarm, or not clear yet."""
    alert = alert_or_404(request.person, request.powers, pk)
    read_alert(alert=alert, by=request.person, at=timezone.now())
    form = TriageForm(request.POST or None, alert=alert)
    done = {
        Verdict.TRUE: "Judged a true concern. Raise an incident from it next.",
        Verdict.FALSE: "Judged a false alarm.",
        Verdict.UNCLEAR: "Noted. The alert stays open.",
    }
    return _deed_page(
        request, alert, form, triage_alert, step="triage_alert", done=lambda data: done[data]
    )


@requires(POWER)
def alert_identify(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say who was signed in; the alert may go to somebody else because of it."""
    alert = alert_or_404(request.person, request.powers, pk)
    source = people_source(
        request.person,
        request.role_codes,
        url=page_url(request.school, "person_find"),
        on=timezone.localdate(),
    )
    form = IdentifyForm(request.POST or None, alert=alert, source=source)
    return _deed_page(
        request,
        alert,
        form,
        identify_user,
        step="identify_user",
        done=lambda _data: "The user is named. An alert about its owner goes to the next person.",
        lead="An alert about a member of staff or the headteacher is seen by fewer people.",
    )


@requires(POWER)
def alert_action(request: SchoolRequest, pk: int) -> HttpResponse:
    """Note what was done at once."""
    alert = alert_or_404(request.person, request.powers, pk)
    form = AlertActionForm(request.POST or None, alert=alert)
    return _deed_page(
        request, alert, form, note_action, step="note_action", done=lambda _data: "Noted."
    )


@requires(POWER)
def alert_batch(request: SchoolRequest) -> HttpResponse:
    """Judge the alerts that were ticked in the list false alarms, with one reason for all."""
    sent = request.POST if request.method == "POST" else request.GET
    versions = _versions(sent.getlist("chosen")[: MOST_AT_ONCE + 1])
    form = BatchForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(
        form,
        dismiss_alerts,
        school=request.school,
        versions=versions,
        reason=form.cleaned_data["reason"],
        by=request.person,
        at=timezone.now(),
    ):
        count = len(versions)
        words = "1 alert" if count == 1 else f"{count} alerts"
        messages.success(request, f"{words} judged false alarms.")
        return redirect(page_url(request.school, "alert_list"))
    rows = chosen_alerts(request.person, request.powers, versions)
    context = {
        "form": form,
        "rows": rows,
        "chosen": sent.getlist("chosen"),
        "now": timezone.now(),
    }
    return render(request, "filtering/alert_batch.html", context)


def _versions(chosen: list[str]) -> dict[int, int]:
    """Return which alerts were ticked, each with the version the list showed."""
    pairs = (value.partition("-") for value in chosen)
    return {
        int(pk): int(version)
        for pk, _, version in pairs
        if pk.isdecimal() and version.isdecimal() and len(pk) < 19 and len(version) < 9
    }


def _deed_page(
    request: SchoolRequest,
    alert: Alert,
    form: Form,
    deed: Callable[..., Any],
    *,
    step: str,
    done: Callable[[Any], str],
    **context: Any,
) -> HttpResponse:
    """Draw the form of a step, or do it; a refusal keeps everything typed and says why.

    After a stale refusal the form carries the version now in force.
    """
    if request.method == "POST" and form.is_valid():
        try:
            deed(alert=alert, **form.cleaned_data, by=request.person, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            if isinstance(refusal, StaleRecord):
                form.data = request.POST.copy()
                form.data["version"] = str(alert.version)
        else:
            messages.success(request, done(form.cleaned_data.get("verdict")))
            return redirect(_after(request, alert))
    context |= {"alert": alert, "form": form, "step": ALERT.step(step)}
    return render(request, "filtering/alert_step.html", context)


def _after(request: SchoolRequest, alert: Alert) -> str:
    """Return where to go after a deed: the alert, or the list for whoever no longer sees it."""
    if alerts_visible_to(request.person, request.powers).filter(pk=alert.pk).exists():
        return page_url(request.school, "alert_detail", alert.pk)
    return page_url(request.school, "alert_list")
