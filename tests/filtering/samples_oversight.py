"""Records for the pages of monitoring reports, checks and reviews, and rows for their lists.

A function of the cast makes a record by the real actions; ``made.once(function)`` keeps it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from filtering.models import MonitoringReport, Review, ReviewAction, ReviewParticipant
from tests.cast import NOW, Cast
from tests.filtering import walk_oversight as walk
from tests.filtering.staff import give_status
from tests.list_page import ListPage


def finding(cast: Cast) -> Any:
    """Return a finding of last week's report."""
    give_status(cast)
    return walk.finding(cast)


def check(cast: Cast) -> Any:
    """Return a check in which something was reached."""
    give_status(cast)
    return walk.check(cast, results=walk.results(adult="reached"))


def review(cast: Cast) -> Review:
    """Return a review that waits for its signatures."""
    give_status(cast)
    made = walk.written(cast)
    walk.todo(cast, made)
    walk.deed(walk.signing_reviews.offer_review, made, by=cast.dora)
    return walk.now(made)


def action(_cast: Cast) -> ReviewAction:
    """Return the action of that review."""
    return ReviewAction.objects.latest("pk")


def participant(_cast: Cast) -> ReviewParticipant:
    """Return somebody who takes part in that review."""
    return ReviewParticipant.objects.latest("pk")


def _reference(made: Any) -> dict[str, Any]:
    return {"reference": made.once(review).reference}


def _part(of: Callable[[Cast], Any]) -> Callable[[Any], dict[str, Any]]:
    return lambda made: {**_reference(made), "pk": made.once(of).pk}


def _report(made: Any) -> dict[str, Any]:
    return {"pk": made.once(finding).report_id}


BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(
        (
            "monitoring_detail",
            "monitoring_finding",
            "monitoring_note",
            "monitoring_print",
            "monitoring_sign",
        ),
        _report,
    ),
    "check_detail": lambda made: {"pk": made.once(check).pk},
    "check_point_end": lambda made: {"pk": made.once(check).point_id},
    **dict.fromkeys(
        (
            "review_action",
            "review_detail",
            "review_offer",
            "review_participant",
            "review_print",
            "review_sign",
            "review_take_back",
            "review_write",
        ),
        _reference,
    ),
    "participant_drop": _part(participant),
    "review_action_drop": _part(action),
    "review_action_finish": lambda made: {"pk": _part(action)(made)["pk"]},
}


def _week(cast: Cast, number: int) -> None:
    walk.profile(cast)
    made = MonitoringReport.objects.create(
        school=cast.school,
        week_start=walk.LAST_WEEK - timedelta(weeks=number + 10),
        due_at=NOW,
        **({"signed_by": cast.dora, "signed_at": NOW} if number % 2 else {}),
    )
    if not made.signed_at:
        walk.deed(walk.monitoring.add_finding, made, text="A proxy.", breach=True, by=cast.dora)


def _place(cast: Cast, number: int) -> None:
    give_status(cast)
    made = walk.points(cast, profiles=[walk.profile(cast, f"Profile {number}")])
    if number % 2:
        walk.check(cast, made[0])


def _check(cast: Cast, _number: int) -> None:
    give_status(cast)
    walk.check(cast, results=walk.results(adult="reached"))


def _review(cast: Cast, number: int) -> None:
    give_status(cast)
    made = walk.review(cast, f"Something happened {number} times.")
    walk.todo(cast, made)


def _todo(cast: Cast, number: int) -> None:
    give_status(cast)
    made = Review.objects.filter(state="open").first() or walk.written(cast)
    walk.deed(
        walk.reviewing.add_review_action,
        made,
        words=f"Do thing {number}.",
        owner=cast.tina,
        due_date=NOW.date(),
        by=cast.dora,
    )


LISTS: dict[str, ListPage] = {
    "monitoring_list": ListPage(_week),
    "check_grid": ListPage(_place),
    "check_list": ListPage(_check),
    "review_list": ListPage(_review),
    "review_detail": ListPage(_todo, arguments={"reference": "2026-0001"}),
}
