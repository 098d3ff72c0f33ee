"""Records for the pages of filter changes, and rows for their lists.

A function of the cast makes a record by the real actions; ``made.once(function)`` keeps it.
"""

from collections.abc import Callable
from typing import Any

from tests.list_page import ListPage

BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = {}
LISTS: dict[str, ListPage] = {}
