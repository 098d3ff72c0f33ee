"""Turn the first sheet of an XLSX workbook into CSV, or refuse it with a sentence.

A workbook is a zip of XML. Nothing in it is run or fetched: parts are bounded in size, and one
with a document type, which could define entities, is refused.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree as Xml

from common.errors import Refusal

MOST_BYTES = 60 * 1024 * 1024
PIECE = 1024 * 1024
MOST_COLUMNS = 200
MOST_ROWS = 45_000
MAGIC = b"PK\x03\x04"
UNREADABLE = "This workbook cannot be read. Open it, save it as “CSV UTF-8”, and bring that in."
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, Xml.ParseError, RuntimeError),
    *(KeyError, IndexError, ValueError, OverflowError, StopIteration),
)
# Formats of numbers that are built in and show a date; others say so by their letters.
_DATE_FORMATS = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}
_NOT_LETTERS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def is_workbook(content: bytes) -> bool:
    """Return whether a file is an XLSX workbook rather than text."""
    return content[:4] == MAGIC


def as_csv(content: bytes) -> bytes:
    """Return the first sheet of a workbook as CSV; rows keep the numbers they have in it.

    Refuses what is no workbook, is too large when unpacked, or holds a document type.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            book = _Book(parts)
            return _written(book.rows())
    except BROKEN as error:
        raise Refusal(UNREADABLE) from error


class _Book:
    """The parts of a workbook that matter: its texts, which formats are dates, its first sheet."""

    def __init__(self, parts: zipfile.ZipFile) -> None:
        self.parts = parts
        self.left = MOST_BYTES
        book = self._tree("xl/workbook.xml")
        sheet = next(_named(book, "sheet"))
        key = next(value for name, value in sheet.items() if name.endswith("}id"))
        links = self._tree("xl/_rels/workbook.xml.rels")
        target = next(link for link in links if link.get("Id") == key).get("Target", "")
        self.sheet = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        properties = next(_named(book, "workbookPr"), None)
        late = properties is not None and properties.get("date1904") in {"1", "true"}
        self.epoch = datetime(1904, 1, 1) if late else datetime(1899, 12, 30)  # noqa: DTZ001
        self.texts = self._texts()
        self.dates = self._date_styles()

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows of the first sheet with their numbers."""
        number = 0
        for row in self._row_elements():
            number = int(row.get("r") or number + 1)
            if number > MOST_ROWS:
                raise Refusal("This workbook has too many rows. Bring in a part at a time.")
            cells: list[str] = []
            for cell in row:
                column = _column(cell.get("r", ""), len(cells))
                cells += [""] * (column - len(cells))
                cells.append(self._value(cell))
            yield number, cells

    def _value(self, cell: Xml.Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text_of(cell)
        held = next((one.text or "" for one in cell if one.tag.endswith("}v")), "")
        if kind == "s":
            return self.texts[int(held)]
        if kind == "b":
            return "yes" if held == "1" else "no"
        if kind == "n" and held and int(cell.get("s", "0")) in self.dates:
            return self._day(float(held))
        if kind == "n" and held:
            number = float(held)
            return f"{number:.0f}" if number.is_integer() else f"{number:.10g}"
        return held

    def _day(self, serial: float) -> str:
        if not 0 <= serial < 200_000:
            raise ValueError("no date")
        return f"{self.epoch + timedelta(days=int(serial)):%Y-%m-%d}"

    def _texts(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self.parts.namelist():
            return []
        return [_text_of(one) for one in _named(self._tree("xl/sharedStrings.xml"), "si")]

    def _date_styles(self) -> set[int]:
        if "xl/styles.xml" not in self.parts.namelist():
            return set()
        tree = self._tree("xl/styles.xml")
        own = {
            int(one.get("numFmtId", "0")): _NOT_LETTERS.sub("", one.get("formatCode", ""))
            for one in _named(tree, "numFmt")
        }
        dates = _DATE_FORMATS | {key for key, code in own.items() if re.search(r"[dmy]", code)}
        styles: Iterable[Xml.Element] = next(_named(tree, "cellXfs"), [])
        return {place for place, one in enumerate(styles) if int(one.get("numFmtId", "0")) in dates}

    def _row_elements(self) -> Iterator[Xml.Element]:
        """Yield the rows one by one and forget each, so that a long sheet fits into memory."""
        text = self._text(self.sheet)
        parser: Xml.XMLPullParser[Any] = Xml.XMLPullParser(["end"])
        for start in range(0, len(text), PIECE):
            parser.feed(text[start : start + PIECE])
            for event in parser.read_events():
                element = event[-1]
                if isinstance(element, Xml.Element) and element.tag.endswith("}row"):
                    yield element
                    element.clear()
        parser.close()

    def _tree(self, name: str) -> Xml.Element:
        return Xml.fromstring(self._text(name))  # noqa: S314  no document type, so no entities

    def _text(self, name: str) -> str:
        """Read one part as text, so that no declared encoding hides anything in it."""
        with self.parts.open(name) as part:
            held = part.read(self.left + 1)
        self.left -= len(held)
        if self.left < 0:
            raise Refusal("This workbook is too large when unpacked. Bring in a part at a time.")
        text = held.decode("utf-8-sig")
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise Refusal(UNREADABLE)
        return text


def _named(tree: Xml.Element, name: str) -> Iterator[Xml.Element]:
    return (one for one in tree.iter() if one.tag.rpartition("}")[2] == name)


def _text_of(element: Xml.Element) -> str:
    """Return the text of a cell, without the readings that stand over it in some scripts."""
    pieces = []
    for one in element:
        if one.tag.endswith("}rPh"):
            continue
        pieces.append(one.text or "" if one.tag.endswith("}t") else _text_of(one))
    return "".join(pieces)


def _column(place: str, following: int) -> int:
    """Return the number of a cell's column, from 0; that after the last where it does not say."""
    found = _PLACE.fullmatch(place)
    if found is None:
        return following
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    if number > MOST_COLUMNS or number - 1 < following:
        raise ValueError("a cell out of place")
    return number - 1


def _written(rows: Iterator[tuple[int, list[str]]]) -> bytes:
    """Return rows as CSV; a row that the workbook leaves out is an empty one.

    Nor does a workbook hold the empty cells at the end of a row: each is as long as the first.
    """
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    following, width = 1, 0
    for number, cells in rows:
        width = width or len(cells)
        for _ in range(following, number):
            writer.writerow([])
        writer.writerow([*cells, *[""] * (width - len(cells))])
        following = number + 1
    return sheet.getvalue().encode()
