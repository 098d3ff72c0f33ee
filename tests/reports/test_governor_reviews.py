"""The governors' review: planned, prepared, held and signed (REP-03, c.14)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.queries import trail_of
from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from people.models import Term
from reports.actions.reviews import plan_governor_reviews
from reports.models import GovernorReview
from reports.showing.review_text import hash_now
from tests.reports import walk_reviews
from tests.reports.walk_reviews import AT, MEETING, told, verbs

DAY = timedelta(days=1)


def test_sweep_plans_one_review_a_term_due_at_its_end(cast):
    review = plan_governor_reviews(school=cast.school, at=AT - 60 * DAY)

    assert plan_governor_reviews(school=cast.school, at=AT - 60 * DAY) is None
    assert (review.reference, review.label, review.due_date, review.state) == (
        "2026-0001",
        "Autumn 2026/27",
        date(2026, 12, 18),
        "scheduled",
    )
    assert verbs(review) == ["plan_governor_review"]


def test_sweep_plans_nothing_between_terms(cast):
    assert plan_governor_reviews(school=cast.school, at=AT + 14 * DAY) is None


def test_review_follows_its_term_until_it_is_held(cast):
    review = walk_reviews.plan(cast)
    Term.objects.filter(school=cast.school, name="Autumn").update(end_date=date(2026, 12, 16))
    plan_governor_reviews(school=cast.school, at=AT - 29 * DAY)

    assert walk_reviews.now(review).due_date == date(2026, 12, 16)
    assert verbs(review)[-1] == "move_governor_review"


@pytest.mark.parametrize(("days", "state"), [(15, "scheduled"), (14, "prepared"), (3, "prepared")])
def test_papers_are_put_together_14_days_before(cast, days, state):
    review = walk_reviews.plan(cast)
    end = AT.replace(day=18)
    plan_governor_reviews(school=cast.school, at=end - days * DAY)

    assert walk_reviews.now(review).state == state


def test_papers_hold_figures_as_governors_see_them(cast, monkeypatch):
    walk_reviews.tell(monkeypatch)
    review = walk_reviews.make(cast, "prepared")

    (section,) = review.pack["figures"]["sections"]
    rows = {row["key"]: row["marks"][0] for row in section["tables"][0]["rows"]}
    assert rows == {"conduct": "", "contact": "few", "content": "withheld", "total": ""}
    assert review.pack["figures"]["periods"][0] == {
        "start": "2026-09-02",
        "end": "2026-12-06",
        "label": "Autumn 2026/27 so far",
    }
    assert (review.pack["log_rows"], review.pack["actions_left"]) == (0, 0)


def test_meeting_is_recorded_and_those_who_took_part_are_told(cast):
    review = walk_reviews.make(cast, "held")

    assert (review.state, review.held_date, review.findings) == (
        "held",
        MEETING.date(),
        walk_reviews.FINDINGS,
    )
    assert {one.person for one in review.attendees.all()} == {cast.olga, cast.dora}
    assert told() == [("governor_review_held", "Dora")]
    assert verbs(review) == [
        "plan_governor_review",
        "prepare_governor_review",
        "hold_governor_review",
    ]


def test_meeting_without_papers_puts_them_together(cast):
    review = walk_reviews.hold(cast, walk_reviews.make(cast, "scheduled"))

    assert review.prepared_at == MEETING
    assert review.pack["figures"]["threshold"] == 5


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"held_date": MEETING.date() + DAY}, "day to come"),
        ({"held_date": date(2026, 9, 30)}, "before this review was planned"),
        ({"logs_seen": []}, "Say which reports or logs"),
        ({"findings": " "}, "what was found"),
    ],
)
def test_meeting_that_cannot_be_is_refused(cast, given, words):
    review = walk_reviews.make(cast, "prepared")
    with pytest.raises(Refusal, match=words):
        walk_reviews.hold(cast, review, **given)

    assert walk_reviews.now(review).state == "prepared"


@pytest.mark.parametrize(("who", "words"), [("dora", "governor or the chair"), ("olga", "lead")])
def test_meeting_needs_governor_and_lead(cast, who, words):
    review = walk_reviews.make(cast, "prepared")

    with pytest.raises(Refusal, match=words):
        walk_reviews.hold(cast, review, attendees=[getattr(cast, who), cast.hana])
    with pytest.raises(Refusal, match="staff or governors"):
        walk_reviews.hold(cast, review, attendees=[cast.olga, cast.dora, cast.paul])


@pytest.mark.parametrize("by", ["tom", "tina", "paul"])
def test_who_may_not_write_reviews_records_nothing(cast, by):
    review = walk_reviews.make(cast, "prepared")
    with pytest.raises(StepRefused, match="does not allow"):
        walk_reviews.hold(cast, review, by=getattr(cast, by))


def test_stale_page_is_refused(cast):
    review = walk_reviews.make(cast, "prepared")
    with pytest.raises(StaleRecord):
        walk_reviews.hold(cast, review, version=1)


def test_governor_and_lead_sign_the_same_text(cast):
    review = walk_reviews.make(cast, "held")
    review = walk_reviews.sign(cast, review, "dora")
    assert (review.state, review.lead, review.governor) == ("held", cast.dora, None)

    review = walk_reviews.sign(cast, review, "olga")

    assert (review.state, review.governor, review.lead) == ("signed", cast.olga, cast.dora)
    assert review.text_hash == hash_now(review)
    assert trail_of(review)[0].facts["seat"] == "governor"


def test_one_person_signs_once_and_nobody_who_took_no_part(cast):
    review = walk_reviews.sign(cast, walk_reviews.make(cast, "held"), "dora")

    with pytest.raises(Conflicted, match="Two different people"):
        walk_reviews.sign(cast, review, "dora")
    with pytest.raises(StepRefused, match="did not take part"):
        walk_reviews.sign(cast, review, "cara")
    with pytest.raises(StepRefused, match="does not allow"):
        walk_reviews.sign(cast, review, "hana")


def test_second_governor_does_not_sign_for_the_first(cast):
    review = walk_reviews.make(cast, "prepared")
    review = walk_reviews.hold(cast, review, attendees=[cast.olga, cast.dora, cast.cara])
    walk_reviews.sign(cast, review, "cara")

    with pytest.raises(StepRefused, match="signed in your role already"):
        walk_reviews.sign(cast, review, "olga")


def test_text_that_changed_since_it_was_shown_is_not_signed(cast):
    review = walk_reviews.make(cast, "held")
    seen = hash_now(review)
    walk_reviews.hold(cast, review, findings="Something else.")

    with pytest.raises(StaleRecord, match="not the one you were shown"):
        walk_reviews.sign(cast, review, "dora", seen_hash=seen)
    with pytest.raises(StaleRecord, match="after you opened"):
        walk_reviews.sign(cast, review, "dora", version=review.version)


def test_change_takes_a_signature_back(cast):
    review = walk_reviews.sign(cast, walk_reviews.make(cast, "held"), "dora")
    walk_reviews.action(cast, review)

    review = walk_reviews.now(review)
    assert (review.lead, review.lead_signed_at, review.text_hash) == (None, None, "")
    assert trail_of(review)[0].facts["signatures_taken_back"] == [cast.dora.pk]


def test_signed_review_stays_as_it_is(cast):
    review = walk_reviews.make(cast, "signed")

    for deed in (walk_reviews.hold, walk_reviews.action):
        with pytest.raises(StepRefused, match="cannot be done now"):
            deed(cast, review)
    with pytest.raises(StepRefused):
        walk_reviews.ask(cast, review=review)
    with pytest.raises(IntegrityError), transaction.atomic():
        GovernorReview.objects.filter(pk=review.pk).update(findings="No.")


def test_another_school_knows_nothing_of_it(cast, other):
    walk_reviews.make(cast, "held")

    assert GovernorReview.objects.filter(school=other.school).count() == 0
