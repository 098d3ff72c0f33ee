"""Follow a decision up: parents, referrals and tasks."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from audit.actions import record
from common.dates import uk_date
from common.errors import Refusal, StepRefused
from common.pages import page_url
from incidents.conditions import check_not_involved, is_involved
from incidents.models import Agency, Incident, ParentContact, Referral, Task
from incidents.steps import add_event, begin, finish
from incidents.vocabulary import EventKind, TaskState
from people.mail import notify
from people.models import Person
from roles.queries import person_may

WAYS = (
    ("phone", "By phone"),
    ("meeting", "In person"),
    ("letter", "By letter"),
    ("email", "By e-mail"),
)


@transaction.atomic
def inform_parents(
    *,
    incident: Incident,
    version: int,
    pupil: Person,
    informed: bool,
    informed_at: datetime | None = None,
    how: str = "",
    response: str = "",
    excused_reason: str = "",
    by: Person,
    at: datetime,
) -> ParentContact:
    """Record that a pupil's parents were told, or why they were not (INC-12).

    Refuses somebody who is no pupil of this incident, a time in the future, and "not told"
    without a reason. Parents of other pupils are never named here.
    """
    incident = begin("inform_parents", incident=incident, version=version, by=by, at=at)
    pupils = incident.involvements.filter(person=pupil, person__kind=Person.Kind.PUPIL)
    if not pupils.exists():
        raise Refusal("Choose a pupil involved in this incident.")
    if informed:
        _check_told(informed_at, how, at)
    elif not excused_reason.strip():
        raise Refusal("Say why the parents were not told.")
    contact = ParentContact.objects.create(
        school_id=incident.school_id,
        incident=incident,
        pupil=pupil,
        informed=informed,
        informed_at=informed_at if informed else None,
        how=how if informed else "",
        response=response if informed else "",
        excused_reason="" if informed else excused_reason,
        recorded_by=by,
        recorded_at=at,
    )
    told = f"Parents of {pupil} told {dict(WAYS).get(how, how).lower()}. {response}".strip()
    finish(
        "inform_parents",
        incident,
        kind=EventKind.PARENTS,
        text=told if informed else f"Parents of {pupil} not told: {excused_reason}",
        occurred_at=informed_at if informed else None,
        facts={"pupil": pupil.pk, "informed": informed},
        by=by,
        at=at,
    )
    return contact


def _check_told(informed_at: datetime | None, how: str, at: datetime) -> None:
    if informed_at is None or not how:
        raise Refusal("Say when and how the parents were told.")
    if informed_at > at:
        raise Refusal("The time the parents were told cannot be in the future.")


@transaction.atomic
def refer_incident(
    *,
    incident: Incident,
    version: int,
    agency: Agency,
    purpose: str,
    made_at: datetime | None = None,
    reference: str = "",
    by: Person,
    at: datetime,
) -> Referral:
    """Record a referral to an outside body, made already or still to be made (INC-31).

    Refuses without a purpose and a time in the future.
    """
    if not purpose.strip():
        raise Refusal("Say what the referral is for.")
    if made_at and made_at > at:
        raise Refusal("The referral cannot have been made in the future.")
    incident = begin("refer_incident", incident=incident, version=version, by=by, at=at)
    referral = Referral.objects.create(
        school_id=incident.school_id,
        incident=incident,
        agency=agency,
        purpose=purpose,
        asked_at=at,
        made_at=made_at,
        made_by=by if made_at else None,
        reference=reference if made_at else "",
    )
    finish(
        "refer_incident",
        incident,
        kind=EventKind.REFERRED,
        text=_referral_words(referral),
        occurred_at=made_at,
        facts={"agency": agency.code},
        by=by,
        at=at,
    )
    return referral


@transaction.atomic
def make_referral(
    *,
    referral: Referral,
    version: int,
    made_at: datetime,
    reference: str = "",
    by: Person,
    at: datetime,
) -> Referral:
    """Record that an open referral was made, with its reference (INC-29).

    Refuses one that was answered already and a time in the future.
    """
    if made_at > at:
        raise Refusal("The referral cannot have been made in the future.")
    incident, referral = _open_referral(referral, version, by, at)
    referral.made_at, referral.made_by, referral.reference = made_at, by, reference
    referral.save(update_fields=["made_at", "made_by", "reference"])
    _finish_referral(incident, referral, _referral_words(referral), made_at, by, at)
    return referral


@transaction.atomic
def excuse_referral(
    *, referral: Referral, version: int, reason: str, by: Person, at: datetime
) -> Referral:
    """Record why a referral is not needed (f.5).

    Refuses without a reason, and where something illegal is suspected: that one has to be made.
    """
    if not reason.strip():
        raise Refusal("Say why the referral is not needed.")
    incident, referral = _open_referral(referral, version, by, at)
    if referral.mandatory and incident.illegal_suspected:
        raise Refusal("Something illegal is suspected, so this referral has to be made.")
    referral.excused_reason = reason
    referral.save(update_fields=["excused_reason"])
    words = f"Referral to {referral.agency} not needed: {reason}"
    _finish_referral(incident, referral, words, at, by, at)
    return referral


@transaction.atomic
def answer_referral(
    *, referral: Referral, version: int, response: str, by: Person, at: datetime
) -> Referral:
    """Record what the outside body answered; refuses a referral that was not made."""
    if not response.strip():
        raise Refusal("Write down what they answered.")
    referral = Referral.objects.select_related("agency").get(pk=referral.pk)
    if referral.made_at is None:
        raise Refusal("This referral was not made yet.")
    incident = begin("refer_incident", incident=referral.incident, version=version, by=by, at=at)
    referral.response, referral.responded_at = response, at
    referral.save(update_fields=["response", "responded_at"])
    _finish_referral(incident, referral, f"{referral.agency} answered: {response}", at, by, at)
    return referral


def _open_referral(
    referral: Referral, version: int, by: Person, at: datetime
) -> tuple[Incident, Referral]:
    incident = begin("refer_incident", incident=referral.incident, version=version, by=by, at=at)
    referral = Referral.objects.select_related("agency").get(pk=referral.pk)
    if referral.answered:
        raise Refusal("This referral was answered already.")
    return incident, referral


def _finish_referral(
    incident: Incident,
    referral: Referral,
    text: str,
    occurred_at: datetime,
    by: Person,
    at: datetime,
) -> None:
    finish(
        "refer_incident",
        incident,
        kind=EventKind.REFERRED,
        text=text,
        occurred_at=occurred_at,
        facts={"agency": referral.agency.code},
        by=by,
        at=at,
    )


def _referral_words(referral: Referral) -> str:
    if referral.made_at is None:
        return f"To be referred to {referral.agency}: {referral.purpose}"
    number = f" Their reference: {referral.reference}." if referral.reference else ""
    return f"Referred to {referral.agency}: {referral.purpose}.{number}"


@transaction.atomic
def add_task(
    *,
    incident: Incident,
    version: int,
    label: str,
    owner: Person,
    due_date: date,
    by: Person,
    at: datetime,
) -> Task:
    """Give somebody a task about an incident, due on a date (c.1).

    The owner sees the task's own words on their home page, not the case. Refuses somebody
    involved and somebody of another school.
    """
    incident = begin("add_task", incident=incident, version=version, by=by, at=at)
    if owner.school_id != incident.school_id:
        raise Refusal("Choose somebody of your own school.")
    if is_involved(incident, owner):
        raise Refusal(f"{owner} is involved in this incident: choose somebody else.")
    task = Task.objects.create(
        school_id=incident.school_id,
        incident=incident,
        label=label,
        owner=owner,
        due_date=due_date,
        added_by=by,
        added_at=at,
    )
    finish(
        "add_task",
        incident,
        kind=EventKind.TASK,
        text=f"{owner}, by {uk_date(due_date)}: {label}",
        facts={"task": task.pk},
        by=by,
        at=at,
    )
    if owner.pk != by.pk:
        notify([owner], reason="task", path=page_url(incident.school, "home"), at=at)
    return task


@transaction.atomic
def answer_task(*, task: Task, state: str, answer: str = "", by: Person, at: datetime) -> Task:
    """Answer a task as done, or as not needed with the reason (INC-22).

    Refuses a second answer, "not needed" without a reason, whoever is involved, and somebody who
    neither owns the task nor works on incidents.
    """
    task = Task.objects.select_for_update(of=("self",)).select_related("incident").get(pk=task.pk)
    check_not_involved(task.incident, by)
    if task.owner_id != by.pk and not person_may(by, "note_incident", on=localdate(at)):
        raise StepRefused("This task is somebody else’s to answer.")
    if task.state != TaskState.OPEN:
        raise Refusal("This task was answered already.")
    if state == TaskState.NOT_NEEDED and not answer.strip():
        raise Refusal("Say why the task is not needed.")
    task.state, task.answer = state, answer
    task.answered_by, task.answered_at = by, at
    task.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    add_event(
        task.incident,
        kind=EventKind.TASK,
        text=f"{task.get_state_display()}: {task.label}. {answer}".strip(),
        facts={"task": task.pk},
        by=by,
        at=at,
    )
    record("answer_task", task, by=by, at=at, facts={"state": state})
    return task
