"""Raise an incident from what filtering and monitoring showed; the link is kept on both sides."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from filtering.actions.alerts import mark_raised
from filtering.actions.failing import link_failure
from filtering.actions.monitoring import link_finding
from filtering.models import Alert, FailureReport, MonitoringFinding
from incidents.actions.reporting import report_incident
from incidents.models import Incident
from people.models import Person

Origin = Alert | FailureReport | MonitoringFinding
# How each learns the number of the incident raised from it.
LINKING: dict[type[Origin], Callable[..., Any]] = {
    Alert: lambda alert, **told: mark_raised(alert=alert, version=alert.version, **told),
    FailureReport: lambda failure, **told: link_failure(failure=failure, **told),
    MonitoringFinding: lambda finding, **told: link_finding(finding=finding, **told),
}


@transaction.atomic
def raise_incident(*, origin: Origin, by: Person, at: datetime, **told: Any) -> Incident:
    """Report an incident that came from an alert, a filtering report or a finding (FIL-15, FIL-20).

    ``told`` is what ``report_incident`` takes. The same form sent twice gives one incident. Refuses
    as reporting does, and an origin from which somebody else raised an incident meanwhile.
    """
    incident = report_incident(school=origin.school, **told, by=by, at=at)
    origin.refresh_from_db(fields=["incident_reference"])
    if origin.incident_reference != incident.reference:
        LINKING[type(origin)](origin, incident_reference=incident.reference, by=by, at=at)
    return incident
