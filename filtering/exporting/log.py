"""The change log as a sheet: its columns, and its rows with names or without (FIL-35)."""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils.timezone import localtime

from filtering.models import LogEntry
from filtering.queries.log import lines_of, sees_names, told_by, told_text
from people.models import Person, School

PLAIN = (
    *("When", "What was done", "In words", "What", "Profiles", "Before", "After", "Cause"),
    *("Blocked before approval", "Under exception", "Change", "Report"),
)


def heading_of(powers: Collection[str]) -> tuple[str, ...]:
    """Return the columns: governors get none for names and none for people's own words."""
    return (*PLAIN, "Who", "Their words") if sees_names(powers) else PLAIN


def rows_of(
    school: School, person: Person, powers: Collection[str], keys: Sequence[int]
) -> list[tuple[Any, ...]]:
    """Return some lines of the log in the order of ``keys``."""
    return [_cells(entry, person, powers) for entry in lines_of(school, powers, keys)]


def _cells(entry: LogEntry, person: Person, powers: Collection[str]) -> tuple[Any, ...]:
    plain = (
        f"{localtime(entry.at):%Y-%m-%d %H:%M}",
        entry.get_kind_display(),
        entry.words,
        entry.target,
        ", ".join(entry.profiles),
        entry.before,
        entry.after,
        entry.cause,
        "yes" if entry.emergency else "no",
        "yes" if entry.under_exception else "no",
        entry.change or "",
        entry.failure or "",
    )
    if not sees_names(powers):
        return plain
    return (*plain, told_by(entry, person, powers), told_text(entry, powers))
