"""What of governors' reviews needs a person now or falls due (REP-03, REP-18)."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Expression, Q, QuerySet
from django.utils.timezone import localdate

from common.asking import answers, any_of
from common.duties import Due, Need
from common.pages import page_url
from common.requests import SchoolRequest
from people.calendar import LONDON
from people.models import Person, School
from reports.actions.reviews import PAPERS_BEFORE
from reports.conditions.reviews import SEATS, TAKES_PART, seat_for
from reports.models import GovernorAction, GovernorReview
from reports.queries.reviews import (
    OVERDUE,
    WRITES,
    actions_left,
    attends,
    questions_for,
    reviews_in_hand,
)
from roles.queries import holders_by_role

MOST = 6
WEEK = 7
REMINDERS = {
    "governor_review_soon": "A governors’ review that is near",
    "governor_review_overdue": "A governors’ review that is overdue",
    "governor_action": "An action of a governors’ review or a meeting",
}
SOON_WORDS = (
    "The governors’ review of this term is due in two weeks and its papers are ready. This stops "
    "when the meeting is recorded."
)
OVERDUE_WORDS = (
    "The governors’ review is more than 30 days late. This stops when the meeting is recorded."
)
ACTION_WORDS = (
    "A review or a meeting asked something of you that is due. This stops when you say that it is "
    "done."
)
NOT_HELD = ("scheduled", "prepared")


def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of reviews, questions and the person's actions."""
    if request.person.kind not in TAKES_PART:
        return {}
    found = {"actions": any_of(actions_left(request.school).filter(owner=request.person))}
    if request.powers & {WRITES, "sign_governor_review"}:
        found["reviews"] = any_of(_near(request, at))
    if request.may(WRITES):
        found["questions"] = any_of(questions_for(request.person, request.powers))
    return found


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what waits for the person: reviews to hold or sign, questions, their own actions."""
    told = answers(request, asks, at=at)
    return [
        *(_reviews(request, at) if told.get("reviews") else []),
        *(_questions(request) if told.get("questions") else []),
        *(_actions(request, at) if told.get("actions") else []),
    ]


def _reviews(request: SchoolRequest, at: datetime) -> list[Need]:
    rows = _near(request, at)
    return [need for row in rows[:MOST] if (need := _review(request, row, at))]


def _near(request: SchoolRequest, at: datetime) -> QuerySet[GovernorReview, GovernorReview]:
    near = Q(due_date__lte=localdate(at) + PAPERS_BEFORE) | Q(state="held")
    return reviews_in_hand(request.school).filter(near)


def _review(request: SchoolRequest, row: GovernorReview, at: datetime) -> Need | None:
    """Return what somebody has to do about a review now, or None."""
    if row.state == "held":
        seat = request.may("sign_governor_review") and seat_for(
            row, request.person, request.role_codes
        )
        if not seat or not attends(row, request.person):
            return None
        page, why, label = "governor_review_sign", "It waits for your signature", "Read and sign"
    elif request.may(WRITES):
        page, why, label = (
            "governor_review_detail",
            row.get_state_display(),
            "Open the review",
        )
    else:
        return None
    return Need(
        what=f"Governors’ review · {row.label}",
        why=why,
        url=page_url(request.school, page, row.reference),
        label=label,
        due_at=_end(row.due_date),
        late=row.due_date < localdate(at),
    )


def _questions(request: SchoolRequest) -> list[Need]:
    count = questions_for(request.person, request.powers).count()
    return [
        Need(
            what="1 question of a governor" if count == 1 else f"{count} questions of governors",
            why="No answer yet",
            url=f"{page_url(request.school, 'governor_question_list')}?state=open",
            label="Answer",
        )
    ]


def _actions(request: SchoolRequest, at: datetime) -> list[Need]:
    rows = actions_left(request.school).filter(owner=request.person)
    return [_action(request, row, at) for row in rows.select_related("review", "meeting")[:MOST]]


def _action(request: SchoolRequest, row: GovernorAction, at: datetime) -> Need:
    return Need(
        what=row.words,
        why=f"{row.asked_by} asked for it" if row.meeting else "A governors’ review asked for it",
        url=page_url(request.school, "governor_action_finish", row.pk),
        label="Say that it is done",
        due_at=_end(row.due_date),
        late=row.due_date < localdate(at),
    )


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    near = {"state__in": NOT_HELD, "due_date__lte": on + PAPERS_BEFORE}
    return [
        GovernorAction.objects.filter(done_at=None, due_date__lte=on),
        GovernorReview.objects.filter(**near),
    ]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield whom to remind: of a review that is near, of one overdue, and of actions.

    Governor and lead 14 days before it is due; the chair when it was not held 30 days after. The
    owner of an action on its day and every week after, until it is done or carried over.
    """
    for pk, owner, due in actions_left(school).values_list("pk", "owner", "due_date"):
        if due <= on:
            yield Due("governor_action", owner, f"{pk}-{(on - due).days // WEEK}", ACTION_WORDS)
    rows = GovernorReview.objects.filter(
        school=school, state__in=NOT_HELD, due_date__lte=on + PAPERS_BEFORE
    )
    near = list(rows.defer("pack"))
    if not near:
        return
    held = holders_by_role(school, {code for codes in SEATS.values() for code in codes}, on=on)
    for row in near:
        governors = held["os_gov"] or held["chair"]
        yield from _tell(
            "governor_review_soon", [*governors, *held["dsl"], *held["osl"]], row, SOON_WORDS
        )
        if row.due_date + OVERDUE < on:
            yield from _tell("governor_review_overdue", held["chair"], row, OVERDUE_WORDS)


def _tell(duty: str, people: Iterable[Person], row: GovernorReview, words: str) -> Iterator[Due]:
    for pk in dict.fromkeys(person.pk for person in people):
        yield Due(duty, pk, row.reference, words)


def _end(day: date) -> datetime:
    return datetime.combine(day, time(16), LONDON)
