"""What is blocked and allowed as a sheet, for the yearly review of the policy (FIL-02)."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from filtering.models import Profile, Rule
from filtering.queries.register import addresses_at, matrix_at, profiles_at
from people.models import School

HEADING = (
    *("Profile", "For", "Network", "Product", "Baseline confirmed", "Kind", "What"),
    *("Blocked or allowed", "Sites", "Why", "Since", "By change"),
)
LOCKED = "Blocked on lists that nobody can switch off"
DONE = {"block": "Blocked", "allow": "Allowed"}


def rows_at(school: School, at: datetime) -> list[tuple[Any, ...]]:
    """Return profile by profile what is done with each category and address at a moment."""
    profiles = profiles_at(school, at)
    matrix = matrix_at(school, profiles, at)
    rows = []
    for place, profile in enumerate(profiles):
        for line in matrix:
            rules = line.cells[place][1]
            label = line.category.label
            if line.category.locked:
                rows.append((*_head(profile), "Category", label, LOCKED, "", "", "", ""))
            elif not rules:
                rows.append((*_head(profile), "Category", label, "Not set", "", "", "", ""))
            rows += [(*_head(profile), "Category", label, *_cells(rule)) for rule in rules]
        rows += [
            (*_head(profile), "Web address", rule.target, *_cells(rule))
            for rule in addresses_at(profile, at)
        ]
    return rows


def _head(profile: Profile) -> tuple[Any, ...]:
    confirmed = _day(profile.confirmed_at) if profile.confirmed_at else "no"
    product = profile.product  # type: ignore[attr-defined]
    return profile.name, profile.whom, profile.network or "all", product, confirmed


def _cells(rule: Rule) -> tuple[Any, ...]:
    return (
        DONE[rule.direction],
        ", ".join(rule.sites) or "all",
        rule.why,
        _day(rule.from_at),
        rule.change or "baseline",
    )


def _day(moment: datetime) -> str:
    return f"{localtime(moment):%Y-%m-%d}"
