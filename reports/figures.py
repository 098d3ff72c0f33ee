"""The figures of a report: up to three periods side by side, with what governors may not see.

They are plain JSON from the start, so that a report is drawn from the same thing while it is
written and for ever after it was issued (REP-02, leap 10).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date
from typing import Any

from common.sections import Period, Row, Section, Table
from reports.audiences import Audience
from reports.suppression import WITHHELD, Cell, Earlier, Published, suppressed

FORMAT = 1
SAME_DAYS = "same_days_alone"  # marks figures that are compared for the very same days alone
Figures = dict[str, Any]
Column = tuple[Period, Sequence[Section]]


def compose(columns: Sequence[Column], threshold: int, issued: Iterable[Figures] = ()) -> Figures:
    """Return the exact figures of some periods with the mark of each that governors do not see.

    The first period is the report's own and its rows keep their order; each row has a value for
    every period. ``issued`` are the figures of reports governors have read already: no
    difference to them may tell what is withheld (REP-17).
    """
    before = list(issued)
    marks = [
        suppressed(sections, threshold, earlier_of(period, before)) for period, sections in columns
    ]
    order: dict[str, Section] = {}
    for _, sections in columns:
        for section in sections:
            order.setdefault(section.code, section)
    return {
        "format": FORMAT,
        "threshold": threshold,
        "periods": [
            {"start": str(period.start), "end": str(period.end), "label": period.label}
            for period, _ in columns
        ],
        "sections": [
            {
                "code": section.code,
                "title": section.title,
                "lead": section.lead,
                "tables": _tables(section.code, columns, marks),
            }
            for section in order.values()
        ],
    }


def _tables(
    code: str, columns: Sequence[Column], marks: Sequence[Mapping[Cell, str]]
) -> list[dict[str, Any]]:
    """Return the tables of one section over all periods."""
    found = [
        {
            table.code: table
            for section in sections
            if section.code == code
            for table in section.tables
        }
        for _, sections in columns
    ]
    first = {name: table for tables in reversed(found) for name, table in tables.items()}
    order = dict.fromkeys(name for tables in found for name in tables)
    return [
        {
            "code": name,
            "title": first[name].title,
            "heading": first[name].heading,
            "unit": first[name].unit,
            "adds_up": first[name].adds_up,
            "chart": first[name].chart,
            "note": first[name].note,
            "rows": _rows((code, name), [tables.get(name) for tables in found], marks),
        }
        for name in order
    ]


def _rows(
    place: tuple[str, str], tables: Sequence[Table | None], marks: Sequence[Mapping[Cell, str]]
) -> list[dict[str, Any]]:
    """Return the rows of one table over all periods; the total stays the last one.

    Where all rows of a period are withheld, so are those it does not name: they are 0.
    """
    found: list[dict[str, Row]] = [
        {row.key: row for row in table.rows} if table else {} for table in tables
    ]
    keys = _in_one_order([list(rows) for rows in found])
    first = {key: row for rows in reversed(found) for key, row in rows.items()}
    hidden = [
        bool(rows) and all(column.get((*place, key)) == WITHHELD for key in rows if key != "total")
        for rows, column in zip(found, marks, strict=True)
    ]
    return [
        {
            "key": key,
            "label": first[key].label,
            "url": found[0][key].url if key in found[0] else "",
            "power": first[key].power,
            "values": [_value(key, table, rows) for table, rows in zip(tables, found, strict=True)],
            "bases": [rows[key].base if key in rows else None for rows in found],
            "marks": [
                column.get((*place, key), WITHHELD if whole and key not in rows else "")
                for column, rows, whole in zip(marks, found, hidden, strict=True)
            ],
        }
        for key in sorted(keys, key=lambda key: key == "total")
    ]


def _in_one_order(columns: Iterable[list[str]]) -> list[str]:
    """Return the keys of all periods: the first one's, others before what follows them there."""
    keys: list[str] = []
    for column in columns:
        for place, key in enumerate(column):
            if key not in keys:
                later = (keys.index(one) for one in column[place:] if one in keys)
                keys.insert(next(later, len(keys)), key)
    return keys


def _value(key: str, table: Table | None, rows: Mapping[str, Row]) -> float | None:
    """Return a value as it is published: whole, or with one digit after the point.

    A count that a period does not name is 0; anything else it does not name is not known.
    """
    if key not in rows:
        return 0 if table and table.unit == "count" else None
    value = rows[key].value
    if value is None:
        return None
    return int(value) if value == int(value) else round(float(value), 1)


def earlier_of(period: Period, issued: Iterable[Figures]) -> Earlier:
    """Return what reports have said of a period already, or of one that lies inside it or round it.

    The difference to another span of days is the count of the days between, so what was shown of
    those is looked at too; what was withheld of them says nothing here.
    """
    found: list[dict[Cell, Published]] = []
    for figures in issued:
        for place, said in enumerate(figures["periods"]):
            start, end = date.fromisoformat(said["start"]), date.fromisoformat(said["end"])
            same = (start, end) == (period.start, period.end)
            if figures.get(SAME_DAYS) and not same:
                continue
            inside = period.start <= start and end <= period.end
            if same or inside or (start <= period.start and period.end <= end):
                found.append(_published(figures, place, hidden_too=same))
    return found


def _published(figures: Figures, place: int, *, hidden_too: bool) -> dict[Cell, Published]:
    return {
        (section["code"], table["code"], row["key"]): Published(
            row["values"][place], row["bases"][place], shown=not row["marks"][place]
        )
        for section in figures["sections"]
        for table in section["tables"]
        for row in table["rows"]
        if row["values"][place] is not None and (hidden_too or not row["marks"][place])
    }


def seal_of(report: Any) -> str:
    """Return the SHA-256 of everything an issued report says, as canonical JSON.

    The order of keys, the spaces and the moment's zone are fixed, so that the same report gives
    the same hash on any machine, at any time.
    """
    said = {
        "label": report.label,
        "start": str(report.period_start),
        "end": str(report.period_end),
        "edition": report.edition,
        "reason": report.reason,
        "lead_words": report.lead_words,
        "head_words": report.head_words,
        "issued_at": report.issued_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "trail": [report.trail_sequence, report.trail_hash],
        "figures": report.figures,
    }
    if report.audience != Audience.GOVERNORS:  # what was sealed before others had reports stays so
        said |= {"audience": report.audience, "recipient": report.recipient}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
