"""Tables of which one is, row by row, the sum of others: asked is answered, waiting and declined.

No app says so, but a reader who knows the words does, and can then reckon a withheld number
without any total. So they are found by their figures: what holds in every row is taken to hold.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from common.sections import Section, Table

MOST_TABLES = 3
Counts = dict[str, int]


@dataclass(frozen=True)
class Sum:
    """A table, and those whose same rows add up to its rows; ``shares`` is one of per cent."""

    whole: Table
    tables: tuple[Table, ...]
    shares: Table | None

    @property
    def parts_together(self) -> int:
        """Return how many all the shares are together."""
        return sum(_parts(self.shares).values()) if self.shares else 0


def rows_that_add_up(section: Section) -> list[Sum]:
    """Return the tables of a section that are the sum of others, row by row."""
    people = [table for table in section.tables if table.people]
    counts = [
        (t, found) for t in people if t.unit == "count" and any((found := _counts(t)).values())
    ]
    shares = [(t, found) for t in people if t.unit == "percent" and (found := _parts(t))]
    return [
        Sum(whole, tuple(table for table, _ in tables), share)
        for whole, rows in counts
        for tables, share, extra in _choices(whole, rows, counts, shares)
        if _adds_up(rows, [*(found for _, found in tables), extra])
    ]


def _choices(
    whole: Table,
    rows: Counts,
    counts: list[tuple[Table, Counts]],
    shares: list[tuple[Table, Counts]],
) -> Iterator[tuple[tuple[tuple[Table, Counts], ...], Table | None, Counts]]:
    """Yield the tables that might add up to one: of its rows only, with one of shares of it."""
    beside = [(t, found) for t, found in counts if t is not whole and found.keys() <= rows.keys()]
    fitting = [(t, found) for t, found in shares if _rests_on(t, rows)]
    for size in range(1, MOST_TABLES + 1):
        for tables in combinations(beside, size):
            if size > 1:
                yield tables, None, {}
            for share, found in fitting:
                yield tables, share, found


def _rests_on(table: Table, rows: Counts) -> bool:
    """Return whether the shares of a table are of the rows of another."""
    return all(rows.get(r.key) == r.base for r in table.rows if r.value is not None)


def _adds_up(whole: Counts, parts: list[Counts]) -> bool:
    return all(value == sum(found.get(key, 0) for found in parts) for key, value in whole.items())


def _counts(table: Table) -> Counts:
    return {
        row.key: int(row.value)
        for row in table.rows
        if row.value is not None and not (table.adds_up and row.key == "total")
    }


def _parts(table: Table | None) -> Counts:
    rows = table.rows if table else ()
    return {row.key: row.part for row in rows if row.value is not None and row.part is not None}
