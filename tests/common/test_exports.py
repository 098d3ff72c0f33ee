"""Sheets that no spreadsheet takes for a program, read a part at a time."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.exports import ROWS_AT_ONCE, csv_lines, csv_sheet, safe_cell, stream_csv
from common.scope import school_scope

STARTS = "=+-@\t\r\n＝＋－＠"


def read(content: bytes) -> list[list[str]]:
    """Return the rows of a sheet as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("plain", "plain"),
        ("", ""),
        (None, ""),
        (7, "7"),
        (-7, "'-7"),
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("  =1", "'  =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("'=1", "'=1"),
        ('"=1"', '"=1"'),
    ],
)
def test_cell_that_looks_like_a_formula_is_marked_as_text(value, cell):
    assert safe_cell(value) == cell


@given(st.text())
def test_no_cell_starts_like_a_formula_and_nothing_typed_is_lost(text):
    cell = safe_cell(text)
    assert not cell.startswith(tuple(STARTS))
    assert not cell.lstrip().startswith(tuple(STARTS))
    assert cell in (text, f"'{text}")


@given(st.lists(st.lists(st.text(alphabet="a=,;\"\n\r\t' "), min_size=2), max_size=4))
def test_cells_stay_in_their_cells(rows):
    assert read(csv_sheet(["a"], rows))[1:] == [[safe_cell(cell) for cell in row] for row in rows]


def test_sheet_begins_with_a_byte_order_mark_and_keeps_every_letter():
    content = csv_sheet(["Name"], [["Zoë"], ["Łukasz"], ["李"]])
    assert content.startswith(b"\xef\xbb\xbfName\r\n")
    assert read(content) == [["Name"], ["Zoë"], ["Łukasz"], ["李"]]


def test_lines_are_written_one_at_a_time():
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield [number]

    lines = csv_lines(rows())
    assert next(lines) == b"\xef\xbb\xbf0\r\n"
    assert asked == [0]
    assert list(lines) == [b"1\r\n", b"2\r\n"]


def test_stream_opens_a_scope_for_each_part_and_none_before(cast, django_assert_num_queries):
    keys = list(range(ROWS_AT_ONCE * 2 + 1))
    parts = []

    def read_part(part):
        parts.append(list(part))
        with school_scope(cast.school.pk):
            return [[key] for key in part if key % 2 == 0]

    with django_assert_num_queries(0):
        response = stream_csv(
            "list.csv", school_id=cast.school.pk, heading=["Key"], keys=keys, read=read_part
        )
    content = b"".join(response.streaming_content)
    assert [len(part) for part in parts] == [ROWS_AT_ONCE, ROWS_AT_ONCE, 1]
    assert read(content) == [["Key"], *([str(key)] for key in keys if key % 2 == 0)]
    assert response["Content-Disposition"] == 'attachment; filename="list.csv"'
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == (
        "nosniff",
        "private, no-store",
    )
