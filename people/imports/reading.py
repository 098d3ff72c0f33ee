"""Turn an uploaded file into headings and rows, or refuse it with a sentence."""

import csv
import io
import re
from dataclasses import dataclass

from common.errors import Refusal

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 100
DELIMITERS = ",;\t"

# What text of a British school saved by an older program may hold beside ASCII.
_WESTERN = re.compile(r"[\x00-\x7f£€‘’“”–—…À-ÖØ-öø-ÿŠšŽžŒœŸ]*")
_DATA_NOT_HEADING = re.compile(r"\d+|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|[^@\s]+@[^@\s]+\.[^@\s]+")
_TOO_LONG = f"This file has more than {MAX_ROWS:,} rows. Bring in a part at a time."
_AGAIN = "Export it again as “CSV UTF-8”."


@dataclass(frozen=True)
class Table:
    """A file's headings and its rows, each with the number a spreadsheet shows for it."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_table(content: bytes) -> Table:
    """Return headings and rows; refuses whatever is not plainly a table of text (ROL-29)."""
    if len(content) > MAX_BYTES:
        raise Refusal(
            "This file is larger than 5 MB. An export of people is never that large: "
            "check that it is the right file."
        )
    text = _decode(content)
    records = _records(text)
    if not records:
        raise Refusal("This file is empty.")
    headings = _headings(records[0][1])
    rows = tuple(
        (number, _trimmed(cells, len(headings))) for number, cells in records[1:] if any(cells)
    )
    if not rows:
        raise Refusal("This file has headings but no rows under them.")
    if len(rows) > MAX_ROWS:
        raise Refusal(_TOO_LONG)
    return Table(headings, rows)


def _decode(content: bytes) -> str:
    if content[:4] == b"PK\x03\x04" or content[:4] == b"\xd0\xcf\x11\xe0":
        raise Refusal("This is a workbook, not a CSV file. Open it and save it as “CSV UTF-8”.")
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise Refusal(f"This file is saved as UTF-16, which cannot be read here. {_AGAIN}")
    if b"\x00" in content:
        raise Refusal(f"This is not a file of text. {_AGAIN}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _decode_western(content)
    if "\ufffd" in text:
        raise Refusal(f"Letters were lost when this file was saved. {_AGAIN}")
    return text


def _decode_western(content: bytes) -> str:
    """Read Windows' old Western encoding, but only text that can be nothing else."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        text = "\x81"
    if not _WESTERN.fullmatch(text):
        raise Refusal(f"The letters in this file cannot be read with certainty. {_AGAIN}")
    return text


def _records(text: str) -> list[tuple[int, list[str]]]:
    first_line = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(reader, 1):
            records.append((number, [cell.strip(" ") for cell in cells]))
            if number > MAX_ROWS * 2:  # mostly empty rows, but they cost memory all the same
                raise Refusal(_TOO_LONG)
    except csv.Error as error:
        row = len(records) + 1
        if "field limit" in str(error):
            raise Refusal(f"Row {row} has a cell too long to be read.") from None
        raise Refusal(
            f"Row {row} is not proper CSV: a quotation mark stands where none can. {_AGAIN}"
        ) from None
    return records


def _headings(cells: list[str]) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells.pop()
    if not cells or any(_DATA_NOT_HEADING.fullmatch(cell) for cell in cells):
        raise Refusal("The first row of this file has to hold the headings of its columns.")
    if len(cells) > MAX_COLUMNS:
        raise Refusal(f"This file has more than {MAX_COLUMNS} columns. Export fewer.")
    if "" in cells:
        raise Refusal(f"Column {cells.index('') + 1} has no heading. Give every column one.")
    if any(len(cell) > 80 or not cell.isprintable() for cell in cells):
        raise Refusal("A heading is longer than 80 characters or has a hidden character in it.")
    seen: set[str] = set()
    for cell in cells:
        if cell.casefold() in seen:
            raise Refusal(f"Two columns are headed “{cell}”. Give every column its own heading.")
        seen.add(cell.casefold())
    return tuple(cells)


def _trimmed(cells: list[str], width: int) -> tuple[str, ...]:
    """Drop empty cells beyond the headings; a row that is still too long or short shows later."""
    while len(cells) > width and not cells[-1]:
        cells.pop()
    return tuple(cells)
