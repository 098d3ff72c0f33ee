"""What governors may see of exact figures: small numbers are withheld, and what would tell them.

REP-17. A count from 1 to one below the threshold is "few". It could still be worked out from a
total, so further numbers of its table are withheld until every withheld one has at least two
possible values for a reader who knows all that is shown and what each mark means. A number is the
same wherever it stands: a row of one table that is the total of another is withheld in both, and
so is a share that tells it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from common.sections import Row, Section, Table
from common.withholding import FEW, WITHHELD, Number, Withholding
from reports.identities import Sum, rows_that_add_up

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
    return _Figures(sections, threshold, earlier).marks()


@dataclass
class _Figures:
    """The figures about people of one period, as numbers that know each other."""

    sections: Sequence[Section]
    threshold: int
    earlier: Earlier
    totals: set[int] = field(default_factory=set)
    alike: set[str] = field(default_factory=set)
    numbers: dict[tuple[str, ...], Number] = field(default_factory=dict)
    places: dict[Cell, Number] = field(default_factory=dict)
    shares: dict[Cell, Number] = field(default_factory=dict)

    def marks(self) -> dict[Cell, str]:
        """Return what is withheld, with all that would tell it."""
        tables = [(s, t) for s in self.sections for t in s.tables if t.people]
        sums = {section.code: rows_that_add_up(section) for section in self.sections}
        self.totals = {_total(table) for _, table in tables if table.adds_up}
        self.totals |= {one.parts_together for found in sums.values() for one in found}
        self.alike = _keys_alike(tables)
        work = Withholding(self.threshold)
        for section, table in tables:
            if table.unit == "count":
                self._add_counts(section, table, work)
            elif table.unit == "percent":
                for row in _parts(table):
                    cell = (section.code, table.code, row.key)
                    self.shares[cell] = self._number(table, row.key, int(row.part or 0))
        for found in sums.values():
            for one in found:
                self._add_sum(one, work)
        for cell, number in self.places.items():
            self._mark(cell, number)
        self._mark_shares(tables)
        work.add_numbers(self.numbers.values())
        work.protect()
        return self._told(tables)

    def _number(self, table: Table, key: str, value: int) -> Number:
        """Return the number of a row.

        It is a total's own when it is as large, the same for all rows of a key that says the same
        everywhere, and else its own. Two that are equal by chance are withheld together, which
        costs a figure and never tells one.
        """
        if value in self.totals and value >= self.threshold:
            name: tuple[str, ...] = ("total", str(value))
        elif key in self.alike:
            name = ("key", key)
        else:
            name = ("row", str(id(table)), key)
        return self.numbers.setdefault(name, Number(value))

    def _add_counts(self, section: Section, table: Table, work: Withholding) -> None:
        parts = []
        for row in _rows(table):
            number = self._number(table, row.key, int(row.value or 0))
            self.places[section.code, table.code, row.key] = number
            parts.append(number)
        if not table.adds_up:
            return
        value = _total(table)
        whole = self.numbers.setdefault(("total", str(value)), Number(value))
        if any(row.key == "total" and row.value is not None for row in table.rows):
            self.places[section.code, table.code, "total"] = whole
        if 0 < value < self.threshold:
            whole.mark = FEW  # nobody is told how few, even where no table shows the total
        work.add_group(parts, whole, is_table=True)

    def _add_sum(self, one: Sum, work: Withholding) -> None:
        """Add that each row of a table is the sum of the same rows of others, as far as it is."""
        beside = [
            (table, {row.key: int(row.value or 0) for row in _rows(table)}) for table in one.tables
        ]
        if one.shares:
            told = {row.key: int(row.part or 0) for row in _parts(one.shares)}
            beside.append((one.shares, told))
            parts = [self._number(one.shares, key, value) for key, value in told.items()]
            name = ("total", str(one.parts_together))
            whole = self.numbers.setdefault(name, Number(one.parts_together))
            work.add_group(parts, whole, is_table=False)
        for row in _rows(one.whole):
            parts = [
                self._number(table, row.key, found[row.key])
                for table, found in beside
                if row.key in found
            ]
            whole = self._number(one.whole, row.key, int(row.value or 0))
            work.add_group(parts, whole, is_table=False)

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

    def _mark_shares(self, tables: list[tuple[Section, Table]]) -> None:
        """Take it that nothing is known of what a withheld share counts, if no table says it."""
        counted = set(self.places.values())
        for section, table in tables:
            for row in _parts(table):
                cell = (section.code, table.code, row.key)
                number = self.shares.get(cell)
                if number and number not in counted and self._tells(cell, table, row, set()):
                    number.mark, number.loose = WITHHELD, True

    def _told(self, tables: list[tuple[Section, Table]]) -> dict[Cell, str]:
        """Return the marks of all cells: those of their numbers, twins of a withheld one, rates."""
        hidden = {number.value for number in self.numbers.values() if number.mark and number.value}
        found = {cell: number.mark for cell, number in self.places.items() if number.mark}
        for section, table in tables:
            for row in () if table.adds_up and table.unit == "count" else table.rows:
                cell = (section.code, table.code, row.key)
                if row.value is None or cell in found:
                    continue
                if table.unit == "count":
                    withheld = row.value in hidden
                else:
                    withheld = self._tells(cell, table, row, hidden)
                if withheld:
                    found[cell] = WITHHELD
        return found

    def _tells(self, cell: Cell, table: Table, row: Row, hidden: set[int]) -> bool:
        """Return whether hours, days or a share are withheld.

        Those that rest on few cases; a share from which few, or a withheld number, can be worked
        out; and one that has changed since it was published while what it rests on hardly has.
        """
        if (row.base or 0) < self.threshold:
            return True
        if any(_hardly_changed(column.get(cell), row, self.threshold) for column in self.earlier):
            return True
        if table.unit != "percent":
            return False
        number = self.shares.get(cell)
        return bool(number and number.mark) or any(
            0 < one < self.threshold or one in hidden for one in _told_by(row) if one
        )


def _keys_alike(tables: Iterable[tuple[Section, Table]]) -> set[str]:
    """Return the keys whose rows say the same number, not 0, wherever they stand."""
    said: dict[str, set[int]] = {}
    for _, table in tables:
        if table.unit == "count":
            for row in _rows(table):
                said.setdefault(row.key, set()).add(int(row.value or 0))
        for row in _parts(table):
            said.setdefault(row.key, set()).add(int(row.part or 0))
    return {key for key, values in said.items() if len(values) == 1 and values != {0}}


def _told_by(row: Row) -> Iterator[int]:
    """Yield how many a share is of its base, and how many not; rounded either way if not said."""
    base = row.base or 0
    exact = (row.value or 0) * base / 100
    for part in {row.part} if row.part is not None else {int(exact), -int(-exact // 1)}:
        yield part
        yield base - part


def _hardly_changed(before: Published | None, row: Row, threshold: int) -> bool:
    if before is None or row.value is None:
        return False
    near = abs((row.base or 0) - (before.base or 0)) < threshold
    return near and (not before.shown or abs(before.value - row.value) >= ONE_DIGIT)


def _rows(table: Table) -> Iterable[Row]:
    """Return the rows of a table that say something, without its total."""
    kept = (row for row in table.rows if row.value is not None)
    return [row for row in kept if not (table.adds_up and row.key == "total")]


def _parts(table: Table) -> list[Row]:
    return [row for row in table.rows if row.value is not None and row.part is not None]


def _total(table: Table) -> int:
    """Return what the rows of a table add up to: its own total, or their sum."""
    said = [row.value for row in table.rows if row.key == "total" and row.value is not None]
    return int(said[0] if said else sum(int(row.value or 0) for row in _rows(table)))
