"""Reviews of filtering and monitoring: opened and written, with who takes part (R-FM-2)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from audit.actions import record
from common.errors import Refusal, StepRefused
from filtering.conditions.oversight import check_capacity, check_power
from filtering.models import Review, ReviewAction, ReviewParticipant
from filtering.queries.periods import school_year_on
from filtering.steps.reviews import begin, finish
from filtering.vocabulary import Trigger
from people.actions.to_do import check_to_do, close_to_do
from people.calendar import SchoolCalendar
from people.models import Person, School
from people.references import next_reference


@transaction.atomic
def open_review(
    *,
    school: School,
    trigger: Trigger,
    trigger_words: str,
    incident_reference: str = "",
    by: Person,
    at: datetime,
) -> Review:
    """Open a review because a year has passed or something has happened (R-FM-2).

    The same cause opens no second one while the first is being written: that one is returned. The
    yearly review is due by the end of the school year, another within the school's days. Refuses a
    second yearly review of a year. Asks for no power, for whoever enters a new product opens one.
    """
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    day = localdate(at)
    year = school_year_on(school, day)
    words = trigger_words.strip()[:500]
    cause = {"trigger": trigger, "incident_reference": incident_reference}
    if trigger == Trigger.ANNUAL:
        begun = Review.objects.filter(school=school, trigger=trigger, year_name=year.name).first()
        if begun:
            raise Refusal(f"The yearly review of {year.name} has begun already: {begun}.")
    else:
        same = Review.objects.filter(school=school, state="open", trigger_words=words, **cause)
        if found := same.first():
            return found
    within = school.setting("review_days")
    review = Review.objects.create(
        school=school,
        reference=next_reference(school=school, series="review", year=day.year),
        trigger_words=words,
        year_name=year.name,
        opened_by=by,
        opened_at=at,
        due_date=year.end
        if trigger == Trigger.ANNUAL
        else SchoolCalendar(school).add_school_days(day, within),
        **cause,
    )
    record("open_review", review, by=by, at=at, facts=cause)
    return review


@transaction.atomic
def write_review(
    *,
    review: Review,
    version: int,
    pupils: str,
    devices: str,
    ai_use: str,
    limits: str,
    provision: str,
    findings: str,
    by: Person,
    at: datetime,
) -> Review:
    """Write the risk profile, what is in use and what was found (R-FM-2).

    Refuses a review that is being signed, and one changed since the page was opened.
    """
    review = begin("write_review", review, version, by=by, at=at)
    texts = {
        "pupils": pupils,
        "devices": devices,
        "ai_use": ai_use,
        "limits": limits,
        "provision": provision,
        "findings": findings,
    }
    for field, text in texts.items():
        setattr(review, field, text.strip())
    return finish("write_review", review, *texts, by=by, at=at)


@transaction.atomic
def add_participant(
    *, review: Review, version: int, person: Person, capacity: str, by: Person, at: datetime
) -> ReviewParticipant:
    """Add somebody who takes part, as what they will sign (R-FM-2).

    Refuses whoever takes part already, and whose roles do not let them sign as that.
    """
    review = begin("add_participant", review, version, by=by, at=at)
    check_capacity(person, capacity, at=at)
    if review.participants.filter(person=person, dropped_at=None).exists():
        raise Refusal(f"{person} takes part already.")
    added = ReviewParticipant.objects.create(
        school_id=review.school_id,
        review=review,
        person=person,
        capacity=capacity,
        added_by=by,
        added_at=at,
    )
    finish("add_participant", review, by=by, at=at, facts={"capacity": capacity})
    return added


@transaction.atomic
def drop_participant(
    *, participant: ReviewParticipant, version: int, by: Person, at: datetime
) -> ReviewParticipant:
    """Take somebody off who was entered by mistake. Refuses while the review is being signed."""
    review = begin("drop_participant", participant.review, version, by=by, at=at)
    participant = _dropped(ReviewParticipant, participant.pk, at)
    finish("drop_participant", review, by=by, at=at, facts={"capacity": participant.capacity})
    return participant


@transaction.atomic
def add_review_action(
    *,
    review: Review,
    version: int,
    words: str,
    owner: Person,
    due_date: date,
    by: Person,
    at: datetime,
) -> ReviewAction:
    """Write down what has to be done, by whom and when (R-FM-2: results and actions recorded).

    Refuses empty words and a day that has passed.
    """
    review = begin("add_review_action", review, version, by=by, at=at)
    action = ReviewAction.objects.create(
        school_id=review.school_id,
        review=review,
        words=check_to_do(words=words, due_date=due_date, at=at),
        owner=owner,
        due_date=due_date,
    )
    finish("add_review_action", review, by=by, at=at, facts={"due": due_date.isoformat()})
    return action


@transaction.atomic
def drop_review_action(
    *, action: ReviewAction, version: int, by: Person, at: datetime
) -> ReviewAction:
    """Take an action off. Refuses while the review is being signed, and what is done."""
    review = begin("drop_review_action", action.review, version, by=by, at=at)
    if ReviewAction.objects.filter(pk=action.pk, done_at__isnull=False).exists():
        raise Refusal("This is done already, so it stays.")
    action = _dropped(ReviewAction, action.pk, at)
    finish("drop_review_action", review, by=by, at=at)
    return action


@transaction.atomic
def finish_review_action(
    *, action: ReviewAction, note: str, by: Person, at: datetime
) -> ReviewAction:
    """Say what was done about an action, whether or not the review is signed by then.

    For its owner and those who write reviews. Refuses an empty note and what is done already.
    """
    rows = ReviewAction.objects.select_for_update(of=("self",))
    action = rows.get(pk=action.pk, dropped_at=None)
    if action.owner_id != by.pk:
        check_power(by, "edit_reviews", at=at)
    close_to_do(verb="finish_review_action", row=action, note=note, by=by, at=at)
    return action


def _dropped(model: Any, number: int, at: datetime) -> Any:
    row = model.objects.select_for_update(of=("self",)).get(pk=number)
    if row.dropped_at:
        raise StepRefused("This was taken off already.")
    row.dropped_at = at
    row.save(update_fields=["dropped_at"])
    return row
