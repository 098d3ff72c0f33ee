"""Entries of the menu: each app declares its own in ``navigation.py``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One menu entry, shown to holders of any of ``powers`` (all members when empty).

    Entries of one ``group`` stand under its name; those without come first. The search box of the
    frame leads to the first entry shown that has ``search``.
    """

    label: str
    page: str
    icon: str
    order: int
    powers: tuple[str, ...] = ()
    search: bool = False
    group: str = ""
