"""What governors may see of exact figures: small numbers are withheld, and what would tell them.

REP-17. A count from 1 to one below the threshold is "few". It could still be worked out from a
total, so further numbers of its table are withheld until every withheld one has at least two
possible values for a reader who knows all that is shown and what each mark means. A number is the
same wherever it stands: a row of one table that is the total of another is withheld in both.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from common.sections import Row, Section, Table
from reports.withholding import Number, Withholding

FEW = "few"  # from 1 to one below the threshold
WITHHELD = "withheld"  # 0, or the threshold and more; or part of a table that is withheld whole
CHANGED = "changed"  # differs from what was published by 1 to one below the threshold
ONE_DIGIT = 0.05  # what is published is rounded to one digit after the point
LOWEST = 3  # below, "few" would mean one number only

Cell = tuple[str, str, str]  # section, table, row


@dataclass(frozen=True)
class Published:
    """What an earlier report said of one figure. ``shown`` is False when it was withheld."""

    value: float
    base: int | None = None
    shown: bool = True


Earlier = Sequence[Mapping[Cell, Published]]


def suppressed(
    sections: Sequence[Section], threshold: int, earlier: Earlier = ()
) -> dict[Cell, str]:
    """Return the mark of every figure of one period that is withheld; nothing at threshold 0.

    ``earlier`` is what issued reports said of the same days, so that the difference of two
    editions tells nothing either: what was withheld stays so while it has changed by less than the
    threshold, and what was shown is withheld when it has changed by so little.
    """
    if not threshold:
        return {}
    if threshold < LOWEST:
        raise ValueError("A threshold below 3 withholds nothing that could not be worked out.")
    marks = _Counts(sections, threshold, earlier).marks()
    return marks | _rates(sections, threshold, earlier, marks)


@dataclass
class _Counts:
    """The counts of people of one period as numbers that know each other."""

    sections: Sequence[Section]
    threshold: int
    earlier: Earlier
    numbers: dict[tuple[str, ...], Number] = field(default_factory=dict)
    places: dict[Cell, Number] = field(default_factory=dict)

    def marks(self) -> dict[Cell, str]:
        """Return what is withheld, with all that would tell it."""
        work = Withholding(self.threshold)
        tables = [(section, table) for section, table in _tables(self.sections) if _counts(table)]
        totals = {_total(table) for _, table in tables if table.adds_up}
        for section, table in tables:
            parts = [
                self._number((section.code, table.code, row.key), int(row.value), totals)
                for row in table.rows
                if row.value is not None and not (table.adds_up and row.key == "total")
            ]
            if table.adds_up:
                whole = self._total_of(section, table)
                work.add_group(parts, whole)
        for cell, number in self.places.items():
            self._mark(cell, number)
        work.add_numbers(self.numbers.values())
        work.protect()
        self._hide_twins(tables)
        return {cell: number.mark for cell, number in self.places.items() if number.mark}

    def _number(self, cell: Cell, value: int, totals: set[int]) -> Number:
        """Return the number of a cell: a total's own when it is as large, else its own by its key.

        Two that are equal by chance are withheld together, which costs a figure and never tells
        one.
        """
        as_total = value in totals and value >= self.threshold
        name = ("total", str(value)) if as_total else ("row", cell[2], str(value))
        number = self.numbers.setdefault(name, Number(value))
        self.places[cell] = number
        return number

    def _total_of(self, section: Section, table: Table) -> Number:
        value = _total(table)
        name = ("total", str(value))
        number = self.numbers.setdefault(name, Number(value))
        if any(row.key == "total" and row.value is not None for row in table.rows):
            self.places[section.code, table.code, "total"] = number
        if 0 < value < self.threshold:
            number.mark = FEW  # nobody is told how few, even where no table shows the total
        return number

    def _mark(self, cell: Cell, number: Number) -> None:
        if 0 < number.value < self.threshold:
            number.mark = FEW
            return
        for column in self.earlier:
            before = column.get(cell)
            if before is None:
                continue
            change = abs(number.value - int(before.value))
            if not before.shown and change < self.threshold:
                number.mark = number.mark or WITHHELD
            elif before.shown and 0 < change < self.threshold:
                number.mark = CHANGED
                number.around.add(int(before.value))

    def _hide_twins(self, tables: list[tuple[Section, Table]]) -> None:
        """Withhold a withheld number where it stands in a table that does not add up, too."""
        told = {number.value for number in self.numbers.values() if number.mark and number.value}
        for section, table in tables:
            for row in [] if table.adds_up else table.rows:
                number = self.places.get((section.code, table.code, row.key))
                if number and not number.mark and number.value in told:
                    number.mark = WITHHELD


def _rates(
    sections: Sequence[Section], threshold: int, earlier: Earlier, marks: Mapping[Cell, str]
) -> dict[Cell, str]:
    """Return the hours, days and per cent that are withheld.

    Those that rest on few cases; a share from which few, or a withheld number, can be worked out;
    and one that has changed since it was published while what it rests on hardly has.
    """
    hidden = {
        int(row.value)
        for section, table in _tables(sections)
        for row in table.rows
        if row.value is not None and marks.get((section.code, table.code, row.key))
    }
    found = {}
    for section, table in _tables(sections):
        for row in table.rows if table.people and table.unit != "count" else ():
            cell = (section.code, table.code, row.key)
            if row.value is None:
                continue
            if (
                (row.base or 0) < threshold
                or (table.unit == "percent" and _tells(row.value, row.base or 0, threshold, hidden))
                or any(_hardly_changed(c.get(cell), row, threshold) for c in earlier)
            ):
                found[cell] = WITHHELD
    return found


def _tells(percent: float, base: int, threshold: int, hidden: Iterable[int]) -> bool:
    part = round(percent * base / 100)
    return any(0 < one < threshold or one in hidden for one in (part, base - part) if one)


def _hardly_changed(before: Published | None, row: Row, threshold: int) -> bool:
    if before is None or row.value is None:
        return False
    near = abs((row.base or 0) - (before.base or 0)) < threshold
    return near and (not before.shown or abs(before.value - row.value) >= ONE_DIGIT)


def _tables(sections: Iterable[Section]) -> Iterator[tuple[Section, Table]]:
    return ((section, table) for section in sections for table in section.tables)


def _counts(table: Table) -> bool:
    return table.people and table.unit == "count"


def _total(table: Table) -> int:
    """Return what the rows of a table add up to: its own total, or their sum."""
    said = [row.value for row in table.rows if row.key == "total" and row.value is not None]
    rows = [row.value for row in table.rows if row.key != "total" and row.value is not None]
    return int(said[0] if said else sum(rows))
