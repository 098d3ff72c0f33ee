"""Records for the pages of disposals and their companies, and rows for their lists.

A function of the cast makes a record by the real actions; ``made.once(function)`` keeps it.
"""

from collections.abc import Callable
from typing import Any

from assets.models import DisposalBatch, DisposalCompany
from tests.assets import walk_disposal as walk
from tests.cast import Cast
from tests.list_page import ListPage

# The state in which each page is looked at.
PAGES = {
    "disposal_breach": "collected",
    "disposal_certificate": "disposed",
    "disposal_change": "proposed",
    "disposal_collect": "approved",
    "disposal_decide": "submitted",
    "disposal_detail": "collected",
    "disposal_edit": "proposed",
    "disposal_finish": "collected",
    "disposal_paper": "collected",
    "disposal_submit": "proposed",
    "disposal_withdraw": "approved",
    "hand_over_confirm": "collected",
    "incident_from_disposal": "collected",
}


def company(cast: Cast) -> DisposalCompany:
    """Return a company that waits for approval."""
    return walk.company(cast, "Sample Ltd")


def _in(state: str) -> Callable[[Cast], DisposalBatch]:
    return lambda cast: walk.make(cast, state, f"SAMPLE-{state}")


# One function for each state, so that ``once`` makes one record of each.
STATES = {state: _in(state) for state in sorted(set(PAGES.values()))}


def _at(state: str) -> Callable[[Any], dict[str, Any]]:
    return lambda made: {"reference": made.once(STATES[state]).reference}


def _item(made: Any) -> dict[str, Any]:
    batch = made.once(STATES["proposed"])
    return {"reference": batch.reference, "pk": batch.items.get().pk}


def _medium(made: Any) -> dict[str, Any]:
    batch = made.once(STATES["approved"])
    return {"reference": batch.reference, "pk": batch.items.get().asset.media.get().pk}


BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = {
    **{page: _at(state) for page, state in PAGES.items()},
    **dict.fromkeys(
        ("company_approve", "company_detail", "company_edit", "company_end", "company_paper"),
        lambda made: {"pk": made.once(company).pk},
    ),
    "company_paper_copy": lambda made: {"pk": made.once(company).papers.first().pk},
    "disposal_paper_copy": lambda made: {"pk": made.once(STATES["disposed"]).papers.first().pk},
    "disposal_take_out": _item,
    "disposal_verify": lambda made: {"seal": made.once(STATES["disposed"]).seal},
    "sanitisation_create": _medium,
}


def _another(cast: Cast, number: int) -> None:
    walk.device(cast, f"ROW-{number}", f"ssd R{number}")
    walk.propose(cast, f"ROW-{number}")


LISTS: dict[str, ListPage] = {
    "company_list": ListPage(lambda cast, number: walk.company(cast, f"Company {number}")),
    "disposal_list": ListPage(_another),
}
