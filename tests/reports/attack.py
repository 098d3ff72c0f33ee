"""Work withheld numbers out, as a governor with patience could: from totals, marks and links.

A small school's cases have three sides: what they are about (``about``), how they came (``source``)
and, for those about pupils alone, the year group (``year``). So two tables share a total, and one
has a row of another as its total. All values a withheld number may have are found by adding sets.
"""

from dataclasses import dataclass

from common.sections import Row, Section, Table
from reports.suppression import suppressed

TABLES = ("about", "source", "year")


@dataclass(frozen=True)
class Made:
    """Counts of one period: ``about`` and ``source`` add up to the same, ``year`` to about[0]."""

    about: tuple[int, ...]
    source: tuple[int, ...]
    year: tuple[int, ...]
    totals: bool = True

    @property
    def whole(self) -> int:
        return sum(self.about)

    def rows(self, table: str) -> tuple[int, ...]:
        return getattr(self, table)

    def sections(self) -> list[Section]:
        """Return the counts as an app would give them, with an overview that does not add up."""
        overview = Table("overview", "All", "What", (Row("reported", "Reported", self.whole),))
        return [
            Section("one", "One", 1, tables=(overview, self._table("about"))),
            Section("two", "Two", 2, tables=(self._table("source"), self._table("year"))),
        ]

    def _table(self, name: str) -> Table:
        counts = self.rows(name)
        rows = [Row(f"{name}{n}", f"Row {n}", value) for n, value in enumerate(counts)]
        if self.totals:
            rows.append(Row("total", "All", sum(counts)))
        return Table(name, name, name, tuple(rows), adds_up=True)


class Attack:
    """What a reader concludes from the marks: all values that each number may have."""

    def __init__(self, made: Made, threshold: int) -> None:
        self.made, self.threshold = made, threshold
        self.most = made.whole + 2 * threshold
        marks = suppressed(made.sections(), threshold)
        self.marks = {cell[1:]: mark for cell, mark in marks.items()}

    @property
    def withheld(self) -> list[tuple[str, str]]:
        return [cell for cell in self.marks if cell[0] in TABLES]

    def values_of(self, cell: tuple[str, str]) -> set[int]:
        """Return every value of a number that agrees with all that is shown."""
        return {v for v in self._domain(cell) if self._agrees(cell, v)}

    def _agrees(self, cell: tuple[str, str], value: int) -> bool:
        """Return whether the tables can all be filled in when one number has a value."""

        def domain(table: str, key: str) -> set[int]:
            found = self._domain((table, key))
            return found & {value} if (table, key) == cell else found

        sums = {
            table: _sums([domain(table, f"{table}{n}") for n in range(len(rows))], self.most)
            for table in ("source", "year")
            if (rows := self.made.rows(table))
        }
        first = domain("about", "about0") & sums["year"] & domain("year", "total")
        rest = [domain("about", f"about{n}") for n in range(1, len(self.made.about))]
        whole = _sums([first, *rest], self.most) & sums["source"]
        return bool(whole & domain("about", "total") & domain("source", "total"))

    def _domain(self, cell: tuple[str, str]) -> set[int]:
        if cell == ("year", "total") and not self.made.totals:
            cell = ("about", "about0")  # where alone it stands
        value, mark = self._true(cell), self.marks.get(cell, "")
        if cell[1] == "total" and not self.made.totals:  # told by the overview alone
            mark = self.marks.get(("overview", "reported"), "")
        if not mark:
            return {value}
        if mark == "few":
            return self._few()
        anything = set(range(self.most + 1))
        return anything if self._whole_table(cell) else anything - self._few()

    def _few(self) -> set[int]:
        return set(range(1, self.threshold))

    def _whole_table(self, cell: tuple[str, str]) -> bool:
        """Return whether a number stands in a table whose rows are all withheld alike."""
        places = {cell[0]}
        if cell in {("about", "about0"), ("year", "total")}:
            places = {"about", "year"}
        if cell[1] == "total" and cell[0] != "year":
            places = {"about", "source"}
        return any(
            all(
                self.marks.get((table, f"{table}{n}")) == "withheld"
                for n in range(len(self.made.rows(table)))
            )
            for table in places
        )

    def _true(self, cell: tuple[str, str]) -> int:
        rows = self.made.rows(cell[0])
        return sum(rows) if cell[1] == "total" else rows[int(cell[1].removeprefix(cell[0]))]


def _sums(domains: list[set[int]], most: int) -> set[int]:
    found = {0}
    for domain in domains:
        found = {a + b for a in found for b in domain if a + b <= most}
    return found
