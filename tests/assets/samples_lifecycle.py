"""Records for the pages of loans, upkeep, evidence and losses, and rows for their lists.

A function of the cast makes a record by the real actions; ``made.once(function)`` keeps it.
"""

from collections.abc import Callable
from typing import Any

from assets.models import Asset, Loan, Loss
from tests.assets import things
from tests.assets import walk_lifecycle as walk
from tests.cast import Cast
from tests.list_page import ListPage


def ready(cast: Cast) -> Asset:
    """Return a device in service."""
    return things.in_service(cast, "SAMPLE-READY")


def loan(cast: Cast) -> Loan:
    """Return a loan to a teacher."""
    walk.let_borrow(cast, cast.tess)
    return walk.lent(cast, "SAMPLE-LENT", "tess")


def away(cast: Cast) -> Asset:
    """Return a device that is with a mender."""
    asset = things.in_service(cast, "SAMPLE-AWAY")
    walk.away(cast, asset)
    return asset


def loss(cast: Cast) -> Loss:
    """Return a loss that has to be judged."""
    return walk.lost(cast, things.in_service(cast, "SAMPLE-LOST"), "hana")


BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(
        ("asset_lost", "asset_quarantine", "loan_create", "upkeep_create"),
        lambda made: {"pk": made.once(ready).pk},
    ),
    **dict.fromkeys(("loan_extend", "loan_return"), lambda made: {"pk": made.once(loan).asset_id}),
    **dict.fromkeys(
        ("loan_accept", "loan_clear", "loan_detail"), lambda made: {"pk": made.once(loan).pk}
    ),
    "upkeep_finish": lambda made: {"pk": made.once(away).pk},
    "asset_found": lambda made: {"pk": made.once(loss).asset_id},
    **dict.fromkeys(("loss_detail", "loss_settle"), lambda made: {"pk": made.once(loss).pk}),
}


def _lend(cast: Cast, number: int) -> None:
    if not number:
        walk.let_borrow(cast, cast.tom)
    walk.lent(cast, f"ROW-{number}")


def _mend(cast: Cast, number: int) -> None:
    walk.away(cast, things.in_service(cast, f"ROW-{number}"))


def _lose(cast: Cast, number: int) -> None:
    walk.lost(cast, things.in_service(cast, f"ROW-{number}"))


LISTS: dict[str, ListPage] = {
    "loan_list": ListPage(_lend),
    "loan_mine": ListPage(_lend, who="tom"),
    "upkeep_list": ListPage(_mend),
    "loss_list": ListPage(_lose),
}
