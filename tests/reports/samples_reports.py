"""Records for the pages of the report to governors, and rows for their lists."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from common.sections import Period
from reports.models import GovernorReport
from tests.cast import Cast
from tests.list_page import ListPage
from tests.reports import walk_reports as walk

EARLY = Period(date(2026, 9, 2), date(2026, 9, 10), "The first days")


def issued(cast: Cast) -> GovernorReport:
    """Return an issued report."""
    return walk.make(cast, "issued", period=EARLY)


def to_head(cast: Cast) -> GovernorReport:
    """Return a report to the headteacher that is being written."""
    return walk.start(cast, audience="head")


def draft(cast: Cast) -> GovernorReport:
    """Return a report that is being written."""
    return walk.start(cast)


def _one_more(cast: Cast, number: int) -> None:
    first = date(2026, 9, 2) + timedelta(days=number)
    period = Period(first, first + timedelta(days=30), f"Days {number}")
    walk.make(cast, "issued" if number % 7 == 1 else "draft", period=period)


def _issued(made: Any) -> dict[str, Any]:
    return {"pk": made.once(issued).pk}


BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(
        (
            "governor_report_detail",
            "governor_report_export",
            "governor_report_pdf",
            "governor_report_print",
            "governor_report_revise",
            "governor_report_verify",
        ),
        _issued,
    ),
    **dict.fromkeys(
        (
            "governor_report_comment",
            "governor_report_issue",
            "governor_report_return",
            "governor_report_submit",
        ),
        lambda made: {"pk": made.once(draft).pk},
    ),
}
BY_PAGE["governor_report_send"] = lambda made: {"pk": made.once(to_head).pk}
LISTS: dict[str, ListPage] = {"governor_report_list": ListPage(_one_more)}
