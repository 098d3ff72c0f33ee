"""From filtering and monitoring to an incident, and from an incident to the filter."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from common.access import requires
from common.dates import uk_datetime
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.models import Alert
from filtering.queries.alerts import alerts_visible_to
from filtering.queries.failures import failures_visible_to
from incidents.actions.raising import Origin, raise_incident
from incidents.queries import visible_to
from incidents.queries.origins import finding_of
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
    return _raising(request, alert, _told_by_alert(alert), involved)


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
    return _raising(request, failure, told, [])


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
    return _raising(request, finding, told, [])


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


def _raising(
    request: SchoolRequest, origin: Origin, told: dict[str, Any], involved: list[dict[str, Any]]
) -> HttpResponse:
    if origin.incident_reference and request.method == "GET":
        messages.info(request, "An incident was raised from this already. Here it is.")
        return redirect(_page_of(request, origin.incident_reference))

    def deed(values: dict[str, Any]) -> str:
        return _page_of(request, raise_incident(origin=origin, **values).reference)

    told["told_lead"] = "yes" if "dsl" in request.role_codes else "no"
    return report_page(
        request, deed, initial=told, involved=involved, title="Raise an incident", lead=LEAD
    )


def _page_of(request: SchoolRequest, reference: str) -> str:
    """Return the page of an incident, or of one's own report for whoever may not see the case."""
    seen = visible_to(request.person, request.powers).filter(reference=reference).exists()
    return page_url(request.school, "incident_detail" if seen else "report_detail", reference)
