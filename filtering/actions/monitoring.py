"""The weekly monitoring report: opened, looked through, signed off, seen (FIL-19, R-FM-7)."""

from datetime import datetime

from django.db import transaction

from audit.actions import record
from common.errors import Refusal
from filtering.models import MonitoringFinding
from people.models import Person


@transaction.atomic
def link_finding(
    *, finding: MonitoringFinding, incident_reference: str, by: Person, at: datetime
) -> MonitoringFinding:
    """Note the incident that was raised from a finding; both keep the link (FIL-20).

    Refuses a finding from which one was raised already.
    """
    finding = MonitoringFinding.objects.select_for_update().get(pk=finding.pk)
    if finding.incident_reference:
        raise Refusal(
            f"Incident {finding.incident_reference} was raised from this finding already."
        )
    finding.incident_reference = incident_reference
    finding.save(update_fields=["incident_reference"])
    record("link_finding", finding, by=by, at=at, facts={"incident": incident_reference})
    return finding
