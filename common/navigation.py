"""Entries of the menu: each app declares its own in ``navigation.py``."""

from collections.abc import Callable
from dataclasses import dataclass

from common.requests import SchoolRequest


@dataclass(frozen=True)
class Item:
    """One menu entry, shown to holders of any of ``powers`` (all members when empty).

    Entries of one ``group`` stand under its name; those without come first. The search box of the
    frame leads to the first entry shown that has ``search``. ``only_if`` hides an entry that
    would show nothing to somebody; it is asked on every page, so it keeps its answer in the cache.
    """

    label: str
    page: str
    icon: str
    order: int
    powers: tuple[str, ...] = ()
    search: bool = False
    group: str = ""
    only_if: Callable[[SchoolRequest], bool] | None = None
