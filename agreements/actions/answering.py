"""Other answers than a signature: decline, ask, withdraw, be exempted, be asked again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from agreements.actions.following import add_follow_up
from agreements.models import Obligation, Question, Signature, SignatureEnd
from agreements.vocabulary import FollowUpKind
from agreements.workflow import OBLIGATION
from audit.actions import record
from common.errors import Conflicted, Refusal
from common.pages import page_url
from people.mail import notify
from people.models import Person
from roles.queries import holders_of_power


@transaction.atomic
def decline_agreement(
    *, obligation: Obligation, reason: str, by: Person, at: datetime
) -> Obligation:
    """Say no, with a reason; somebody of the school talks to the person (AGR-29).

    Refuses another person's agreement and an empty reason. Access stays closed.
    """
    obligation = _begin("decline_agreement", obligation, reason)
    _check_own(obligation, by)
    _finish("decline_agreement", obligation, reason=reason, by=by, at=at)
    add_follow_up(
        school=obligation.school,
        kind=FollowUpKind.DECLINED,
        key=f"{obligation.pk}-{at:%Y%m%d}",
        person=obligation.signer,
        power="answer_question",
        words=f"{obligation.signer.full_name} declined “{obligation.agreement}”. Talk to them.",
        days=5,
        at=at,
    )
    return obligation


@transaction.atomic
def ask_question(*, obligation: Obligation, text: str, by: Person, at: datetime) -> Question:
    """Ask the school something before signing; the agreement stays open (AGR-29)."""
    if not text.strip():
        raise Refusal("Write your question.")
    obligation = _locked(obligation)
    _check_own(obligation, by)
    OBLIGATION.check("sign_agreement", obligation.state)
    question = Question.objects.create(
        school=obligation.school,
        obligation=obligation,
        text=text.strip(),
        asked_by=by,
        asked_at=at,
    )
    record("ask_question", question, by=by, at=at)
    notify(
        holders_of_power(obligation.school, "answer_question", on=localdate(at)),
        reason="agreement_question",
        path=page_url(obligation.school, "question_list"),
        at=at,
    )
    return question


@transaction.atomic
def answer_question(*, question: Question, answer: str, by: Person, at: datetime) -> Question:
    """Answer a question; the person reads the answer where they sign.

    Refuses an empty answer, a question that has one, and one's own question.
    """
    question = Question.objects.select_for_update().get(pk=question.pk)
    if question.answered_at:
        raise Refusal("This question has been answered.")
    if not answer.strip():
        raise Refusal("Write an answer.")
    if question.asked_by_id == by.pk:
        raise Conflicted("Somebody else has to answer your own question.")
    question.answer, question.answered_by, question.answered_at = answer.strip(), by, at
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    record("answer_question", question, by=by, at=at)
    path = page_url(question.school, "portal")
    notify([question.asked_by], reason="agreement_answer", path=path, at=at)
    return question


@transaction.atomic
def withdraw_signature(
    *, signature: Signature, reason: str, by: Person, at: datetime
) -> SignatureEnd:
    """Take back one's own signature; it stays on record with its end (AGR-12, AGR-29).

    Refuses another person's signature and one that counts no more. Where one parent's signature
    was enough, the others are asked again.
    """
    if signature.signer_id != by.pk or signature.obligation is None:
        raise Conflicted("Only the person who signed can withdraw a signature.")
    obligation = _begin("withdraw_signature", signature.obligation, reason)
    if SignatureEnd.objects.filter(signature=signature).exists():
        raise Refusal("This signature was withdrawn already.")
    end = SignatureEnd.objects.create(
        school=signature.school, signature=signature, reason=reason.strip(), by=by, at=at
    )
    _finish("withdraw_signature", obligation, reason=reason, by=by, at=at)
    Obligation.objects.filter(
        agreement=obligation.agreement, about=obligation.about, about__isnull=False, state="covered"
    ).update(state="due", changed_at=at)
    add_follow_up(
        school=obligation.school,
        kind=FollowUpKind.DECLINED,
        key=f"withdrawn-{signature.pk}",
        person=obligation.signer,
        power="answer_question",
        words=f"{obligation.signer.full_name} withdrew “{obligation.agreement}”. Talk to them.",
        days=5,
        at=at,
    )
    return end


@transaction.atomic
def exempt_person(*, obligation: Obligation, reason: str, by: Person, at: datetime) -> Obligation:
    """Let somebody off an agreement, with a reason (AGR-29, workflows c.9). Nobody exempts
    themselves.
    """
    obligation = _begin("exempt_person", obligation, reason)
    if by.pk in {obligation.signer_id, obligation.about_id}:
        raise Conflicted("You cannot exempt yourself. Ask the deputy or the chair of governors.")
    obligation.decided_by = by
    _finish("exempt_person", obligation, reason=reason, by=by, at=at)
    return obligation


@transaction.atomic
def ask_again(*, obligation: Obligation, reason: str, by: Person, at: datetime) -> Obligation:
    """Ask somebody again, after a talk or when they come back from leave (AGR-29, R-CY-1)."""
    obligation = _begin("ask_again", obligation, reason)
    obligation.due_date = localdate(at) + timedelta(days=obligation.school.setting("sign_days"))
    obligation.decided_by = None
    _finish("ask_again", obligation, reason=reason, by=by, at=at, more=("due_date",))
    return obligation


def _locked(obligation: Obligation) -> Obligation:
    rows = Obligation.objects.select_for_update(of=("self",))
    return rows.select_related("school", "agreement", "signer", "about").get(pk=obligation.pk)


def _begin(step: str, obligation: Obligation, reason: str) -> Obligation:
    if not reason.strip():
        raise Refusal("Say why.")
    locked = _locked(obligation)
    OBLIGATION.check(step, locked.state)
    return locked


def _check_own(obligation: Obligation, by: Person) -> None:
    if obligation.signer_id != by.pk:
        raise Conflicted("This is for somebody else to answer.")


def _finish(
    step: str,
    obligation: Obligation,
    *,
    reason: str,
    by: Person,
    at: datetime,
    more: tuple[str, ...] = (),
) -> None:
    obligation.state = OBLIGATION.step(step).target
    obligation.reason = reason.strip()[:400]
    obligation.changed_at = at
    obligation.save(update_fields=["state", "reason", "changed_at", "decided_by", *more])
    record(step, obligation, by=by, at=at, facts={"state": obligation.state})
