"""Raise an incident from a record of a lower app; the link is kept on both sides."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from assets.actions.phones_wifi import link_misuse
from assets.actions.taken_links import link_disposal, link_installation, link_loss
from assets.actions.taken_searches import link_search
from assets.actions.taken_steps import link_item
from assets.models import (
    Confiscation,
    DisposalBatch,
    Installation,
    Loss,
    Misuse,
    SearchRecord,
)
from filtering.actions.alerts import mark_raised
from filtering.actions.failing import link_failure
from filtering.actions.monitoring import link_finding
from filtering.models import Alert, FailureReport, MonitoringFinding
from incidents.actions.reporting import report_incident
from incidents.models import Incident
from people.models import Person

Origin = (
    Alert
    | FailureReport
    | MonitoringFinding
    | Confiscation
    | SearchRecord
    | Loss
    | DisposalBatch
    | Misuse
    | Installation
)
# How each learns the number of the incident raised from it.
LINKING: dict[type[Origin], Callable[..., Any]] = {
    Alert: lambda alert, **told: mark_raised(alert=alert, version=alert.version, **told),
    FailureReport: lambda failure, **told: link_failure(failure=failure, **told),
    MonitoringFinding: lambda finding, **told: link_finding(finding=finding, **told),
    Confiscation: lambda item, **told: link_item(item=item, **told),
    SearchRecord: lambda search, **told: link_search(search=search, **told),
    Loss: lambda loss, **told: link_loss(loss=loss, **told),
    DisposalBatch: lambda batch, **told: link_disposal(batch=batch, **told),
    Misuse: lambda misuse, **told: link_misuse(misuse=misuse, **told),
    Installation: lambda one, **told: link_installation(installation=one, **told),
}


@transaction.atomic
def raise_incident(*, origin: Origin, by: Person, at: datetime, **sent: Any) -> Incident:
    """Report an incident that came from a record of a lower app (FIL-15, FIL-20, MOB-04, MOB-10).

    ``sent`` is what ``report_incident`` takes. The same form sent twice gives one incident. Refuses
    as reporting does, and an origin from which somebody else raised an incident meanwhile.
    """
    incident = report_incident(school=origin.school, **sent, by=by, at=at)
    origin.refresh_from_db(fields=["incident_reference"])
    if origin.incident_reference != incident.reference:
        LINKING[type(origin)](origin, incident_reference=incident.reference, by=by, at=at)
    return incident
