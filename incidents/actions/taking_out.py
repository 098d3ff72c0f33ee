"""Write down what leaves the system on paper or as a file (SYS-03, REP-15)."""

from datetime import datetime

from django.db import transaction

from audit.actions import record
from incidents.models import Incident
from people.models import Person, School


@transaction.atomic
def print_incident(
    *, incident: Incident, medium: str, sha256: str = "", by: Person, at: datetime
) -> None:
    """Record that somebody printed an incident, and the hash of the file when one was made."""
    facts = {"medium": medium, "sha256": sha256}
    record("print_incident", incident, by=by, at=at, facts=facts)


@transaction.atomic
def print_chronology(
    *, pupil: Person, medium: str, sha256: str = "", by: Person, at: datetime
) -> None:
    """Record that somebody printed a pupil's chronology, and the hash of the file if any."""
    facts = {"medium": medium, "sha256": sha256}
    record("print_chronology", pupil, by=by, at=at, facts=facts)


@transaction.atomic
def export_incidents(
    *, school: School, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Record that somebody took a list of incidents out: who, with which filters, how many."""
    facts = {"filters": filters, "count": count}
    record("export_incidents", school, by=by, at=at, facts=facts, school_id=school.pk)
