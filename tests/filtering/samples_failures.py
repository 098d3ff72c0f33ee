"""Records for the pages of reports about filtering, and rows for their lists.

A function of the cast makes a record by the real actions; ``made.once(function)`` keeps it.
"""

from collections.abc import Callable
from typing import Any

from filtering.models import FailureReport
from tests.cast import Cast
from tests.filtering import walk_failures as walk
from tests.list_page import ListPage


def failure(cast: Cast) -> FailureReport:
    """Return a report that nobody has taken on yet."""
    return walk.report(cast, "sample.example", exposed="yes")


BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = dict.fromkeys(
    (
        "failure_acknowledge",
        "failure_contain",
        "failure_detail",
        "failure_escalate",
        "failure_fix",
        "failure_note",
        "failure_verify",
    ),
    lambda made: {"reference": made.once(failure).reference},
)

LISTS: dict[str, ListPage] = {
    "failure_list": ListPage(lambda cast, number: walk.report(cast, f"site{number % 7}.example")),
}
