"""May this be done to this incident now? Conditions that no role overrides."""

from datetime import date

from django.db.models import Q

from common.errors import Conflicted, Refusal, StaleRecord
from incidents.models import Decision, Incident
from incidents.vocabulary import Part, Restriction, TaskState
from people.models import CarerLink, Person
from roles.queries import role_codes_of


def is_subject(incident: Incident, person: Person) -> bool:
    """Return whether the incident is about this person: they never see it (ROL-31)."""
    return incident.involvements.filter(person=person, part=Part.ALLEGED).exists()


def is_involved(incident: Incident, person: Person) -> bool:
    """Return whether a person, or a child they care for, had any part in it (ROL-31)."""
    children = CarerLink.objects.filter(carer=person).values("pupil")
    return incident.involvements.filter(Q(person=person) | Q(person__in=children)).exists()


def check_not_involved(incident: Incident, person: Person) -> None:
    """Refuse a person who had a part in it, or whose child had: the next in the chain acts."""
    if is_involved(incident, person):
        raise Conflicted(
            "You are involved in this incident, or a child of yours is, so you cannot work on "
            "it. Somebody else in the chain does that."
        )


def check_may_release(incident: Incident, person: Person, *, on: date) -> None:
    """Refuse to let evidence go whoever neither handles the incident nor leads the school (AST-22).

    Where it is about the headteacher, the chair stands in the headteacher’s place.
    """
    leader = "chair" if incident.restriction == Restriction.HEAD else "head"
    if person.pk != incident.handler_id and leader not in role_codes_of(person, on=on):
        raise Refusal(
            "Only whoever handles this incident, or the headteacher, can let this device go."
        )


def check_version(incident: Incident, version: int) -> None:
    """Refuse a change made on a page that was opened before somebody else's change."""
    if incident.version != version:
        raise StaleRecord(
            "Somebody changed this incident after you opened the page. Nothing was saved, and "
            "what you typed is still here. Look at what changed, then send it again."
        )


def decision_to_answer(incident: Incident, person: Person) -> Decision:
    """Return the decision that waits for an answer; refuses the person who made it (INC-15)."""
    decision = incident.decisions.first()
    if decision is None:
        raise Refusal("There is no decision to answer.")
    if decision.decided_by_id == person.pk:
        raise Conflicted("You made this decision yourself. Somebody else has to confirm it.")
    return decision


def missing_before_closing(incident: Incident) -> list[str]:
    """Return what stands between an incident and its closing, as sentences (R-KCSIE-1, c.1).

    The incident has to be read with ``queries.standing.with_standing``: this reads nothing more.
    The five texts of the closing record itself are asked for by the closing form.
    """
    missing = []
    if incident.classified_at is None:
        missing.append("Classify the incident.")
    if not incident.has_decision:
        missing.append("Record a decision with its reason.")
    missing += [
        f"Record whether the parents of {pupil} were told, or why not."
        for pupil in pupils_without_parent_entry(incident)
    ]
    missing += [
        f"Answer the task “{task.label}”."
        for task in incident.tasks.all()
        if task.state == TaskState.OPEN
    ]
    missing += [
        f"Make the referral to {referral.agency}, or say why it is not needed."
        for referral in incident.referrals.all()
        if referral.mandatory and not referral.answered
    ]
    if not incident.has_feedback:
        missing.append("Give feedback to the person who reported it, or say why not.")
    return missing


def pupils_of(incident: Incident) -> list[Person]:
    """Return the pupils involved, each once."""
    people = [row.person for row in incident.involvements.all() if row.person]
    return list(dict.fromkeys(p for p in people if p.kind == Person.Kind.PUPIL))


def pupils_without_parent_entry(incident: Incident) -> list[Person]:
    """Return the pupils involved whose parents were neither told nor excused (INC-12)."""
    return [pupil for pupil in pupils_of(incident) if pupil.pk not in incident.pupils_with_entry]


def check_may_close(incident: Incident, *, without_action: bool) -> None:
    """Refuse closing while a record is missing (R-KCSIE-1) or a must-act case had no response.

    ``without_action`` says whether the closer may close a must-act case without one (INC-51).
    """
    missing = missing_before_closing(incident)
    if missing:
        raise Refusal("This incident cannot be closed yet. " + " ".join(missing))
    must_act = incident.theme_must_act or (incident.infringement and incident.infringement.must_act)
    if must_act and not incident.sanctions.all() and not without_action:
        raise Refusal(
            "The policy asks for a response to this kind of incident and none is recorded. "
            "The headteacher or the safeguarding lead can close it without one."
        )


def check_files_allowed(incident: Incident) -> None:
    """Refuse any file where indecent images of children may be involved (INC-45, R-UK-4)."""
    if not incident.may_hold_files:
        raise Refusal(NO_FILES)


NO_FILES = (
    "No file can be attached here, because indecent images of a child may be involved. "
    "Having, copying or sending such an image is an offence, even to show it to a colleague. "
    "Do not open, copy, print or send it. Leave the device as it is, note where the image is in "
    "words only, and tell the safeguarding lead now."
)
