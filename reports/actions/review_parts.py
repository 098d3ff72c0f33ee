"""Questions of governors with their answers, and what a review asks for (REP-03, REP-18)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from audit.actions import record
from common.errors import Refusal, StaleRecord, StepRefused
from common.pages import page_url
from people.actions.to_do import check_to_do, close_to_do
from people.mail import notify
from people.models import Person, School
from reports.conditions.reports import check_power
from reports.conditions.reviews import SEATS, answer_seen, check_not_own, check_takes_part
from reports.models import GovernorAction, GovernorQuestion, GovernorReport, GovernorReview
from reports.steps.reviews import begin, change_text
from roles.queries import holders_by_role

ASKS = "ask_governor_question"
ANSWERS = "answer_governor_question"
WRITES = "write_governor_review"


@transaction.atomic
def ask_governor_question(
    *,
    text: str,
    review: GovernorReview | None = None,
    report: GovernorReport | None = None,
    by: Person,
    at: datetime,
) -> GovernorQuestion:
    """Ask the school a question, at a review or about an issued report: the challenge log.

    The leads are told. Refuses whoever is no governor, an empty question, a report that is not
    issued and a review that is signed.
    """
    check_power(by, ASKS, at=at)
    if not text.strip():
        raise Refusal("Write your question.")
    if (review is None) == (report is None):
        raise ValueError("A question is about a review or about a report.")
    if report and report.state != "issued":
        raise StepRefused("This report is not issued yet, so there is nothing to ask about it.")
    if review:
        review = begin(ASKS, review, None, by=by, at=at)
    question = GovernorQuestion.objects.create(
        school_id=by.school_id,
        review=review,
        report=report,
        text=text.strip(),
        asked_by=by,
        asked_at=at,
    )
    facts = {"question": question.pk}
    if review:
        change_text(ASKS, review, by=by, at=at, facts=facts)
    else:
        record(ASKS, question, by=by, at=at, facts=facts)
    _tell_leads(by, at)
    return question


def _tell_leads(by: Person, at: datetime) -> None:
    held = holders_by_role(by.school, [*SEATS["lead"], "head"], on=localdate(at))
    leads = {one.pk: one for code in SEATS["lead"] for one in held[code]}
    people = leads or {one.pk: one for one in held["head"]}
    people.pop(by.pk, None)
    path = f"{page_url(by.school, 'governor_question_list')}?state=open"
    notify(people.values(), reason="governor_question", path=path, at=at)


@transaction.atomic
def answer_governor_question(
    *,
    question: GovernorQuestion,
    seen: str,
    answer: str,
    evidence: str,
    by: Person,
    at: datetime,
) -> GovernorQuestion:
    """Answer a question and say where it can be seen; an answer may be put right later.

    ``seen`` is what ``answer_seen`` gave when the page was opened. Refuses whoever asked, an empty
    answer, one to a review that is signed, and one that somebody else has changed meanwhile.
    """
    rows = GovernorQuestion.objects.select_for_update(of=("self",))
    question = rows.select_related("review", "asked_by", "school").get(pk=question.pk)
    check_power(by, WRITES, at=at)
    review = begin(ANSWERS, question.review, None, by=by, at=at) if question.review else None
    check_not_own(question, by)
    if answer_seen(question) != seen:
        raise StaleRecord(
            "Somebody answered this after you opened the page. What you typed is still here. Look "
            "at their answer, then send yours again if it is needed."
        )
    if not answer.strip():
        raise Refusal("Write the answer.")
    question.answer, question.evidence = answer.strip(), evidence.strip()
    question.answered_by, question.answered_at = by, at
    question.save(update_fields=["answer", "evidence", "answered_by", "answered_at"])
    facts = {"question": question.pk, "again": bool(seen)}
    if review:
        change_text(ANSWERS, review, by=by, at=at, facts=facts)
    else:
        record(ANSWERS, question, by=by, at=at, facts=facts)
    path = page_url(question.school, "governor_question_list")
    notify([question.asked_by], reason="governor_question_answered", path=path, at=at)
    return question


@transaction.atomic
def add_governor_action(
    *,
    review: GovernorReview,
    version: int,
    words: str,
    owner: Person,
    due_date: date,
    by: Person,
    at: datetime,
) -> GovernorAction:
    """Write down what a review asks for, of whom and by when (REP-18).

    Refuses empty words, a day that has passed, and an owner who is neither staff nor governor.
    """
    review = begin("add_governor_action", review, version, by=by, at=at)
    check_takes_part([owner])
    action = GovernorAction.objects.create(
        school_id=review.school_id,
        review=review,
        words=check_to_do(words=words, due_date=due_date, at=at),
        owner=owner,
        due_date=due_date,
    )
    change_text("add_governor_action", review, by=by, at=at, facts={"due": str(due_date)})
    if owner.pk != by.pk:
        path = page_url(review.school, "governor_action_finish", action.pk)
        notify([owner], reason="governor_action", path=path, at=at)
    return action


@transaction.atomic
def finish_governor_action(
    *, action: GovernorAction, note: str, by: Person, at: datetime
) -> GovernorAction:
    """Say what was done about an action, before or after its review is signed (REP-18).

    For its owner and those who write reviews or meetings. Refuses an empty note, what is done
    already, and what was carried over: it is followed in the later review.
    """
    rows = GovernorAction.objects.select_for_update(of=("self",))
    action = rows.select_related("review", "meeting", "school").get(pk=action.pk)
    if action.owner_id != by.pk:
        check_power(by, "write_meeting" if action.meeting else WRITES, at=at)
    if GovernorAction.objects.filter(carried_from=action).exists():
        raise StepRefused("This was carried over. Say that it is done in the later review.")
    close_to_do(verb="finish_governor_action", row=action, note=note, by=by, at=at)
    return action


@transaction.atomic
def print_governor_review(*, review: GovernorReview, by: Person, at: datetime) -> None:
    """Note that a review was laid out for printing (REP-15)."""
    record("print_governor_review", review, by=by, at=at, facts={"text_hash": review.text_hash})


@transaction.atomic
def export_governor_list(
    *, school: School, what: str, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Note that reviews, questions or actions were taken out as a sheet (REP-15)."""
    facts = {"filters": filters, "count": count}
    record(f"export_{what}", school, by=by, at=at, facts=facts, school_id=school.pk)
