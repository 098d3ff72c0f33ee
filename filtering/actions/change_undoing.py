"""End an unblock at once, put a change back and prove that it is gone (FIL-08, c.5, c.6)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from common.errors import Refusal
from filtering.asking.opening import drop_parts, write_asked
from filtering.asking.rules import take_back_rules
from filtering.asking.values import Texts, noted, write_results, write_values
from filtering.conditions.changes import check_apart
from filtering.models import ChangeRequest
from filtering.queries.changes import live_parts
from filtering.steps.changes import Line, begin, end_of_day_after, finish
from filtering.vocabulary import EntryKind, Undo
from people.models import Person


@transaction.atomic
def revoke_change(
    *,
    change: ChangeRequest,
    version: int,
    reason: str,
    incident_reference: str = "",
    by: Person,
    at: datetime,
) -> ChangeRequest:
    """End an unblock before its day; it has to be put back the same day (c.6).

    ``incident_reference`` is the incident because of which it ends. Refuses without a reason, and
    what does not stand open for a time.
    """
    change = begin("revoke_change", change=change, version=version, by=by, at=at)
    if change.until_date is None:
        raise Refusal("This does not stand open for a time. Ask for a change instead.")
    if not reason.strip():
        raise Refusal("Say why it has to end now.")
    change.undo, change.undo_due_at = Undo.REVOKED, end_of_day_after(change.school, at, 0)
    change.incident_reference = incident_reference or change.incident_reference
    line = Line(EntryKind.REVOKED, "Ended at once: to be put back", reason.strip())
    fields = ("undo", "undo_due_at", "incident_reference")
    return finish("revoke_change", change, line, fields=fields, by=by, at=at)


@transaction.atomic
def put_back_change(
    *, change: ChangeRequest, version: int, before: Texts, after: Texts, by: Person, at: datetime
) -> ChangeRequest:
    """Record that a change was put back, with the values before and after (FIL-08).

    What held before it holds again from now on. Refuses a profile without its values.
    """
    change = begin("put_back_change", change=change, version=version, by=by, at=at)
    change.put_back_by, change.put_back_at = by, at
    lines = write_values(change, EntryKind.PUT_BACK, "Put back", before, after)
    take_back_rules(change, by=by, at=at)
    fields = ("put_back_by", "put_back_at")
    return finish("put_back_change", change, *lines, fields=fields, by=by, at=at)


@transaction.atomic
def check_put_back(
    *, change: ChangeRequest, version: int, results: Texts, notes: Texts, by: Person, at: datetime
) -> ChangeRequest:
    """Record a second person's check that a change is gone (c.5, c.6).

    All as before: it is closed, or taken up again when it had the wrong effect. Still there: it
    has to be put back again. Refuses whoever put it back, always, and a profile without a result.
    """
    change = begin("check_put_back", change=change, version=version, by=by, at=at)
    check_apart(change, "check", by, on=localdate(at))
    if not write_results(change, "check", results, notes):
        change.undo_due_at = end_of_day_after(change.school, at, 0)
        words = "Checked by a second person: not as it was before, to be put back again"
        line = Line(EntryKind.FAULTY, words, noted(notes))
        return finish("find_not_put_back", change, line, fields=("undo_due_at",), by=by, at=at)
    line = Line(EntryKind.CHECKED, "Checked by a second person: as it was before", noted(notes))
    if change.undo == Undo.WRONG:
        return _take_up_again(change, line, by, at)
    closed = Line(EntryKind.CLOSED, f"Closed: {change.get_undo_display().lower()}")
    return finish("check_put_back", change, line, closed, by=by, at=at)


def _take_up_again(change: ChangeRequest, line: Line, by: Person, at: datetime) -> ChangeRequest:
    """Let a change that had the wrong effect be assessed, decided and made anew (c.5)."""
    profiles = [part.profile for part in live_parts(change)]
    blank = {
        **dict.fromkeys(("risk", "assessment", "alternatives", "decision_reason", "undo"), ""),
        **dict.fromkeys(("assessed_by", "assessed_at", "decided_by", "decided_at", "made_by")),
        **dict.fromkeys(("made_at", "tested_by", "tested_at", "undo_due_at", "put_back_by")),
        **dict.fromkeys(("put_back_at",)),
        "under_exception": False,
        "due_at": end_of_day_after(change.school, at, change.school.setting("change_days")),
    }
    for name, value in blank.items():
        setattr(change, name, value)
    drop_parts(change, at=at)
    write_asked(change, [], profiles)
    again = Line(EntryKind.EDITED, "Taken up again: it had the wrong effect")
    return finish("take_up_again", change, line, again, fields=blank, by=by, at=at)
