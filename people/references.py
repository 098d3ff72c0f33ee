"""Give records of a school their numbers: one after the other, none twice."""

import secrets

from django.conf import settings
from django.db import connection

from people.models import School

_NEXT = """
    INSERT INTO people_counter (school_id, series, year, last)
    VALUES (%(school)s, %(series)s, %(year)s, %(step)s)
    ON CONFLICT (school_id, series, year) DO UPDATE SET last = people_counter.last + %(step)s
    RETURNING last
"""


def next_reference(*, school: School, series: str, year: int, scattered: bool = False) -> str:
    """Return the next reference of a series in a year, such as "2026-0042" (INC-01).

    The counter row stays locked until the caller's transaction ends, so a rolled-back report
    leaves no gap and two at once cannot get the same number. In a ``scattered`` series numbers are
    skipped by chance, so that one that is missing from a list tells nothing (ADR 0010).
    """
    step = 1 + (_chance() if scattered and settings.SCATTERED_NUMBERS else 0)
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"school": school.pk, "series": series, "year": year, "step": step})
        return f"{year}-{cursor.fetchone()[0]:04d}"


def _chance() -> int:
    """Return how many numbers to skip: each is skipped as likely as it is given."""
    skipped = 0
    while secrets.randbits(1):
        skipped += 1
    return skipped
