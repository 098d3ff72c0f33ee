"""Read whole chains of the trail: to verify them and to take them out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from audit.models import Entry
from audit.verify_trail import FORMAT, ROW, SEALED, Chain, faults, line_of
from audit.visibility import hidden_entries
from common.scope import school_scope

CHUNK = 5000
_AS_TEXT = {
    "at": """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
    "actor_id": "coalesce(actor_id::text, '')",
}
_SELECT = ", ".join(_AS_TEXT.get(name, f"{name}::text") for name in ROW)
_CHUNK = f"""
    SELECT {_SELECT} FROM audit_entry
     WHERE school_id = %s AND sequence > %s AND sequence <= %s
     ORDER BY audit_entry.sequence LIMIT %s
"""  # noqa: S608  column names only
ENDLESS = 2**62


def rows_as_text(
    school_id: int, *, after: int = 0, until: int = ENDLESS
) -> Iterator[dict[str, str]]:
    """Yield a school's chain in order, each field as the text that was hashed.

    Runs inside the caller's scope and reads chunk by chunk: memory does not grow with the trail.
    """
    while chunk := _chunk(school_id, after, until, CHUNK):
        yield from chunk
        after = int(chunk[-1]["sequence"])


def _chunk(school_id: int, after: int, until: int, size: int) -> list[dict[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_CHUNK, [school_id, after, until, size])
        return [dict(zip(ROW, row, strict=True)) for row in cursor.fetchall()]


def chain_faults(school_id: int) -> list[str]:
    """Return what is wrong with a school's chain, in words; empty when it is whole."""
    return faults(rows_as_text(school_id))


def checked_chain(school_id: int) -> Chain:
    """Return a school's chain after every row was checked, with its faults and its last hash."""
    chain = Chain()
    for row in rows_as_text(school_id):
        chain.add(row)
    chain.close()
    return chain


def schools_with_trail() -> list[int]:
    """Return the ids of all chains; needs ``every_school`` scope to see more than one."""
    return list(Entry.objects.order_by("school_id").values_list("school_id", flat=True).distinct())


def trail(school_id: int) -> QuerySet[Entry, Entry]:
    """Return all entries of a school, newest first; pages show ``visible_trail`` instead."""
    return Entry.objects.filter(school_id=school_id).order_by("-sequence")


def last_entry(school_id: int) -> Entry | None:
    """Return the newest entry of a school's chain."""
    newest = "SELECT * FROM audit_entry WHERE school_id = %s ORDER BY sequence DESC LIMIT 1"
    return next(iter(Entry.objects.raw(newest, [school_id])), None)


def trail_of(subject: Any) -> QuerySet[Entry, Entry]:
    """Return the entries about one record, newest first."""
    return trail(subject.school_id).filter(
        subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
    )


@dataclass(frozen=True)
class Export:
    """A trail up to one entry, to be written out line by line for one person."""

    person: Any
    powers: Collection[str]
    last: Entry
    chunk: int = CHUNK

    def head(self) -> dict[str, str]:
        """Return the first line: what the rows below must add up to."""
        with school_scope(self.last.school_id):
            sealed = self._hidden().filter(sequence__lte=self.last.sequence).count()
        return {
            "trail": FORMAT,
            "school_id": str(self.last.school_id),
            "rows": str(self.last.sequence),
            "sealed": str(sealed),
            "last_hash": self.last.hash,
        }

    def lines(self) -> Iterator[bytes]:
        """Yield the export as it is written: the head, then the rows."""
        yield line_of(self.head())
        for row in self.rows():
            yield line_of(row)

    def rows(self) -> Iterator[dict[str, str]]:
        """Yield every row; those the person may not read are sealed.

        Opens a scope for each chunk: a response is streamed after the request's transaction.
        """
        after = 0
        while chunk := self._next(after):
            yield from chunk
            after = int(chunk[-1]["sequence"])

    def _next(self, after: int) -> list[dict[str, str]]:
        with school_scope(self.last.school_id):
            chunk = _chunk(self.last.school_id, after, self.last.sequence, self.chunk)
            if not chunk:
                return []
            within = (after, int(chunk[-1]["sequence"]))
            hidden = self._hidden().filter(sequence__range=within)
            sealed = {str(number) for number in hidden.values_list("sequence", flat=True)}
        return [
            {name: row[name] for name in SEALED} if row["sequence"] in sealed else row
            for row in chunk
        ]

    def _hidden(self) -> QuerySet[Entry, Entry]:
        return Entry.objects.filter(
            hidden_entries(self.person, self.powers), school_id=self.last.school_id
        )
