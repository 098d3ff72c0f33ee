"""From filtering and monitoring to an incident, and from an incident to the filter."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.attempt import attempt
from common.dates import uk_datetime
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.actions.change_undoing import revoke_change
from filtering.models import Alert
from filtering.queries.alerts import alerts_visible_to
from filtering.queries.changes import active_unblocks, with_asked
from filtering.queries.failures import failures_visible_to
from filtering.views.changes import ask_page, block_page
from incidents.actions.raising import Origin, raise_incident
from incidents.forms.working import EndUnblockForm
from incidents.models import Incident
from incidents.queries import reports_of, visible_to
from incidents.queries.origins import finding_of, known_or_404
from incidents.views.deeds import load
from incidents.views.reports import report_page
from incidents.vocabulary import Part, Place, YesNoUnsure

LEAD = "What is known is filled in. Look through it, add what you know, and send it."


@requires("triage_alerts")
def incident_from_alert(request: SchoolRequest, pk: int) -> HttpResponse:
    """Raise an incident from a monitoring alert, filled in with what the alert says (FIL-15)."""
    alert = (
        alerts_visible_to(request.person, request.powers)
        .select_related("person")
        .filter(pk=pk)
        .first()
    )
    if alert is None:
        raise Http404("no such alert")
    involved = [{"person": alert.person, "part": Part.ALLEGED}] if alert.person else []
    return raising_page(request, alert, _told_by_alert(alert), involved)


@requires("view_failures")
def incident_from_failure(request: SchoolRequest, reference: str) -> HttpResponse:
    """Raise an incident because a pupil met something harmful that the filter let through."""
    rows = failures_visible_to(request.person, request.powers)
    failure = rows.filter(reference=reference).first()
    if failure is None:
        raise Http404("no such report")
    told = {
        "about": "other",
        "description": f"Reported about filtering ({failure.reference}): {failure.what}",
        "occurred_at": failure.seen_at,
        "place": Place.SCHOOL,
        "place_detail": ", ".join(part for part in (failure.device, failure.site) if part),
        "links": failure.address,
    }
    return raising_page(request, failure, told, [])


@requires("note_monitoring", "sign_monitoring")
def incident_from_finding(request: SchoolRequest, pk: int) -> HttpResponse:
    """Raise an incident from something found in looking through the logs (FIL-20)."""
    finding = finding_of(request.school, pk)
    if finding is None:
        raise Http404("no such finding")
    told = {
        "about": "other",
        "description": f"Found in the monitoring of that week: {finding.text}",
        "occurred_at": finding.found_at,
        "place": Place.SCHOOL,
    }
    return raising_page(request, finding, told, [])


def _told_by_alert(alert: Alert) -> dict[str, Any]:
    lines = [
        f"Monitoring alert of {uk_datetime(alert.happened_at)}.",
        f"Rule: {alert.rule}." if alert.rule else "",
        f"Words: {alert.term}" if alert.term else "",
        alert.note,
    ]
    return {
        "about": alert.about if alert.person_id else "other",
        "description": "\n".join(line for line in lines if line),
        "occurred_at": alert.happened_at,
        "place": Place.SCHOOL,
        "place_detail": alert.device,
        "links": alert.address,
        "imagery": YesNoUnsure.UNSURE if alert.graphic else YesNoUnsure.NO,
    }


def raising_page(
    request: SchoolRequest, origin: Origin, told: dict[str, Any], involved: list[dict[str, Any]]
) -> HttpResponse:
    """Draw the form of a report filled in from a record, or raise the incident from it."""
    if origin.incident_reference and request.method == "GET":
        messages.info(request, "An incident was raised from this already.")
        return redirect(_page_of(request, origin.incident_reference))

    def deed(values: dict[str, Any]) -> str:
        return _page_of(request, raise_incident(origin=origin, **values).reference)

    told["told_lead"] = "yes" if "dsl" in request.role_codes else "no"
    return report_page(
        request, deed, initial=told, involved=involved, title="Raise an incident", lead=LEAD
    )


def _page_of(request: SchoolRequest, reference: str) -> str:
    """Return the page of an incident, or of one's own report for whoever may not see the case.

    Whoever may see neither goes home and does not learn the number.
    """
    if visible_to(request.person, request.powers).filter(reference=reference).exists():
        return page_url(request.school, "incident_detail", reference)
    if reports_of(request.person).filter(reference=reference).exists():
        return page_url(request.school, "report_detail", reference)
    return page_url(request.school, "home")


@requires("ask_for_change")
def incident_change(request: SchoolRequest, reference: str) -> HttpResponse:
    """Ask for a filter change because of an incident one sees or has reported (FIL-26)."""
    incident = known_or_404(request.person, request.powers, reference)
    return ask_page(request, *_because_of(incident))


@requires("block_at_once")
def incident_block(request: SchoolRequest, reference: str) -> HttpResponse:
    """Record a block made at once because of an incident (FIL-26)."""
    incident = known_or_404(request.person, request.powers, reference)
    return block_page(request, *_because_of(incident))


@requires("revoke_change")
def incident_unblock_end(request: SchoolRequest, reference: str) -> HttpResponse:
    """End a temporary unblock at once because of an incident (workflows c.6)."""
    incident = load(request, reference)
    changes = with_asked(active_unblocks(request.school))
    form = EndUnblockForm(request.POST or None, changes=changes)
    if form.is_valid():
        change = form.cleaned_data["change"]
        done = attempt(
            form,
            revoke_change,
            change=change,
            version=change.version,
            reason=form.cleaned_data["reason"],
            incident_reference=incident.reference,
            by=request.person,
            at=timezone.now(),
        )
        if done:
            messages.success(request, "It is ended. Whoever manages the filter puts it back today.")
            return redirect("change_detail", request.school.slug, change.reference)
    context = {"incident": incident, "form": form, "changes": changes}
    return render(request, "incidents/incident_unblock_end.html", context)


def _because_of(incident: Incident) -> tuple[dict[str, str], dict[str, str]]:
    """Return the cause of a change, and what the form opens with: the addresses reported."""
    return {"incident_reference": incident.reference}, {"addresses": incident.links}
