"""What the clock does to filter changes: unblocks end, blocks nobody approved are undone."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from filtering.models import ChangeRequest
from filtering.queries.changes import active_unblocks
from filtering.steps import Line, end_of_day_after, finish
from filtering.vocabulary import EntryKind, Undo
from people.models import School


@transaction.atomic
def expire_changes(*, school: School, at: datetime) -> int:
    """End every unblock whose last day is over; each is put back that same school day (FIL-08).

    The last day counts whole: it ends at midnight after it. Safe to repeat and to run twice at
    once. Returns how many ended.
    """
    over = active_unblocks(school).filter(until_date__lt=localdate(at))
    line = Line(EntryKind.EXPIRED, "Its time is over: to be put back")
    return _undo("expire_change", over, Undo.EXPIRED, line, at)


@transaction.atomic
def expire_blocks(*, school: School, at: datetime) -> int:
    """Have every block put back that nobody approved in time (FIL-26).

    Safe to repeat and to run twice at once. Returns how many ended.
    """
    over = ChangeRequest.objects.filter(
        school=school, state="awaiting", emergency=True, made_at__isnull=False, due_at__lte=at
    )
    line = Line(EntryKind.UNAPPROVED, "Not approved in time: to be put back")
    return _undo("expire_block", over, Undo.UNAPPROVED, line, at)


def _undo(
    step: str,
    rows: QuerySet[ChangeRequest, ChangeRequest],
    undo: Undo,
    line: Line,
    at: datetime,
) -> int:
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    found = list(locked.select_related("school", "asked_by", "supervisor", "failure", "extends"))
    for change in found:
        change.undo = undo
        change.undo_due_at = end_of_day_after(change.school, at, 0)
        finish(step, change, line, fields=("undo", "undo_due_at"), by=None, at=at)
    return len(found)
