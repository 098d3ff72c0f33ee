"""Entries of the menu: each app declares its own in ``navigation.py``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One menu entry, shown to holders of any of ``powers`` (all members when empty).

    The search box of the frame leads to the first entry shown that has ``search``.
    """

    label: str
    page: str
    icon: str
    order: int
    powers: tuple[str, ...] = ()
    search: bool = False
