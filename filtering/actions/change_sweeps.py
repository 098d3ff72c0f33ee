"""What the clock does to filter changes: unblocks end, blocks nobody approved are undone."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from audit.actions import record
from common.pages import page_url
from filtering.models import ChangeRequest
from filtering.queries.changes import active_unblocks, with_asked
from filtering.steps.changes import Line, end_of_day_after, finish
from filtering.vocabulary import EntryKind, Undo
from people.mail import notify
from people.models import Notice, School
from roles.queries import holders_of_power

NOT_PUT_BACK = "change_not_put_back"


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


@transaction.atomic
def alarm_late_undoing(*, school: School, at: datetime) -> int:
    """Tell those who decide, once, of each change that was not put back in time (c.6).

    Safe to repeat and to run twice at once. Returns how many were told of.
    """
    rows = ChangeRequest.objects.filter(school=school, state="undo", undo_due_at__lte=at)
    late = list(rows.select_for_update(of=("self",), skip_locked=True))
    told = 0
    for change in late:
        path = page_url(school, "change_detail", change.reference)
        if Notice.objects.filter(
            reason=NOT_PUT_BACK, path=path, queued_at__gte=change.undo_due_at
        ).exists():
            continue
        deciders = holders_of_power(school, "decide_change", on=localdate(at)).exclude(email="")
        if not deciders:
            continue  # the home page says so; a mail cannot
        notify(deciders, reason=NOT_PUT_BACK, path=path, at=at)
        record("alarm_late_undoing", change, by="alarm_late_undoing", at=at)
        told += 1
    return told


def _undo(
    step: str,
    rows: QuerySet[ChangeRequest, ChangeRequest],
    undo: Undo,
    line: Line,
    at: datetime,
) -> int:
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    related = ("school", "asked_by", "supervisor", "failure", "extends")
    found = list(with_asked(locked).select_related(*related))
    for change in found:
        change.undo = undo
        change.undo_due_at = end_of_day_after(change.school, at, 0)
        finish(step, change, line, fields=("undo", "undo_due_at"), by=None, at=at)
    return len(found)
