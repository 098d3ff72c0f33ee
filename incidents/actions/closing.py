"""Give feedback, close an incident, or open it again."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from common.errors import Refusal
from common.pages import page_url
from incidents.conditions import check_may_close
from incidents.models import ClosingRecord, Feedback, Incident
from incidents.queries.standing import with_standing
from incidents.steps import begin, finish
from incidents.vocabulary import EventKind
from people.mail import notify
from people.models import Person
from roles.queries import person_may


@transaction.atomic
def give_feedback(
    *,
    incident: Incident,
    version: int,
    text: str = "",
    excused_reason: str = "",
    by: Person,
    at: datetime,
) -> Feedback:
    """Tell the reporter what became of it, or record why not (INC-38).

    The reporter reads these words on their receipt: they must name nobody else. Refuses neither
    or both of feedback and excuse.
    """
    if bool(text.strip()) == bool(excused_reason.strip()):
        raise Refusal("Write the feedback, or say why there is none.")
    incident = begin("give_feedback", incident=incident, version=version, by=by, at=at)
    feedback = Feedback.objects.create(
        school_id=incident.school_id,
        incident=incident,
        text=text,
        excused_reason=excused_reason,
        given_by=by,
        given_at=at,
    )
    words = f"To the reporter: {text}" if text else f"No feedback: {excused_reason}"
    finish("give_feedback", incident, kind=EventKind.FEEDBACK, text=words, by=by, at=at)
    if text:
        path = page_url(incident.school, "report_detail", incident.reference)
        notify([incident.reporter], reason="feedback", path=path, at=at)
    return feedback


@transaction.atomic
def close_incident(
    *,
    incident: Incident,
    version: int,
    summary: str,
    follow_up: str,
    action: str,
    decision: str,
    outcome: str,
    lessons: str,
    by: Person,
    at: datetime,
) -> ClosingRecord:
    """Close an incident once its five records and lessons are written (R-KCSIE-1, INC-40).

    Refuses while a parent entry, task, referral, decision or feedback is missing, and names each.
    """
    texts = {
        "summary": summary,
        "follow_up": follow_up,
        "action": action,
        "decision": decision,
        "outcome": outcome,
        "lessons": lessons,
    }
    if not all(text.strip() for text in texts.values()):
        raise Refusal("Write all five records and the lessons; “none” is an answer for lessons.")
    incident = begin("close_incident", incident=incident, version=version, by=by, at=at)
    check_may_close(
        with_standing(Q(pk=incident.pk)).get(),
        without_action=person_may(by, "close_without_action", on=localdate(at)),
    )
    incident.closed_at, incident.closed_by = at, by
    closing = ClosingRecord.objects.create(
        school_id=incident.school_id, incident=incident, closed_by=by, closed_at=at, **texts
    )
    finish(
        "close_incident",
        incident,
        kind=EventKind.CLOSED,
        text=outcome,
        fields=("closed_at", "closed_by"),
        by=by,
        at=at,
    )
    return closing


@transaction.atomic
def mark_out_of_scope(
    *, incident: Incident, version: int, advice: str, by: Person, at: datetime
) -> Incident:
    """Close an incident that the policy does not reach, with the advice given (INC-11)."""
    if not advice.strip():
        raise Refusal("Write down why it is outside scope and what advice was given.")
    incident = begin("mark_out_of_scope", incident=incident, version=version, by=by, at=at)
    incident.closed_at, incident.closed_by = at, by
    finish(
        "mark_out_of_scope",
        incident,
        kind=EventKind.OUT_OF_SCOPE,
        text=advice,
        fields=("closed_at", "closed_by"),
        by=by,
        at=at,
    )
    return incident


@transaction.atomic
def reopen_incident(
    *, incident: Incident, version: int, reason: str, by: Person, at: datetime
) -> Incident:
    """Open a closed incident again; its closing record stays (INC-01). Refuses without reason."""
    if not reason.strip():
        raise Refusal("Say what is new.")
    incident = begin("reopen_incident", incident=incident, version=version, by=by, at=at)
    incident.closed_at, incident.closed_by = None, None
    finish(
        "reopen_incident",
        incident,
        kind=EventKind.REOPENED,
        text=reason,
        fields=("closed_at", "closed_by"),
        by=by,
        at=at,
    )
    return incident
