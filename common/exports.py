"""Lists taken out as a file that a spreadsheet opens without being tricked (REP-15)."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from common.pages import page_url
from common.requests import SchoolRequest
from common.scope import school_scope

# What a spreadsheet takes for the start of a formula, in half and full width.
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as something else
ROWS_AT_ONCE = 500


def safe_cell(value: Any) -> str:
    """Return a value as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    risky = text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS)
    return f"'{text}" if risky else text


def csv_lines(rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield rows as the lines of a CSV file for spreadsheets, one at a time."""
    line = io.StringIO(_BYTE_ORDER_MARK)
    line.seek(0, io.SEEK_END)
    writer = csv.writer(line)
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()


def csv_sheet(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a whole CSV file, for a sheet that goes with a document."""
    return b"".join(csv_lines(chain([heading], rows)))


def mend_first(request: SchoolRequest, form: Form, page: str) -> HttpResponse | None:
    """Return the way back to a list whose filter is not in order, and say so; None when it is.

    ``page`` is the list's. So nobody takes out more than they asked for.
    """
    if not form.is_bound or form.is_valid():
        return None
    messages.error(request, "Nothing was taken out. Mend the filter first.")
    return redirect(f"{page_url(request.school, page)}?{request.GET.urlencode()}")


def stream_csv(
    name: str,
    *,
    school_id: int,
    heading: Sequence[str],
    keys: Sequence[int],
    read: Callable[[Sequence[int]], Iterable[Sequence[Any]]],
) -> StreamingHttpResponse:
    """Return a response that sends a CSV file while it is read, some hundred rows at a time.

    The view is over by then, so each part opens a scope of its own. ``keys`` fix which rows go out
    and in which order; ``read`` returns the rows of some keys and leaves out what the person may
    no longer see. Memory does not grow with the list.
    """

    def rows() -> Iterator[Sequence[Any]]:
        yield heading
        for start in range(0, len(keys), ROWS_AT_ONCE):
            with school_scope(school_id):
                part = list(read(keys[start : start + ROWS_AT_ONCE]))
            yield from part

    response = StreamingHttpResponse(csv_lines(rows()), content_type="text/csv; charset=utf-8")
    return as_private_download(response, name)


def as_private_download(response: Any, name: str) -> Any:
    """Mark a response as a file to keep, never to be shown, guessed at or cached."""
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
