"""Take an incident on, pass it on, refer it to the authorities, and name people on it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from common.errors import Conflicted, Refusal
from common.pages import page_url
from incidents.conditions import is_involved
from incidents.models import Incident, Referral
from incidents.naming import name_person
from incidents.queries.agencies import agency_of
from incidents.routing import next_in_chain
from incidents.steps import begin, finish
from incidents.vocabulary import EventKind, Restriction
from people.mail import notify
from people.models import Person
from policies.queries import ladder_on, special_case_on
from policies.vocabulary import Creates, Trigger
from roles.queries import person_may, powers_of

MAY_SEE = {
    "view_all_incidents",
    "view_assigned_incidents",
    "view_staff_incidents",
    "view_head_incidents",
}


@transaction.atomic
def open_incident(*, incident: Incident, version: int, by: Person, at: datetime) -> Incident:
    """Open a report and take it on; the clock for opening stops (INC-06).

    Refuses whoever is involved, and a second opening. About the headteacher, the ladder's
    referral to the LADO is opened with it (INC-09).
    """
    incident = begin("open_incident", incident=incident, version=version, by=by, at=at)
    incident.handler = by
    incident.opened_by, incident.opened_at = by, at
    name_person(incident, by)
    finish(
        "open_incident",
        incident,
        kind=EventKind.OPENED,
        fields=("handler", "opened_by", "opened_at"),
        by=by,
        at=at,
    )
    if incident.restriction == Restriction.HEAD:
        open_required_referrals(incident, Trigger.CONCERN_ABOUT_HEAD, at=at)
    return incident


@transaction.atomic
def suspect_illegality(
    *, incident: Incident, version: int, reason: str, by: Person, at: datetime
) -> Incident:
    """Flag that something illegal is suspected: evidence is held, referrals start (INC-29).

    The required referrals get a deadline of the school's own minutes. The flag is never taken
    back; taking the incident up again needs what the police or care said.
    """
    if not reason.strip():
        raise Refusal("Say what makes you suspect something illegal.")
    incident = begin("suspect_illegality", incident=incident, version=version, by=by, at=at)
    incident.illegal_suspected = True
    finish(
        "suspect_illegality",
        incident,
        kind=EventKind.REFERRED,
        text=reason,
        fields=("illegal_suspected",),
        by=by,
        at=at,
    )
    open_required_referrals(incident, Trigger.ILLEGAL_SUSPECTED, at=at)
    return incident


@transaction.atomic
def resume_incident(
    *, incident: Incident, version: int, said: str, by: Person, at: datetime
) -> Incident:
    """Take the incident up again when the police or care say school may continue (c.1).

    Refuses while a required referral is neither made nor excused, and without what they said.
    """
    incident = begin("resume_incident", incident=incident, version=version, by=by, at=at)
    if not said.strip():
        raise Refusal("Write down who said that school may continue, and when.")
    if incident.referrals.filter(mandatory=True, made_at=None, excused_reason="").exists():
        raise Refusal("Make the required referrals first, or say why they are not needed.")
    finish("resume_incident", incident, kind=EventKind.RESUMED, text=said, by=by, at=at)
    return incident


@transaction.atomic
def escalate_incident(
    *, incident: Incident, version: int, reason: str, by: Person, at: datetime
) -> Incident:
    """Pass an incident to the next in the school's chain, at any time, with a reason (INC-32).

    Refuses without a reason, and when nobody further up is free: then a referral is the way on.
    """
    if not reason.strip():
        raise Refusal("Say why you escalate it.")
    incident = begin("escalate_incident", incident=incident, version=version, by=by, at=at)
    person = next_in_chain(incident, on=localdate(at))
    if person is None:
        raise Refusal(
            "Nobody further up the chain is free to take this. Record a referral to an outside "
            "body, such as the local authority."
        )
    return _pass_on("escalate_incident", EventKind.ESCALATED, incident, person, reason, by, at)


@transaction.atomic
def hand_over_incident(
    *, incident: Incident, version: int, to: Person, reason: str, by: Person, at: datetime
) -> Incident:
    """Hand an incident to a named person who may work on it (INC-04).

    Refuses somebody involved, somebody whose role does not allow it, and the present handler.
    """
    incident = begin("hand_over_incident", incident=incident, version=version, by=by, at=at)
    if to.pk == incident.handler_id:
        raise Refusal(f"{to} has this incident already.")
    _check_may_work(incident, to, "open_incident", at=at)
    return _pass_on("hand_over_incident", EventKind.HANDED_OVER, incident, to, reason, by, at)


@transaction.atomic
def share_incident(
    *, incident: Incident, version: int, person: Person, reason: str, by: Person, at: datetime
) -> Incident:
    """Name a person who may see this incident (INC-08, INC-59).

    Refuses anybody involved, a role that may not open incidents at all, and a missing reason.
    """
    if not reason.strip():
        raise Refusal("Say why this person needs to see it.")
    incident = begin("share_incident", incident=incident, version=version, by=by, at=at)
    if is_involved(incident, person):
        raise Conflicted(f"{person} is involved in this incident and cannot see it.")
    if not MAY_SEE & powers_of(person, on=localdate(at)):
        raise Refusal(f"The roles {person} holds do not allow opening incidents.")
    name_person(incident, person)
    finish(
        "share_incident",
        incident,
        kind=EventKind.SHARED,
        text=f"{person} may see this incident. {reason}",
        facts={"person": person.pk},
        by=by,
        at=at,
    )
    notify([person], reason="named", path=page_url(incident.school, "incident_queue"), at=at)
    return incident


def _check_may_work(incident: Incident, person: Person, power: str, *, at: datetime) -> None:
    if person.school_id != incident.school_id:
        raise Refusal("Choose somebody of your own school.")
    if is_involved(incident, person):
        raise Conflicted(f"{person} is involved in this incident and cannot work on it.")
    if not person_may(person, power, on=localdate(at)):
        raise Refusal(f"The roles {person} holds do not allow working on incidents.")


def _pass_on(
    step: str,
    kind: EventKind,
    incident: Incident,
    person: Person,
    reason: str,
    by: Person,
    at: datetime,
) -> Incident:
    before = incident.handler
    incident.handler = person
    name_person(incident, person)
    finish(
        step,
        incident,
        kind=kind,
        text=f"From {before} to {person}. {reason}".strip(),
        facts={"from": before.pk if before else None, "to": person.pk},
        fields=("handler",),
        by=by,
        at=at,
    )
    notify([person], reason="passed_on", path=page_url(incident.school, "incident_queue"), at=at)
    return incident


def open_required_referrals(incident: Incident, trigger: str, *, at: datetime) -> None:
    """Open the referrals the ladder's special case asks for, each with its deadline (INC-29).

    The ladder in force when it happened counts. Already open ones are not opened twice.
    """
    ladder = ladder_on(incident.school, localdate(incident.occurred_at))
    case = special_case_on(ladder, trigger) if ladder else None
    if case is None:
        return
    due = at + timedelta(minutes=incident.school.setting("referral_minutes"))
    for step in case.steps.all():
        if step.creates != Creates.REFERRAL or not step.agency:
            continue
        if incident.referrals.filter(agency__code=step.agency, mandatory=True).exists():
            continue
        Referral.objects.create(
            school_id=incident.school_id,
            incident=incident,
            agency=agency_of(incident.school, step.agency),
            purpose=step.label,
            mandatory=step.mandatory,
            asked_at=at,
            due_at=due if case.immediate or step.mandatory else None,
        )
