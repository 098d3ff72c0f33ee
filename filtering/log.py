"""Write the change log: one line for every deed and decision, each with its cause (FIL-03)."""

from collections.abc import Iterable
from datetime import datetime

from filtering.models import ChangeRequest, FailureReport, LogEntry
from filtering.vocabulary import EntryKind
from people.models import Person, School


def write_entry(
    *,
    school: School,
    kind: EntryKind,
    words: str,
    by: Person | None,
    at: datetime,
    change: ChangeRequest | None = None,
    failure: FailureReport | None = None,
    text: str = "",
    target: str = "",
    profiles: Iterable[str] = (),
    before: str = "",
    after: str = "",
    cause: str = "",
) -> LogEntry:
    """Append one line. ``words`` name nobody, for governors read them; ``text`` may (FIL-35).

    ``cause`` is the number of what it came from, in words, such as "Incident 2026-0042". ``by`` is
    None where the clock did it.
    """
    return LogEntry.objects.create(
        school=school,
        kind=kind,
        words=words,
        by=by,
        at=at,
        change=change,
        failure=failure,
        text=text[:2_000],
        target=target[:1_000],
        profiles=list(profiles),
        before=before[:500],
        after=after[:500],
        cause=cause[:60],
        emergency=bool(change and change.emergency),
        under_exception=bool(change and change.under_exception),
    )
