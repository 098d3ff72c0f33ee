"""Walk governors' reviews into every state by the real actions."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Model

from audit.queries import trail_of
from common.sections import Period, Row, Section, Table
from people.calendar import LONDON
from people.models import Notice, School
from reports.actions import review_parts, reviews
from reports.conditions.reviews import answer_seen
from reports.models import GovernorAction, GovernorQuestion, GovernorReview
from reports.showing import review_pack
from reports.showing.review_text import hash_now
from tests.cast import Cast

AT = datetime(2026, 12, 7, 9, 30, tzinfo=LONDON)  # a Monday; the term ends on Friday 18 December
MEETING = AT + timedelta(days=7)
FINDINGS = "The log is complete. Two exceptions were looked into."


def tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a made-up app tell few incidents of one category, and something no paper holds."""
    rows = (
        Row("conduct", "Conduct", 30),
        Row("contact", "Contact", 3),
        Row("content", "Content", 12),
        Row("total", "All", 45),
    )
    tables = (
        Table("category", "Which category", "Category", rows, adds_up=True),
        Table("hour", "When", "Hour", rows, adds_up=True),
    )

    def gather(_school: School, _period: Period) -> list[Section]:
        return [Section("incidents", "Incidents", 10, "", tables), Section("other", "Other", 20)]

    monkeypatch.setattr(review_pack, "gather", gather)


def now(review: GovernorReview) -> GovernorReview:
    """Return a review as it stands in the database."""
    return GovernorReview.objects.select_related("school").get(pk=review.pk)


def plan(cast: Cast, *, at: datetime = AT - timedelta(days=30)) -> GovernorReview:
    """Return the review of the term, planned by the sweep."""
    made = reviews.plan_governor_reviews(school=cast.school, at=at)
    return now(made or GovernorReview.objects.latest("pk"))


def prepare(cast: Cast, review: GovernorReview, *, at: datetime = AT) -> GovernorReview:
    """Let the lead put the papers together."""
    reviews.prepare_governor_review(review=review, version=now(review).version, by=cast.dora, at=at)
    return now(review)


def hold(cast: Cast, review: GovernorReview, **given: Any) -> GovernorReview:
    """Let the governor record the meeting."""
    values: dict[str, Any] = {
        "version": now(review).version,
        "held_date": MEETING.date(),
        "attendees": [cast.olga, cast.dora],
        "logs_seen": ["Change log of the filter"],
        "findings": FINDINGS,
        "by": cast.olga,
        "at": MEETING,
    }
    reviews.hold_governor_review(review=review, **values | given)
    return now(review)


def sign(cast: Cast, review: GovernorReview, by: str, **given: Any) -> GovernorReview:
    """Let somebody sign the review as it stands."""
    fresh = now(review)
    values: dict[str, Any] = {"version": fresh.version, "seen_hash": hash_now(fresh)}
    reviews.sign_governor_review(review=fresh, **values | given, by=getattr(cast, by), at=MEETING)
    return now(review)


def ask(cast: Cast, *, by: str = "olga", at: datetime = MEETING, **about: Any) -> GovernorQuestion:
    """Let a governor ask."""
    return review_parts.ask_governor_question(
        text="Why are there more requests?", **about, by=getattr(cast, by), at=at
    )


def answer(cast: Cast, question: GovernorQuestion, **given: Any) -> GovernorQuestion:
    """Let the lead answer a question."""
    fresh = GovernorQuestion.objects.get(pk=question.pk)
    values: dict[str, Any] = {
        "seen": answer_seen(fresh),
        "answer": "A new scheme of work.",
        "evidence": "The change log",
        "by": cast.dora,
        "at": MEETING,
    }
    return review_parts.answer_governor_question(question=fresh, **values | given)


def action(cast: Cast, review: GovernorReview, **given: Any) -> GovernorAction:
    """Write down something for the technician to do."""
    values: dict[str, Any] = {
        "words": "Check the filter in the library.",
        "owner": cast.tina,
        "due_date": date(2027, 1, 15),
        "by": cast.dora,
        "at": MEETING,
    }
    return review_parts.add_governor_action(
        review=review, version=now(review).version, **values | given
    )


def finish(cast: Cast, made: GovernorAction, *, by: str = "tina", note: str = "Done.") -> Any:
    """Say that an action is done."""
    return review_parts.finish_governor_action(
        action=made, note=note, by=getattr(cast, by), at=MEETING
    )


def make(cast: Cast, state: str) -> GovernorReview:
    """Return a review that was walked into a state."""
    review = plan(cast)
    if state in {"prepared", "held", "signed"}:
        review = prepare(cast, review)
    if state in {"held", "signed"}:
        review = hold(cast, review)
    if state == "signed":
        for by in ("olga", "dora"):
            review = sign(cast, review, by)
    return review


def verbs(record: Model) -> list[str]:
    """Return what the trail says was done with a record, in order."""
    return [entry.verb for entry in reversed(trail_of(record))]


def told() -> list[tuple[str, str]]:
    """Return who was told of something and why, in order."""
    return list(Notice.objects.order_by("pk").values_list("reason", "person__given_name"))
