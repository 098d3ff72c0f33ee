"""Questions of governors and actions of their reviews (REP-03, REP-18, c.14)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from reports.models import GovernorAction, GovernorQuestion
from reports.queries.reviews import actions_left
from reports.showing.review_text import hash_now
from tests.reports import walk_reports, walk_reviews
from tests.reports.walk_reviews import AT, MEETING, told, verbs

DAY = timedelta(days=1)
NEXT_TERM = AT.replace(year=2027, month=3, day=15)


def test_question_is_asked_answered_and_put_right(cast):
    review = walk_reviews.make(cast, "held")
    question = walk_reviews.ask(cast, review=review)
    with pytest.raises(Refusal, match="Answer every question first"):
        walk_reviews.sign(cast, review, "dora")
    walk_reviews.answer(cast, question)
    question = walk_reviews.answer(cast, question, answer="Two new classes.")

    assert (question.answer, question.evidence, question.answered_by) == (
        "Two new classes.",
        "The change log",
        cast.dora,
    )
    assert told()[1:] == [
        ("governor_question", "Dora"),
        ("governor_question_answered", "Olga"),
        ("governor_question_answered", "Olga"),
    ]
    walk_reviews.sign(cast, review, "dora")
    assert walk_reviews.sign(cast, review, "olga").state == "signed"


def test_question_about_an_issued_report(cast, monkeypatch):
    walk_reports.tell(monkeypatch)
    draft = walk_reports.start(cast)
    with pytest.raises(StepRefused, match="not issued yet"):
        walk_reviews.ask(cast, report=draft)
    question = walk_reviews.ask(cast, report=walk_reports.walk(cast, draft, "issued"))
    walk_reviews.answer(cast, question)

    assert verbs(question) == ["ask_governor_question", "answer_governor_question"]


def test_questions_are_for_governors_and_answers_for_others(cast):
    review = walk_reviews.make(cast, "prepared")
    with pytest.raises(StepRefused):
        walk_reviews.ask(cast, review=review, by="dora")
    with pytest.raises(Refusal, match="Write your question"):
        walk_reviews.review_parts.ask_governor_question(
            text=" ", review=review, by=cast.olga, at=AT
        )
    question = walk_reviews.ask(cast, review=review)
    with pytest.raises(Conflicted, match="Somebody else answers"):
        walk_reviews.answer(cast, question, by=cast.olga)
    with pytest.raises(StepRefused):
        walk_reviews.answer(cast, question, by=cast.tom)
    with pytest.raises(Refusal, match="Write the answer"):
        walk_reviews.answer(cast, question, answer=" ")
    with pytest.raises(StaleRecord, match="Somebody answered"):
        walk_reviews.answer(cast, question, seen="2026-12-01")


def test_database_keeps_the_words_of_a_question(cast):
    question = walk_reviews.ask(cast, review=walk_reviews.make(cast, "prepared"))

    with pytest.raises(IntegrityError), transaction.atomic():
        GovernorQuestion.objects.filter(pk=question.pk).update(text="Another.")


def test_action_is_given_and_done(cast):
    made = walk_reviews.action(cast, walk_reviews.make(cast, "held"))
    with pytest.raises(StepRefused, match="does not allow"):
        walk_reviews.finish(cast, made, by="tom")
    with pytest.raises(Refusal, match="what was done"):
        walk_reviews.finish(cast, made, note=" ")
    done = walk_reviews.finish(cast, made)

    assert (done.done_by, done.done_note) == (cast.tina, "Done.")
    assert told()[-1] == ("governor_action", "Tina")
    with pytest.raises(StepRefused, match="done already"):
        walk_reviews.finish(cast, made)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"words": " "}, "what has to be done"),
        ({"due_date": MEETING.date() - DAY}, "has not passed"),
    ],
)
def test_action_that_cannot_be_is_refused(cast, given, words):
    review = walk_reviews.make(cast, "held")
    with pytest.raises(Refusal, match=words):
        walk_reviews.action(cast, review, **given)
    with pytest.raises(Refusal, match="staff or governors"):
        walk_reviews.action(cast, review, owner=cast.paul)

    assert not GovernorAction.objects.exists()


def test_what_is_not_done_is_carried_over_once(cast):
    review = walk_reviews.make(cast, "held")
    left, done = walk_reviews.action(cast, review), walk_reviews.action(cast, review)
    walk_reviews.finish(cast, done)
    for by in ("olga", "dora"):
        walk_reviews.sign(cast, review, by)
    later = walk_reviews.plan(cast, at=NEXT_TERM)

    (carried,) = later.actions.all()
    assert (carried.carried_from, carried.words, carried.owner, carried.due_date) == (
        left,
        left.words,
        cast.tina,
        left.due_date,
    )
    assert list(actions_left(cast.school)) == [carried]
    assert later.pack["actions_left"] == 1
    assert walk_reviews.now(review).text_hash == hash_now(walk_reviews.now(review))
    with pytest.raises(StepRefused, match="carried over"):
        walk_reviews.finish(cast, left)
    walk_reviews.finish(cast, carried)
    assert not actions_left(cast.school).exists()
