"""Rows as a workbook that a spreadsheet opens: texts stay texts, days and amounts are such."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.timezone import localtime


def workbook_of(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return an XLSX file of one sheet; what somebody typed is never taken for a formula.

    Rows are written as they come, so memory does not grow with them.
    """
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"constant_memory": True})
    sheet = book.add_worksheet()
    formats = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        Decimal: book.add_format({"num_format": "0.00"}),
    }
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for column, words in enumerate(heading):
        sheet.write_string(0, column, words, bold)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            _write(sheet, (number, column), value, formats)
    book.close()
    return written.getvalue()


def _write(sheet: Any, place: tuple[int, int], value: Any, formats: dict[type, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        moment = localtime(value).replace(tzinfo=None)
        sheet.write_datetime(*place, moment, formats[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, formats[date])
    elif isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        sheet.write_number(*place, value, formats.get(type(value)))
    else:
        sheet.write_string(*place, str(value))
