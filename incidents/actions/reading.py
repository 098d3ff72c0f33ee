"""Write down that a restricted incident was read (SYS-03, INC-09)."""

from datetime import datetime

from audit.actions import record
from incidents.models import Incident
from people.models import Person


def read_incident(*, incident: Incident, by: Person, at: datetime) -> None:
    """Record the reading of a restricted incident; reading an ordinary one writes nothing."""
    if incident.restriction:
        record("read_incident", incident, by=by, at=at)


def read_chronology(*, pupil: Person, by: Person, at: datetime) -> None:
    """Record that somebody read everything about a pupil."""
    record("read_chronology", pupil, by=by, at=at)
