"""Entries of the menu: each app declares its own in ``navigation.py``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One menu entry, shown to holders of any of ``powers`` (all members when empty)."""

    label: str
    page: str
    icon: str
    order: int
    powers: tuple[str, ...] = ()
