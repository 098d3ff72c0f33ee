"""Read the trail."""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from audit.models import Entry
from audit.verify_trail import FIELDS, faults

_AS_TEXT = {
    "at": """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    "actor_id": "coalesce(actor_id::text, '')",
}
_COLUMNS = (*FIELDS, "hash")
_SELECT = ", ".join(_AS_TEXT.get(name, f"{name}::text") for name in _COLUMNS)


def rows_as_text(school_id: int) -> Iterator[dict[str, str]]:
    """Yield a school's chain in order, each field as the text that was hashed.

    Runs inside the caller's scope and streams: memory does not grow with the trail.
    """
    with connection.chunked_cursor() as cursor:
        cursor.itersize = 5000
        cursor.execute(
            f"SELECT {_SELECT} FROM audit_entry WHERE school_id = %s ORDER BY sequence",  # noqa: S608
            [school_id],
        )
        for row in cursor:
            yield dict(zip(_COLUMNS, row, strict=True))


def chain_faults(school_id: int) -> list[str]:
    """Return what is wrong with a school's chain, in words; empty when it is whole."""
    return faults(rows_as_text(school_id))


def schools_with_trail() -> list[int]:
    """Return the ids of all chains; needs ``every_school`` scope to see more than one."""
    return list(Entry.objects.order_by("school_id").values_list("school_id", flat=True).distinct())


def trail(school_id: int) -> QuerySet[Entry, Entry]:
    """Return a school's entries, newest first."""
    return Entry.objects.filter(school_id=school_id).order_by("-sequence")


def trail_of(subject: Any) -> QuerySet[Entry, Entry]:
    """Return the entries about one record, newest first."""
    return trail(subject.school_id).filter(
        subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
    )
