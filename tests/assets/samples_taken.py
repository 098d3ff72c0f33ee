"""Records for the pages of items taken and of searches, and rows for their lists.

A function of the cast makes a record by the real actions; ``made.once(function)`` keeps it.
"""

from collections.abc import Callable
from typing import Any

from assets.models import Confiscation, SearchRecord
from tests.assets import samples_lifecycle
from tests.assets import walk_taken as walk
from tests.cast import Cast
from tests.list_page import ListPage


def item(cast: Cast) -> Confiscation:
    """Return an item that the school holds."""
    return walk.take(cast)


def search(cast: Cast) -> SearchRecord:
    """Return the record of a search of which parents were not told yet."""
    return walk.search(cast)


BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = {
    "incident_from_loss": lambda made: {"pk": made.once(samples_lifecycle.loss).pk},
    **dict.fromkeys(
        (
            "confiscation_clear",
            "confiscation_detail",
            "confiscation_dispose",
            "confiscation_move",
            "confiscation_pass",
            "confiscation_police",
            "confiscation_print",
            "confiscation_return",
            "confiscation_tell",
            "incident_from_confiscation",
        ),
        lambda made: {"reference": made.once(item).reference},
    ),
    **dict.fromkeys(
        (
            "incident_from_search",
            "search_record_confirm",
            "search_record_detail",
            "search_record_note",
            "search_record_print",
            "search_record_tell",
        ),
        lambda made: {"reference": made.once(search).reference},
    ),
}

LISTS: dict[str, ListPage] = {
    "confiscation_list": ListPage(
        lambda cast, number: walk.take(cast, ("pia", "quin")[number % 2], exempt_known=True)
    ),
    "search_record_list": ListPage(
        lambda cast, number: walk.search(cast, ("pia", "quin")[number % 2])
    ),
}
