"""Records for the pages of governors' reviews, and rows for their lists."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from reports.models import GovernorAction, GovernorQuestion, GovernorReview
from tests.cast import NOW, Cast
from tests.list_page import ListPage
from tests.reports import samples_reports, walk_reviews


def prepared(cast: Cast) -> GovernorReview:
    """Return a review whose papers are ready."""
    return walk_reviews.prepare(cast, walk_reviews.plan(cast, at=NOW), at=NOW)


def held(cast: Cast) -> GovernorReview:
    """Return a review that was held, with a question, an answer and an action."""
    review = prepared(cast)
    review = walk_reviews.hold(cast, review, held_date=NOW.date(), at=NOW)
    walk_reviews.answer(cast, walk_reviews.ask(cast, review=review, at=NOW), at=NOW)
    walk_reviews.action(cast, review, owner=cast.hana, at=NOW)
    return walk_reviews.now(review)


def _held(made: Any) -> dict[str, Any]:
    return {"reference": made.once(held).reference}


BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(
        (
            "governor_action_add",
            "governor_question_ask",
            "governor_review_detail",
            "governor_review_hold",
            "governor_review_prepare",
            "governor_review_print",
            "governor_review_sign",
        ),
        _held,
    ),
    "governor_action_finish": lambda made: {"pk": made.once(held).actions.get().pk},
    "governor_question_answer": lambda made: {"pk": made.once(held).questions.get().pk},
    "governor_report_ask": lambda made: {"pk": made.once(samples_reports.issued).pk},
}


def _review(cast: Cast, number: int) -> GovernorReview:
    return GovernorReview.objects.create(
        school=cast.school,
        reference=f"2025-{number:04}",
        label=f"Term {number}",
        due_date=NOW.date() - timedelta(days=number),
        planned_at=NOW,
        state="prepared",
        prepared_at=NOW,
    )


def _question(cast: Cast, number: int) -> None:
    made = walk_reviews.ask(cast, review=_review(cast, number), at=NOW)
    if number % 2:
        walk_reviews.answer(cast, made, at=NOW)


def _action(cast: Cast, number: int) -> None:
    made = GovernorAction.objects.create(
        school=cast.school,
        review=_review(cast, number),
        words=f"Do thing {number}.",
        owner=cast.tina,
        due_date=NOW.date(),
    )
    if number % 2:
        walk_reviews.finish(cast, made)


def _part(cast: Cast, number: int) -> None:
    review = GovernorReview.objects.filter(school=cast.school).first() or prepared(cast)
    GovernorQuestion.objects.create(
        school=cast.school, review=review, text=f"Why {number}?", asked_by=cast.olga, asked_at=NOW
    )
    GovernorAction.objects.create(
        school=cast.school, review=review, words="Do it.", owner=cast.tina, due_date=NOW.date()
    )


LISTS: dict[str, ListPage] = {
    "governor_review_list": ListPage(_review),
    "governor_question_list": ListPage(_question),
    "governor_action_list": ListPage(_action),
    "governor_review_detail": ListPage(_part, arguments={"reference": "2026-0001"}),
}
