"""Add to the chronology: notes and their amendments, links, people involved."""

from datetime import datetime

from django.db import IntegrityError, transaction

from common.errors import Refusal
from incidents.actions.reporting import Involved, restriction_for, route_incident
from incidents.conditions import is_involved
from incidents.models import Event, Incident, IncidentLink, Involvement
from incidents.steps import add_event, begin, finish
from incidents.vocabulary import EventKind, Restriction
from people.models import Person


@transaction.atomic
def note_incident(
    *,
    incident: Incident,
    version: int,
    text: str,
    occurred_at: datetime | None = None,
    by: Person,
    at: datetime,
) -> Event:
    """Add a note to the chronology; a backdated one shows both times (INC-01).

    Refuses an empty note and a time in the future.
    """
    _check(text, occurred_at, at)
    incident = begin("note_incident", incident=incident, version=version, by=by, at=at)
    return finish(
        "note_incident",
        incident,
        kind=EventKind.NOTE,
        text=text,
        occurred_at=occurred_at,
        by=by,
        at=at,
    )


@transaction.atomic
def amend_note(*, event: Event, version: int, text: str, by: Person, at: datetime) -> Event:
    """Amend a note: the old words stay and the new ones stand beside them (INC-01).

    Refuses lines that are no notes, and amending a note twice from the same place.
    """
    _check(text, None, at)
    if event.kind != EventKind.NOTE:
        raise Refusal("Only notes can be amended. Add a note instead.")
    if event.amendments.exists():
        raise Refusal("This note was amended already. Amend the newer words.")
    incident = begin("note_incident", incident=event.incident, version=version, by=by, at=at)
    return finish(
        "note_incident",
        incident,
        kind=EventKind.NOTE,
        text=text,
        occurred_at=event.occurred_at,
        amends=event,
        by=by,
        at=at,
    )


def _check(text: str, occurred_at: datetime | None, at: datetime) -> None:
    if not text.strip():
        raise Refusal("Write the note first.")
    if occurred_at and occurred_at > at:
        raise Refusal("The date and time cannot be in the future.")


@transaction.atomic
def link_incident(
    *, incident: Incident, version: int, to: Incident, reason: str, by: Person, at: datetime
) -> IncidentLink:
    """Link two incidents; whoever may not see one sees only that a link exists (INC-53).

    Refuses an incident with itself or of another school, a second link of the same two, and no
    reason.
    """
    if not reason.strip():
        raise Refusal("Say why the two belong together.")
    if to.pk == incident.pk or to.school_id != incident.school_id:
        raise Refusal("Choose another incident of your school.")
    incident = begin("link_incident", incident=incident, version=version, by=by, at=at)
    first, second = sorted((incident, to), key=lambda one: one.pk)
    try:
        with transaction.atomic():
            link = IncidentLink.objects.create(
                school_id=incident.school_id,
                first=first,
                second=second,
                reason=reason,
                linked_by=by,
                linked_at=at,
            )
    except IntegrityError:
        raise Refusal("These two incidents are linked already.") from None
    finish(
        "link_incident",
        incident,
        kind=EventKind.LINKED,
        text=f"Linked. {reason}",
        facts={"other": to.pk},
        by=by,
        at=at,
    )
    add_event(
        to,
        kind=EventKind.LINKED,
        text=f"Linked. {reason}",
        facts={"other": incident.pk},
        by=by,
        at=at,
    )
    return link


@transaction.atomic
def involve_person(
    *, incident: Incident, version: int, involved: Involved, by: Person, at: datetime
) -> Involvement:
    """Add somebody involved; it may make the incident stricter and send it elsewhere (INC-08).

    Refuses a person of another school and the same part twice. When the handler turns out to be
    involved, or the person is staff, the incident goes to whom the stricter route names.
    """
    if involved.person and involved.person.school_id != incident.school_id:
        raise Refusal("Choose people of your own school.")
    incident = begin("involve_person", incident=incident, version=version, by=by, at=at)
    try:
        with transaction.atomic():
            row = Involvement.objects.create(
                school_id=incident.school_id,
                incident=incident,
                person=involved.person,
                described=involved.described,
                part=involved.part,
                added_by=by,
                added_at=at,
            )
    except IntegrityError:
        raise Refusal("This person is on the incident in this part already.") from None
    finish(
        "involve_person",
        incident,
        kind=EventKind.NOTE,
        text=f"Person added: {row} ({row.get_part_display().lower()}).",
        facts={"part": row.part},
        by=by,
        at=at,
    )
    _restrict_further(incident, involved, at=at)
    return row


def _restrict_further(incident: Incident, involved: Involved, *, at: datetime) -> None:
    kind, restriction = restriction_for(incident.school, "other", [involved], at=at)
    stricter = restriction == Restriction.HEAD or (restriction and not incident.restriction)
    if stricter and restriction != incident.restriction:
        incident.restriction, incident.subject_kind = restriction, kind
        incident.save(update_fields=["restriction", "subject_kind"])
        route_incident(incident, position=0, at=at)
    elif incident.handler and is_involved(incident, incident.handler):
        route_incident(incident, position=0, at=at)
