"""A page with rows, as the sweep of lists walks it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.cast import Cast


@dataclass(frozen=True)
class ListPage:
    """A page with rows: how to make one more row on it, who looks, and what its path names."""

    grow: Callable[[Cast, int], Any]
    who: str = "hana"
    arguments: dict[str, Any] = field(default_factory=dict)
