"""The rows of a file: clean values or reasons, and the numbers by which people are known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from common.clean_text import tidy
from common.errors import Refusal
from people.imports.cells import BadCell
from people.imports.columns import Field
from people.imports.reading import Table

# The number of a person in the school's MIS; for a carer, followed by the pupil's.
Key = tuple[str, ...]
Values = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """A row of the file whose cells are all good."""

    number: int
    key: Key
    values: Values


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be taken, and why."""

    number: int
    name: str
    reasons: tuple[str, ...]


def clean_rows(
    fields: Sequence[Field],
    key_fields: Sequence[str],
    table: Table,
    columns: Mapping[str, str],
    today: date,
) -> tuple[list[Row], list[BadRow]]:
    """Return the good rows, and the bad ones each with every reason against it."""
    places = {name: table.headings.index(heading) for name, heading in columns.items()}
    present = [field for field in fields if field.name in places]
    rows, bad = [], []
    for number, cells in table.rows:
        if len(cells) != len(table.headings):
            reason = f"has {len(cells)} cells where there are {len(table.headings)} headings"
            bad.append(BadRow(number, "", (f"The row {reason}.",)))
            continue
        values, reasons = _clean_cells(present, places, cells, today)
        if reasons:
            bad.append(BadRow(number, name_of(values), tuple(reasons)))
        else:
            key = tuple(values[name] for name in key_fields)
            rows.append(Row(number, key, values))
    return rows, bad


def _clean_cells(
    fields: Sequence[Field], places: Mapping[str, int], cells: Sequence[str], today: date
) -> tuple[Values, list[str]]:
    values: Values = {}
    reasons = []
    for one in fields:
        cell = cells[places[one.name]]
        try:
            values[one.name] = one.clean(cell, today)
        except BadCell as bad:
            reasons.append(f"{one.label} “{_shortened(cell)}” {bad}.")
            continue
        if one.required and values[one.name] in ("", None):
            reasons.append(f"{one.label} is missing.")
    joined, left = values.get("joined_date"), values.get("left_date")
    if joined and left and left < joined:
        reasons.append("The leaving date is before the starting date.")
    return values, reasons


def typed_keys(
    key_fields: Sequence[str], table: Table, columns: Mapping[str, str]
) -> list[tuple[int, Key]]:
    """Return the number and key of every row that has one, good or bad."""
    places = [table.headings.index(columns[name]) for name in key_fields]
    typed = [
        (number, tuple(tidy(cells[place]) for place in places))
        for number, cells in table.rows
        if len(cells) > max(places)
    ]
    return [(number, key) for number, key in typed if all(key)]


def refuse_twice(keys: Sequence[tuple[int, Key]]) -> None:
    """Refuse a file with one number in two rows, naming the rows."""
    first: dict[Key, int] = {}
    twice = []
    for number, key in keys:
        if key in first:
            twice.append(f"{' with '.join(key)[:80]} (rows {first[key]} and {number})")
        first.setdefault(key, number)
    if twice:
        more = f", and {len(twice) - 5} more" if len(twice) > 5 else ""
        raise Refusal(
            f"These numbers are in the file twice: {', '.join(twice[:5])}{more}. "
            "Nobody can tell which row is right. Correct the export, or choose another column."
        )


def name_of(values: Mapping[str, Any]) -> str:
    """Return the name in a row."""
    return f"{values.get('given_name', '')} {values.get('family_name', '')}".strip()


def _shortened(cell: str) -> str:
    shown = "".join(letter if letter.isprintable() else "·" for letter in cell)
    return f"{shown[:40]}…" if len(shown) > 40 else shown
