"""Records for the pages of filter changes, and rows for their lists.

A function of the cast makes a record by the real actions; ``made.once(function)`` keeps it.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from filtering.actions.exceptions import end_exception, grant_exception
from filtering.models import ChangeRequest, SeparationException
from tests.cast import NOW, Cast
from tests.filtering import walk_changes as walk
from tests.filtering.staff import give_status
from tests.list_page import ListPage


def _in(state: str) -> Callable[[Cast], ChangeRequest]:
    def make(cast: Cast) -> ChangeRequest:
        give_status(cast)
        return walk.bring(
            cast, state, walk.study(cast, addresses=f"{state.replace('_', '-')}.example.com")
        )

    return make


def _exception(cast: Cast) -> SeparationException:
    return grant_exception(
        school=cast.school,
        minute_reference="2026/17",
        reason="One technician for three months.",
        from_date=date(2027, 1, 4),
        until_date=date(2027, 3, 26),
        by=cast.cara,
        at=NOW,
    )


def _ended_exception(cast: Cast, number: int) -> None:
    made = grant_exception(
        school=cast.school,
        minute_reference=f"2026/{number}",
        reason="A sample",
        from_date=NOW.date(),
        until_date=NOW.date() + timedelta(days=number),
        by=cast.cara,
        at=NOW,
    )
    end_exception(exception=made, by=cast.cara, at=NOW)


def _another(cast: Cast, number: int) -> None:
    give_status(cast)
    walk.ask(cast, addresses=f"page{number}.example.net", profiles=[walk.profile(cast, "Staff")])


# One function for each state, so that ``once`` makes one record of each.
STATES = {state: _in(state) for state in walk.WAYS}
# The state in which each page is looked at.
PAGES = {
    "change_assess": "submitted",
    "change_check": "put_back",
    "change_decide": "awaiting",
    "change_detail": "closed",
    "change_edit": "submitted",
    "change_extend": "active",
    "change_make": "approved",
    "change_put_back": "undo",
    "change_revoke": "active",
    "change_test": "made",
    "change_withdraw": "submitted",
}


def _at(state: str) -> Callable[[Any], dict[str, Any]]:
    return lambda made: {"reference": made.once(STATES[state]).reference}


BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = {
    **{page: _at(state) for page, state in PAGES.items()},
    "exception_end": lambda made: {"pk": made.once(_exception).pk},
}
LISTS: dict[str, ListPage] = {
    "change_list": ListPage(_another),
    "exception_list": ListPage(_ended_exception, who="cara"),
}
