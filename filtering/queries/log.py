"""Read the change log, with names or without (FIL-03, FIL-35)."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from filtering.models import LogEntry
from filtering.queries.failures import shown_reporter
from people.models import Person, School

NAME = ("kind", "title", "given_name", "known_as", "family_name")
# What list and export show to everybody; a row has no more, least of all somebody's own words.
PLAIN = (
    *("school", "kind", "at", "words", "target", "profiles", "before", "after", "cause"),
    *("emergency", "under_exception", "change__reference", "failure__reference"),
)
NAMED = ("text", *(f"by__{field}" for field in NAME))


def sees_names(powers: Collection[str]) -> bool:
    """Return whether the log is shown with names and people's own words."""
    return "view_change_log" in powers


def log_rows(school: School, powers: Collection[str]) -> QuerySet[LogEntry, LogEntry]:
    """Return the lines of the log, ready for a list; without names their fields are not read."""
    rows = LogEntry.objects.filter(school=school)
    if sees_names(powers):
        return rows.select_related("by", "change", "failure").only(*PLAIN, *NAMED)
    return rows.select_related("change", "failure").only(*PLAIN)


def lines_of(school: School, powers: Collection[str], keys: Iterable[int]) -> list[LogEntry]:
    """Return the lines with some numbers, in their order. One query."""
    numbers = list(keys)
    found = log_rows(school, powers).in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


def told_by(entry: LogEntry, reader: Person, powers: Collection[str]) -> str:
    """Return who did what a line tells, as far as a reader may know it (FIL-35)."""
    if not sees_names(powers):
        return ""
    return shown_reporter(entry.by, reader, powers) if entry.by else "By the clock"


def told_text(entry: LogEntry, powers: Collection[str]) -> str:
    """Return somebody's own words of a line, for those who see names."""
    return entry.text if sees_names(powers) else ""
