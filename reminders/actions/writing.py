"""Write the digests and reminders of a sweep, each kind in one statement whatever their number.

Written out, as the sweep does this at every school: a model for each row took longer than writing.
A second row of one person and day, or of one reminder and period, is refused by its unique key.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import connection

from common.duties import Due
from people.models import School
from reminders.pace import next_try

_DIGESTS = """
    INSERT INTO reminders_digest
        (school_id, person_id, day, count, path, queued_at, next_at, attempts, failure)
    SELECT %s, person, %s, count, path, %s, %s, 0, ''
    FROM unnest(%s::bigint[], %s::int[], %s::text[]) AS new (person, count, path)
    RETURNING person_id, id
"""
_REMINDERS = """
    INSERT INTO reminders_reminder
        (school_id, made_at, person_id, duty, period, words, digest_id)
    SELECT %s, %s, person, duty, period, words, digest
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[])
        AS new (person, duty, period, words, digest)
"""


def write_digests(
    school: School, told: Sequence[tuple[int, int, str]], *, day: date, at: datetime
) -> dict[int, int]:
    """Write the day's digests of (person, count, path); returns their numbers by person."""
    if not told:
        return {}
    columns = [list(column) for column in zip(*told, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_DIGESTS, [school.pk, day, at, next_try(0, at), *columns])
        return dict(cursor.fetchall())


def write_reminders(
    school: School, dues: Sequence[Due], digests: Mapping[int, int], *, at: datetime
) -> None:
    """Write reminders, each with the digest that tells its person of it, if there is one."""
    if not dues:
        return
    rows = [
        (due.person_id, due.duty, due.period, due.words, digests.get(due.person_id)) for due in dues
    ]
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_REMINDERS, [school.pk, at, *columns])
