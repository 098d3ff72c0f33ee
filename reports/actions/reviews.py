"""Plan, prepare, hold and sign the governors' review of a term (REP-03, workflows c.14)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from audit.actions import record
from common.errors import Refusal, StaleRecord
from people.mail import notify
from people.models import Person, School
from people.references import next_reference
from reports.conditions.reviews import (
    check_answered,
    check_meeting,
    check_seat,
    check_takes_part,
)
from reports.models import GovernorAction, GovernorReview, ReviewAttendee
from reports.periods import term_to_report
from reports.queries.reviews import actions_left, report_for
from reports.showing.review_pack import pack_of
from reports.showing.review_text import hash_now
from reports.steps.reviews import begin, change_text, finish, path_of

PLANNER = "plan_governor_reviews"
PAPERS_BEFORE = timedelta(days=14)


@transaction.atomic
def plan_governor_reviews(*, school: School, at: datetime) -> GovernorReview | None:
    """Plan the review of the running term, due at its end, and put its papers together in time.

    One a term, however often the sweep runs; a second sweep at the same moment does nothing. A
    review that was not held yet follows its term when the dates are put right. Papers are put
    together 14 days before; days without a sweep are caught up. Returns a review that is new.
    """
    locked = School.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=school.pk)
    if not list(locked.values_list("pk")):
        return None
    day = localdate(at)
    new = _plan(school, day, at)
    for review in GovernorReview.objects.filter(
        school=school, state="scheduled", due_date__lte=day + PAPERS_BEFORE
    ):
        prepare_governor_review(review=review, by=PLANNER, at=at)
    return new


def _plan(school: School, day: date, at: datetime) -> GovernorReview | None:
    term = term_to_report(school, on=day)
    if term is None or term.end < day:
        return None
    review = GovernorReview.objects.filter(school=school, label=term.label).first()
    if review is None:
        review = GovernorReview.objects.create(
            school=school,
            reference=next_reference(school=school, series="governor review", year=day.year),
            label=term.label,
            due_date=term.end,
            planned_at=at,
        )
        record("plan_governor_review", review, by=PLANNER, at=at, facts={"due": str(term.end)})
        return review
    if review.due_date != term.end and review.state in {"scheduled", "prepared"}:
        review.due_date = term.end
        review.version += 1
        review.save(update_fields=["due_date", "version"])
        record("move_governor_review", review, by=PLANNER, at=at, facts={"due": str(term.end)})
    return None


@transaction.atomic
def prepare_governor_review(
    *, review: GovernorReview, version: int | None = None, by: Person | str, at: datetime
) -> GovernorReview:
    """Put the papers together: figures as governors may see them, and what is still to be done.

    What earlier reviews asked for and nobody has done is carried over. The sweep does it 14 days
    before the review is due; somebody who writes reviews may do it earlier.
    """
    review = begin("prepare_governor_review", review, version, by=by, at=at)
    carried = _put_papers_together(review, at)
    fields = ("pack", "report", "prepared_at")
    return finish(
        "prepare_governor_review", review, *fields, by=by, at=at, facts={"carried_over": carried}
    )


def _put_papers_together(review: GovernorReview, at: datetime) -> int:
    """Fill in report and papers, carry actions over, and return how many those are."""
    rows = actions_left(review.school).filter(meeting=None)
    left = list(rows.select_for_update(of=("self",)))
    for old in left:
        GovernorAction.objects.create(
            school_id=review.school_id,
            review=review,
            words=old.words,
            owner_id=old.owner_id,
            due_date=old.due_date,
            carried_from=old,
        )
    review.report = report_for(review)
    review.pack = pack_of(review, at=at)
    review.prepared_at = at
    return len(left)


@transaction.atomic
def hold_governor_review(
    *,
    review: GovernorReview,
    version: int,
    held_date: date,
    attendees: Sequence[Person],
    logs_seen: Sequence[str],
    findings: str,
    by: Person,
    at: datetime,
) -> GovernorReview:
    """Record the meeting: when, who took part, which logs they saw and what they found (REP-03).

    Until both have signed it may be put right; whoever stands among those who took part stays,
    and a signature given no longer counts. Papers that nobody put together are put together now.
    Refuses a day to come, a meeting without governor or lead, no log and no findings.
    """
    review = begin("hold_governor_review", review, version, by=by, at=at)
    again = review.state == "held"
    check_takes_part(attendees)
    there = set(review.attendees.values_list("person_id", flat=True))
    present = [*Person.objects.filter(pk__in=there), *attendees]
    check_meeting(review, held_date, present, at=at)
    if not logs_seen:
        raise Refusal("Say which reports or logs were looked through.")
    if not findings.strip():
        raise Refusal("Write down what was found, also when nothing was.")
    if not review.prepared_at:
        _put_papers_together(review, at)
    new = {person.pk: person for person in attendees if person.pk not in there}
    ReviewAttendee.objects.bulk_create(
        ReviewAttendee(school_id=review.school_id, review=review, person=person)
        for person in new.values()
    )
    review.held_date, review.logs_seen = held_date, list(logs_seen)
    review.findings = findings.strip()
    review.held_by, review.held_at = by, at
    fields = ("held_date", "logs_seen", "findings", "held_by", "held_at")
    papers = ("pack", "report", "prepared_at")
    facts = {"held": str(held_date), "attendees": len(there) + len(new), "again": again}
    review = change_text(
        "hold_governor_review", review, *fields, *papers, by=by, at=at, facts=facts
    )
    told = [person for person in new.values() if person.pk != by.pk]
    notify(told, reason="governor_review_held", path=path_of(review), at=at)
    return review


@transaction.atomic
def sign_governor_review(
    *, review: GovernorReview, version: int, seen_hash: str, by: Person, at: datetime
) -> GovernorReview:
    """Sign the exact text that was shown; with the second signature the review is signed off.

    The governor and the lead sign, two people who took part. Refuses a text that is not the one
    shown or that the other signed, a question without an answer, and a second signature of one
    seat or one person. What is not done by then is carried over into the next review.
    """
    review = begin("sign_governor_review", review, version, by=by, at=at)
    now = hash_now(review)
    if seen_hash != now or review.text_hash not in ("", now):
        raise StaleRecord("The text is not the one you were shown. Open it again and read it.")
    check_answered(list(review.questions.all()))
    attendees = set(review.attendees.values_list("person_id", flat=True))
    seat = check_seat(review, by, attendees, at=at)
    setattr(review, seat, by)
    setattr(review, f"{seat}_signed_at", at)
    review.text_hash = now
    if review.governor_id and review.lead_id:
        review.state = "signed"
    review.version += 1
    review.save(
        update_fields=["state", "version", "text_hash", seat, f"{seat}_signed_at"],
    )
    facts = {"seat": seat, "text_hash": now, "state": review.state}
    record("sign_governor_review", review, by=by, at=at, facts=facts)
    return review
