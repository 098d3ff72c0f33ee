"""May this be done to a governors' review, a question or an action now? (workflows c.14)."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from django.utils.timezone import localdate

from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from people.models import Person
from reports.models import GovernorQuestion, GovernorReview
from roles.queries import holders_by_role, role_codes_of

# Who signs a review, and in which roles (REP-03: the online-safety governor and the lead).
SEATS: dict[str, tuple[str, ...]] = {"governor": ("os_gov", "chair"), "lead": ("dsl", "osl")}
SEAT_WORDS = {"governor": "the online-safety governor or the chair", "lead": "a safeguarding lead"}
TAKES_PART = frozenset({Person.Kind.STAFF, Person.Kind.GOVERNOR})


def check_seen(review: GovernorReview, version: int) -> None:
    """Refuse a deed on a page that was opened before somebody else's change."""
    if review.version != version:
        raise StaleRecord(
            "Somebody changed this review after you opened the page. Nothing was saved, and what "
            "you typed is still here. Look at what changed, then send it again."
        )


def check_meeting(
    review: GovernorReview, held: date, attendees: Iterable[Person], *, at: datetime
) -> None:
    """Refuse a meeting to come, one before it was planned, and one without governor or lead."""
    if held > localdate(at):
        raise Refusal("The meeting cannot be on a day to come.")
    if held < localdate(review.planned_at):
        raise Refusal("The meeting cannot be before this review was planned.")
    present = {person.pk for person in attendees}
    holders = holders_by_role(
        review.school, [code for codes in SEATS.values() for code in codes], on=held
    )
    for seat, codes in SEATS.items():
        if not present & {person.pk for code in codes for person in holders[code]}:
            raise Refusal(f"Somebody who was {SEAT_WORDS[seat]} that day has to take part.")


def check_takes_part(people: Iterable[Person]) -> None:
    """Refuse pupils, parents and guests as those who take part or have something to do."""
    if any(person.kind not in TAKES_PART for person in people):
        raise Refusal("Choose staff or governors.")


def seat_for(review: GovernorReview, by: Person, codes: Collection[str]) -> str:
    """Return in which seat somebody with some roles may sign now, or nothing.

    Nobody signs twice, and each seat is signed once (ROL-31).
    """
    if by.pk in (review.governor_id, review.lead_id):
        return ""
    return next(
        (
            seat
            for seat, wanted in SEATS.items()
            if getattr(review, f"{seat}_id") is None and set(wanted) & set(codes)
        ),
        "",
    )


def check_seat(
    review: GovernorReview, by: Person, attendees: Collection[int], *, at: datetime
) -> str:
    """Return in which seat somebody signs; refuse others, twice, and whoever took no part."""
    if by.pk in (review.governor_id, review.lead_id):
        raise Conflicted("You have signed already. Two different people sign a review.")
    if by.pk not in attendees:
        raise StepRefused("You did not take part in this review, so you cannot sign it.")
    seat = seat_for(review, by, role_codes_of(by, on=localdate(at)))
    if not seat:
        raise StepRefused("Somebody has signed in your role already, or you hold no such role.")
    return seat


def check_answered(questions: Sequence[GovernorQuestion]) -> None:
    """Refuse to sign while a question has no answer."""
    if any(question.answered_at is None for question in questions):
        raise Refusal("Answer every question first. Governors sign questions with their answers.")


def check_not_own(question: GovernorQuestion, by: Person) -> None:
    """Refuse an answer of whoever asked."""
    if question.asked_by_id == by.pk:
        raise Conflicted("Somebody else answers a question that you asked.")


def answer_seen(question: GovernorQuestion) -> str:
    """Return what tells one answer of a question from the next: nothing before the first."""
    return question.answered_at.isoformat() if question.answered_at else ""
