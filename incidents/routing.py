"""Who gets an incident: the school's routing table, with its fallbacks (INC-04, INC-08, INC-09)."""

from datetime import date

from incidents.conditions import is_involved
from incidents.models import Incident
from incidents.vocabulary import Part, Restriction
from people.models import Person
from people.queries import current_enrolments
from roles.queries import current_holders

ROUTES: dict[str, str] = {Restriction.STAFF: "staff_route", Restriction.HEAD: "head_route"}


def chain_for(incident: Incident) -> list[str]:
    """Return the role codes of the incident's route, first choice first."""
    return incident.school.setting(ROUTES.get(incident.restriction, "pupil_route"))


def recipient_from(incident: Incident, position: int, *, on: date) -> tuple[Person | None, int]:
    """Return the first person at or after a place in the chain who may take it, and that place.

    Left out: whoever is away with cover arranged, and whoever is involved (ROL-31). Nobody left
    gives (None, length of the chain).
    """
    chain = chain_for(incident)
    for place in range(position, len(chain)):
        for person in holders(incident, chain[place], on=on):
            return person, place
    return None, len(chain)


def holders(incident: Incident, code: str, *, on: date) -> list[Person]:
    """Return who holds a role for this incident and is free to act: cover first, deputies last.

    A class teacher is the teacher of the pupils said to have done it, or else of those harmed.
    """
    people = (
        class_teachers(incident)
        if code == "teacher"
        else current_holders(incident.school, code, on=on)
    )
    return [person for person in people if not is_involved(incident, person)]


def class_teachers(incident: Incident) -> list[Person]:
    """Return the teachers of the pupils involved, those said to have done it first."""
    involved = list(
        incident.involvements.filter(person__kind=Person.Kind.PUPIL).select_related("person")
    )
    involved.sort(key=lambda involvement: involvement.part != Part.ALLEGED)
    pupils = [involvement.person for involvement in involved if involvement.person]
    places = current_enrolments(pupils)
    groups = [places[pupil.pk].school_class for pupil in pupils if pupil.pk in places]
    teachers = [group.teacher for group in groups if group]
    return list(dict.fromkeys(teacher for teacher in teachers if teacher))


def next_in_chain(incident: Incident, *, on: date) -> Person | None:
    """Return whom an escalation goes to: the next role up from the handler's highest (INC-32)."""
    chain = incident.school.setting("escalation_chain")
    if incident.restriction:
        chain = chain_for(incident)
    held = {
        code
        for code in chain
        if incident.handler_id
        and incident.handler_id in {p.pk for p in holders(incident, code, on=on)}
    }
    start = max((chain.index(code) + 1 for code in held), default=0)
    for code in chain[start:]:
        for person in holders(incident, code, on=on):
            if person.pk != incident.handler_id:
                return person
    return None
