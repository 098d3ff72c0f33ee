"""Turn an export of a monitoring product into alerts, with each bad row and why (FIL-14)."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath

import filetype
from django.core.files.uploadedfile import UploadedFile

from common.errors import Refusal
from common.file_checks import clean_name
from filtering.intake.items import ItemReader
from filtering.intake.writing import Reported
from filtering.models import AlertSource
from people.imports.reading import DELIMITERS

MOST_ROWS = 50_000
ENDINGS = {".csv", ".txt", ".tsv"}
SHOWN_HEADINGS = 12
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_AGAIN = "Export it again as “CSV UTF-8”."


@dataclass
class Export:
    """What a file held: alerts, and remarks on rows by number, reason and whether they are kept."""

    reported: list[Reported] = field(default_factory=list)
    remarks: list[dict[str, str | int | bool]] = field(default_factory=list)

    def remark(self, row: int, reason: str, *, kept: bool) -> None:
        """Note something about a row."""
        self.remarks.append({"row": row, "reason": reason, "kept": kept})


def check_export(source: AlertSource, upload: UploadedFile) -> tuple[str, bytes]:
    """Return the name and content of an upload that can be read.

    Refuses what is empty, too large, no table of text, or without the columns the source names.
    """
    name, size = clean_name(upload.name or ""), upload.size or 0
    most = source.school.setting("alert_megabytes")
    if not size:
        raise Refusal(f"“{name}” is empty.")
    if size > most * 1024 * 1024:
        raise Refusal(f"“{name}” is larger than {most} MB. Export fewer days at a time.")
    content = upload.read()
    if PurePath(name).suffix.lower() not in ENDINGS or filetype.guess(content):
        raise Refusal(f"“{name}” is not a CSV file. {_AGAIN}")
    next(_rows(content), None)
    _places(source, content)
    return name, content


def read_export(source: AlertSource, content: bytes, *, at: datetime) -> Export:
    """Return the alerts of an export; columns that the source does not name are not looked at.

    Refuses a file with more than 50,000 rows, and whatever ``check_export`` refuses.
    """
    places, width = _places(source, content)
    reader, export = ItemReader(source, at), Export()
    for number, cells in _rows(content):
        if number == 1 or not any(cells):
            continue
        if number > MOST_ROWS:
            raise Refusal(f"This file has more than {MOST_ROWS:,} rows. Export fewer days.")
        if any(cell.strip() for cell in cells[width:]):
            export.remark(number, "It has more cells than there are headings.", kept=False)
            continue
        values = {
            name: cells[place].strip() for name, place in places.items() if place < len(cells)
        }
        try:
            reported, remarks = reader.read(values)
        except Refusal as refusal:
            export.remark(number, str(refusal), kept=False)
            continue
        export.reported.append(reported)
        for remark in remarks:
            export.remark(number, remark, kept=True)
    return export


def _places(source: AlertSource, content: bytes) -> tuple[dict[str, int], int]:
    """Return where each of our fields stands in a row, and how many headings there are."""
    _, headings = next(_rows(content), (1, []))
    known = {heading.strip().casefold(): place for place, heading in enumerate(headings)}
    places = {
        name: known[column.strip().casefold()]
        for name, column in source.columns.items()
        if column and column.strip().casefold() in known
    }
    if "happened_at" not in places:
        there = ", ".join(f"“{one.strip()[:40]}”" for one in headings[:SHOWN_HEADINGS])
        raise Refusal(
            f"There is no column “{source.columns.get('happened_at', '')}”, which holds the date "
            f"and time. The first row has {there or 'nothing'}. Choose another source, or change "
            "what this one calls its columns."
        )
    return places, len(headings)


def _rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(content)
    first_line = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first_line.count)
    number = 0
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        for number, cells in enumerate(lines, 1):
            yield number, cells
    except csv.Error:
        raise Refusal(f"Row {number + 1} cannot be read as CSV. {_AGAIN}") from None


def _decoded(content: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 with its mark, or Windows' old Western letters."""
    marked = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            break
        return text
    raise Refusal(f"This is not a file of text. {_AGAIN}")
