"""Draw a report's figures: as they are for leaders, with small numbers withheld for governors."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from common.charts import Bar, BarChart, bar_chart
from common.withholding import WITHHELD, words_of
from reports.figures import Figures

UNITS = {"percent": "%", "hours": " hours", "days": " days"}
UNIT_WORDS = {"count": "Number", "percent": "Per cent", "hours": "Hours", "days": "Days"}
NOTHING = "–"
TOO_FEW = "There were too few to show them apart."

Row = dict[str, Any]

# Parts of the product that have something to tell, as a reader knows them.
AREAS = {
    "incidents": "Incidents",
    "filtering": "Filtering and monitoring",
    "agreements": "Agreements and consents",
    "policies": "Policies",
    "reminders": "Duties",
    "training": "Training",
    "assets": "Equipment and its disposal",
    "information": "Data protection",
}


@dataclass(frozen=True)
class ShownRow:
    """One row: its words, where those allowed may look, and a text for each period."""

    label: str
    url: str
    cells: list[str]
    total: bool


@dataclass(frozen=True)
class Chart:
    """The bars of a table's first period, each with the text that stands at its end."""

    drawing: BarChart
    bars: list[tuple[Bar, str]]


@dataclass(frozen=True)
class ShownTable:
    """One table as it is drawn; ``key`` names it in addresses."""

    key: str
    title: str
    heading: str
    unit: str
    note: str
    columns: list[str]
    rows: list[ShownRow]
    chart: Chart | None

    @property
    def name(self) -> str:
        """Return what the table is called inside the page."""
        return f"table-{self.key.replace('.', '-')}"

    @property
    def tells_nothing_apart(self) -> bool:
        """Return whether all that is left of it is a total."""
        return bool(self.rows) and all(row.total for row in self.rows)


@dataclass(frozen=True)
class ShownSection:
    """The part of one app as it is drawn."""

    code: str
    title: str
    lead: str
    tables: list[ShownTable]
    empty: bool

    @property
    def told(self) -> list[ShownTable]:
        """Return the tables that are drawn."""
        return [table for table in self.tables if not table.tells_nothing_apart]

    @property
    def only_totals(self) -> list[ShownTable]:
        """Return the tables of which a line is enough."""
        return [table for table in self.tables if table.tells_nothing_apart]


def shown_sections(
    figures: Figures, *, exact: bool, may: Callable[[str], bool] = lambda _power: False
) -> list[ShownSection]:
    """Return the sections of a report to draw.

    Without ``exact`` no figure that is withheld reaches the page, in words, in a chart or as a
    link. ``may`` says which links a person can follow.
    """
    return [
        ShownSection(
            section["code"],
            section["title"],
            section["lead"],
            [_table(figures, section["code"], table, exact, may) for table in section["tables"]],
            empty=not any(
                any(row["values"]) or any(row["marks"])
                for table in section["tables"]
                for row in table["rows"]
            ),
        )
        for section in figures["sections"]
    ]


def _table(
    figures: Figures, code: str, table: dict[str, Any], exact: bool, may: Callable[[str], bool]
) -> ShownTable:
    kept = table["rows"] if exact else named_rows(table)
    rows = [
        ShownRow(
            label=row["label"],
            url=row["url"] if row["url"] and row["power"] and may(row["power"]) else "",
            cells=[
                cell_words(figures, table["unit"], row, place, exact)
                for place in range(len(figures["periods"]))
            ],
            total=row["key"] == "total",
        )
        for row in kept
    ]
    key = f"{code}.{table['code']}"
    return ShownTable(
        key=key,
        title=table["title"],
        heading=table["heading"],
        unit=table["unit"],
        note=table["note"] if len(kept) == len(table["rows"]) else f"{table['note']} {TOO_FEW}",
        columns=[period["label"] for period in figures["periods"]],
        rows=rows,
        chart=_chart(key, table, kept, rows, exact) if table["chart"] else None,
    )


def cell_words(figures: Figures, unit: str, row: dict[str, Any], place: int, exact: bool) -> str:
    """Return what stands in a cell: the figure, or why it does not."""
    mark, value = row["marks"][place], row["values"][place]
    if mark and not exact:
        return words_of(mark, figures["threshold"])
    return NOTHING if value is None else f"{value}{UNITS.get(unit, '')}"


def named_rows(table: dict[str, Any]) -> list[Row]:
    """Return the rows of a table whose words may be shown to governors.

    An app may name only what occurred. In a period whose rows are all withheld, a row that no
    other period tells anything of would say that it did, so it is left out.
    """
    rows: list[Row] = table["rows"]
    parts = [row["marks"] for row in rows if row["key"] != "total"]
    hidden = [all(mark == WITHHELD for mark in marks) for marks in zip(*parts, strict=True)]
    if not table["adds_up"]:
        return rows
    return [row for row in rows if row["key"] == "total" or not _only_hidden(row, hidden)]


def _only_hidden(row: Row, hidden: list[bool]) -> bool:
    return any(hidden) and all(
        whole or mark or not value
        for whole, mark, value in zip(hidden, row["marks"], row["values"], strict=True)
    )


def _chart(
    key: str, table: dict[str, Any], kept: list[Row], rows: list[ShownRow], exact: bool
) -> Chart | None:
    """Return bars of the report's own period; what is withheld has a bar of no length.

    None when there would be no bar at all.
    """
    pairs = [
        (row, shown.cells[0])
        for row, shown in zip(kept, rows, strict=True)
        if row["key"] != "total" and row["values"][0] is not None
    ]
    lengths = [
        (row["label"], 0 if row["marks"][0] and not exact else row["values"][0]) for row, _ in pairs
    ]
    if not any(length for _, length in lengths):
        return None
    drawing = bar_chart(key.replace(".", "-"), table["title"], table["heading"], lengths)
    return Chart(drawing, [(bar, text) for bar, (_, text) in zip(drawing.bars, pairs, strict=True)])


def anything_withheld(figures: Figures) -> bool:
    """Return whether governors see less than everything of a report."""
    return any(
        any(row["marks"])
        for section in figures["sections"]
        for table in section["tables"]
        for row in table["rows"]
    )


def silent_areas(figures: Figures, labels: set[str]) -> list[str]:
    """Return the parts of the product that tell nothing in a report.

    Those that are not in use yet (``labels`` are the apps with a part in reports), and sections in
    which nothing was counted.
    """
    empty = [
        section["title"]
        for section in figures["sections"]
        if not any(row["values"][0] for table in section["tables"] for row in table["rows"])
    ]
    return [words for label, words in AREAS.items() if label not in labels] + empty


def sheet_rows(figures: Figures, *, exact: bool, table_key: str = "") -> list[list[str]]:
    """Return the tables of a report as the rows of a sheet, all or one of them (REP-15)."""
    return [
        [
            section["title"],
            table["title"],
            UNIT_WORDS[table["unit"]],
            row["label"],
            *(
                cell_words(figures, "", row, place, exact)
                for place in range(len(figures["periods"]))
            ),
        ]
        for section in figures["sections"]
        for table in section["tables"]
        if table_key in ("", f"{section['code']}.{table['code']}")
        for row in (table["rows"] if exact else named_rows(table))
    ]


def sheet_heading(figures: Figures) -> list[str]:
    """Return the heading of the sheet of a report."""
    return ["Part", "Table", "Unit", "Row", *(period["label"] for period in figures["periods"])]
