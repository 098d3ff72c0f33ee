"""Turn one cell of a file into a value, or refuse it with a reason to show beside its row."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from common.clean_text import tidy

Cleaner = Callable[[str, date], Any]

# A cell that begins like this is run as a formula when the file is opened in a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
EARLIEST = date(1930, 1, 1)
OLDEST_PUPIL = 25
FURTHEST = timedelta(days=2 * 366)

_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_PHONE = re.compile(r"\+?[0-9 ()./-]{3,}( ?(x|ext\.?) ?\d+)?", re.IGNORECASE)
_YEAR = re.compile(r"(?:year|yr|y)?\s*(1[0-3]|[1-9])", re.IGNORECASE)
_RECEPTION = re.compile(r"(?:year\s*)?(r|rec|reception|0)", re.IGNORECASE)
_NURSERY = re.compile(r"(?:year\s*)?(n[12]?|nursery\s*[12]?)", re.IGNORECASE)
_MIDNIGHT = re.compile(r"[ T]00:00(:00)?$")
_BIG_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)")
_SMALL_FIRST = re.compile(
    r"(?P<day>\d\d?)(?P<by>[-/. ])(?P<month>\d\d?|[a-z]{3,9})(?P=by)(?P<year>\d{4})", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YES = {"y", "yes", "true", "t", "1"}
_NO = {"n", "no", "false", "f", "0"}


class BadCell(Exception):
    """A cell cannot be taken; the message says why."""


def text(longest: int) -> Cleaner:
    """Return a cleaner for one line of text; refuses formulas, hidden characters and long text."""

    def clean(cell: str, _today: date) -> str:
        if cell.startswith(FORMULA):
            raise BadCell(f"begins with “{cell[0].strip() or 'a tab'}”, as a formula does")
        return _line(cell, longest)

    return clean


def phone(cell: str, _today: date) -> str:
    """Return a telephone number, which may begin with a plus; refuses anything else."""
    value = _line(cell, 40)
    if value and not _PHONE.fullmatch(value):
        raise BadCell("is not a telephone number")
    return value


def email(cell: str, today: date) -> str:
    """Return an e-mail address in small letters; refuses what is none."""
    value = text(254)(cell, today).lower()
    if value:
        try:
            validate_email(value)
        except ValidationError:
            raise BadCell("is not an e-mail address") from None
    return value


def year_group(cell: str, today: date) -> str:
    """Return "N", "R" or "1" to "13" for the ways a year group is written; refuses others."""
    value = text(20)(cell, today)
    if found := _YEAR.fullmatch(value):
        return found[1]
    if _RECEPTION.fullmatch(value):
        return "R"
    if _NURSERY.fullmatch(value):
        return "N"
    raise BadCell("is not a year group: write Nursery, Reception or a year from 1 to 13")


def day(cell: str, today: date) -> date | None:
    """Return a date, or nothing for an empty cell; refuses absurd dates and two-figure years."""
    found = _written_day(cell, "01/09/2026")
    if found and not EARLIEST <= found <= today + FURTHEST:
        raise BadCell("is too long ago or too far ahead to be right")
    return found


def pupil_birth_date(cell: str, today: date) -> date | None:
    """Return a pupil's date of birth, or nothing for an empty cell.

    Refuses a day that is still to come, and one more than 25 years ago.
    """
    found = _written_day(cell, "01/09/2016")
    if found is None:
        return None
    if found > today:
        raise BadCell("is in the future")
    if (today.year - OLDEST_PUPIL, today.month, today.day) > (found.year, found.month, found.day):
        raise BadCell(f"is more than {OLDEST_PUPIL} years ago")
    return found


def yes_no(cell: str, _today: date) -> bool | None:
    """Return yes or no, or nothing for an empty cell; refuses any other word."""
    value = _line(cell, 10).lower()
    if value in _YES:
        return True
    if value in _NO:
        return False
    if not value:
        return None
    raise BadCell("has to be yes or no")


def _line(cell: str, longest: int) -> str:
    if _HIDDEN.search(cell.strip()):
        raise BadCell("has a hidden character or a line break in it")
    value = tidy(cell)
    if len(value) > longest:
        raise BadCell(f"is {len(value):,} characters long; the most is {longest}")
    return value


def _written_day(cell: str, example: str) -> date | None:
    """Return the day in a cell, or nothing for an empty cell; refuses what is no date."""
    value = _MIDNIGHT.sub("", _line(cell, 40))
    if not value:
        return None
    found = _date(value)
    if found is None:
        raise BadCell(f"is not a date: write it like {example}")
    return found


def _date(value: str) -> date | None:
    """Return the date in 2026-09-01, 01/09/2026, 1.9.2026, 1 Sep 2026 or 01-September-2026."""
    parts = _BIG_FIRST.fullmatch(value) or _SMALL_FIRST.fullmatch(value)
    if parts is None:
        return None
    month = parts["month"][:3].lower()
    number = int(month) if month.isdigit() else _MONTHS.index(month) + 1 if month in _MONTHS else 0
    try:
        return date(int(parts["year"]), number, int(parts["day"]))
    except ValueError:
        return None
