"""Give records of a school their numbers: one after the other, none twice, none skipped."""

from django.db import connection

from people.models import School

_NEXT = """
    INSERT INTO people_counter (school_id, series, year, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (school_id, series, year) DO UPDATE SET last = people_counter.last + 1
    RETURNING last
"""


def next_reference(*, school: School, series: str, year: int) -> str:
    """Return the next reference of a series in a year, such as "2026-0042" (INC-01).

    The counter row stays locked until the caller's transaction ends, so a rolled-back report
    leaves no gap and two at once cannot get the same number.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [school.pk, series, year])
        return f"{year}-{cursor.fetchone()[0]:04d}"
