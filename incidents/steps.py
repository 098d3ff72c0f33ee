"""How every deed on an incident begins and ends: locked, checked, written down."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from audit.actions import record
from common.errors import StepRefused
from incidents.conditions import check_not_involved, check_version
from incidents.models import Event, Incident
from incidents.vocabulary import EventKind
from incidents.workflow import INCIDENT
from people.models import Person
from roles.queries import person_may


def begin(step: str, *, incident: Incident, version: int, by: Person, at: datetime) -> Incident:
    """Lock the incident and refuse the step unless state, version, power and conflict allow it.

    Returns the incident as it stands in the database now.
    """
    locked = Incident.objects.select_for_update().get(pk=incident.pk)
    check_version(locked, version)
    INCIDENT.check(step, locked.state)
    check_not_involved(locked, by)
    needs = INCIDENT.step(step).needs
    if not person_may(by, needs, on=localdate(at)):
        raise StepRefused("Your role at this school does not allow this step.")
    return locked


def finish(
    step: str,
    incident: Incident,
    *,
    kind: EventKind,
    text: str = "",
    occurred_at: datetime | None = None,
    facts: dict[str, Any] | None = None,
    amends: Event | None = None,
    fields: tuple[str, ...] = (),
    by: Person,
    at: datetime,
) -> Event:
    """Move the incident to the step's target, save the named fields, write history and trail."""
    target = INCIDENT.step(step).target
    if target:
        incident.state = target
    incident.version += 1
    incident.save(update_fields=["state", "version", *fields])
    event = add_event(
        incident,
        kind=kind,
        text=text,
        occurred_at=occurred_at,
        facts=facts,
        amends=amends,
        by=by,
        at=at,
    )
    record(step, incident, by=by, at=at, facts={"state": incident.state, **(facts or {})})
    return event


def add_event(
    incident: Incident,
    *,
    kind: EventKind,
    text: str = "",
    occurred_at: datetime | None = None,
    facts: dict[str, Any] | None = None,
    amends: Event | None = None,
    by: Person | None,
    at: datetime,
) -> Event:
    """Append one line to the chronology."""
    return Event.objects.create(
        school_id=incident.school_id,
        incident=incident,
        kind=kind,
        text=text,
        facts=facts or {},
        occurred_at=occurred_at or at,
        at=at,
        by=by,
        amends=amends,
    )
