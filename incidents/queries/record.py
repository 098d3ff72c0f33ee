"""Read a whole incident for paper: everything its page shows, and everything it leaves out."""

from collections.abc import Collection
from dataclasses import dataclass

from incidents.models import (
    ClosingRecord,
    Decision,
    Event,
    Evidence,
    Feedback,
    Incident,
    IncidentLink,
    ParentContact,
)
from incidents.queries.cases import evidence_of, places_of, story_of
from people.models import Person, PupilEnrolment


@dataclass(frozen=True)
class Record:
    """An incident with all that was ever written about it."""

    incident: Incident
    places: dict[int, PupilEnrolment]
    events: list[Event]
    links: list[tuple[IncidentLink, Incident | None]]
    decisions: list[Decision]
    contacts: list[ParentContact]
    evidence: list[Evidence]
    closings: list[ClosingRecord]
    feedback: list[Feedback]


def record_of(incident: Incident, person: Person, powers: Collection[str]) -> Record:
    """Return everything about an incident that was read with ``incident_or_404``.

    Links to incidents the person may not see name none. Eleven queries whatever its size.
    """
    story = story_of(incident, person, powers)
    return Record(
        incident=incident,
        places=places_of(incident),
        events=story.events,
        links=story.links,
        decisions=list(
            incident.decisions.select_related("category", "decided_by", "answer__answered_by")
        ),
        contacts=list(incident.parent_contacts.select_related("pupil", "recorded_by")),
        evidence=list(evidence_of(incident)),
        closings=list(incident.closings.select_related("closed_by")),
        feedback=list(incident.feedback.select_related("given_by")),
    )
