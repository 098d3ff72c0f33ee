"""No file stays behind when the deed that stored it fails: no row would say that it is there."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from audit.actions import record
from incidents.models import Evidence
from incidents.models.story import evidence_storage
from people.models import School

# A deed is over long before: younger files may belong to one that is not committed yet.
LEFT_ALONE = timedelta(days=1)

_stored: ContextVar[list[Evidence]] = ContextVar("stored")


@contextmanager
def no_file_left_behind() -> Iterator[None]:
    """Remove the files that were stored inside when what is inside fails (SYS-06)."""
    outer = _stored.set([])
    try:
        yield
    except BaseException:
        for evidence in _stored.get():
            evidence.file.delete(save=False)
        raise
    finally:
        _stored.reset(outer)


def remember_file(evidence: Evidence) -> None:
    """Note that a file was stored; refuses outside ``no_file_left_behind``."""
    _stored.get().append(evidence)


def remove_orphans(*, school: School, at: datetime) -> int:
    """Remove a school's stored files that no evidence names, a day later; returns how many.

    They are left by a server that stopped between storing a file and committing its row. What
    was removed is recorded; evidence itself is never removed here.
    """
    storage, folder = evidence_storage(), f"evidence/{school.pk}"
    known = set(Evidence.objects.filter(school=school).values_list("file", flat=True))
    found = storage.listdir(folder)[1] if storage.exists(folder) else []
    orphans = [
        path
        for path in (f"{folder}/{name}" for name in found)
        if path not in known and storage.get_modified_time(path) < at - LEFT_ALONE
    ]
    for path in orphans:
        storage.delete(path)
    if orphans:
        facts = {"count": len(orphans)}
        record(
            "remove_orphans", school, by="remove_orphans", at=at, facts=facts, school_id=school.pk
        )
    return len(orphans)
