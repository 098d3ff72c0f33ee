"""Assess the risk of a filter change and decide on it (R-FM-1, FIL-05, FIL-06)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from common.dates import uk_date
from common.errors import Refusal
from filtering.conditions.changes import check_apart, check_decision
from filtering.models import ChangeRequest
from filtering.steps.changes import (
    Line,
    asked_words,
    begin,
    end_of_day_after,
    finish,
    lock_change,
    write_lines,
)
from filtering.vocabulary import EntryKind, Risk, Undo
from people.models import Person

ENDED_MEANWHILE = (
    "Filter change {reference} is no longer open as it was when more time was asked for. Refuse "
    "this request; what is still needed is asked for anew."
)


@transaction.atomic
def assess_change(
    *,
    change: ChangeRequest,
    version: int,
    risk: str,
    assessment: str,
    alternatives: str = "",
    by: Person,
    at: datetime,
) -> ChangeRequest:
    """Record the safeguarding risk of a change and hand it on for approval (R-FM-1).

    Refuses an assessment without words.
    """
    change = begin("assess_change", change=change, version=version, by=by, at=at)
    if not assessment.strip():
        raise Refusal("Say what the risk is, and for whom.")
    change.risk, change.assessment = Risk(risk), assessment.strip()
    change.alternatives = alternatives.strip()
    change.assessed_by, change.assessed_at = by, at
    words = f"Risk assessed: {change.get_risk_display().lower()}"
    line = Line(EntryKind.ASSESSED, words, change.assessment)
    fields = ("risk", "assessment", "alternatives", "assessed_by", "assessed_at")
    return finish("assess_change", change, line, fields=fields, by=by, at=at)


@transaction.atomic
def approve_change(
    *, change: ChangeRequest, version: int, reason: str = "", by: Person, at: datetime
) -> ChangeRequest:
    """Approve a change exactly as it stands, its last day included (FIL-05, FIL-08).

    Refuses whoever asked, unless the governors' exception is in force (FIL-06), a version other
    than the one seen, and an unblock whose last day has passed.
    """
    change = _begin("approve_change", change, version, by, at)
    line = Line(EntryKind.APPROVED, f"Approved: {asked_words(change)}", reason.strip())
    return _decide("approve_change", change, line, by, at)


@transaction.atomic
def reject_change(
    *, change: ChangeRequest, version: int, reason: str, by: Person, at: datetime
) -> ChangeRequest:
    """Refuse a change, or more time, with a reason; nothing is altered (FIL-05)."""
    change = _begin("reject_change", change, version, by, at)
    line = Line(EntryKind.REJECTED, "Refused", _said(reason, "Say why it is refused."))
    return _decide("reject_change", change, line, by, at)


@transaction.atomic
def return_change(
    *, change: ChangeRequest, version: int, question: str, by: Person, at: datetime
) -> ChangeRequest:
    """Send a request back with a question; it is assessed and decided again (c.5).

    Refuses a block that stands already: that is approved or put back.
    """
    change = _begin("return_change", change, version, by, at)
    asked = _said(question, "Say what you want to know.")
    line = Line(EntryKind.RETURNED, "Sent back with a question", asked)
    return finish("return_change", change, line, fields=("under_exception",), by=by, at=at)


@transaction.atomic
def confirm_block(
    *, change: ChangeRequest, version: int, reason: str = "", by: Person, at: datetime
) -> ChangeRequest:
    """Approve what was blocked at once; a second person tests it next (FIL-26)."""
    change = _begin("confirm_block", change, version, by, at)
    words = "Approved after it was blocked at once"
    line = Line(EntryKind.APPROVED, words, reason.strip())
    return _decide("confirm_block", change, line, by, at)


@transaction.atomic
def refuse_block(
    *, change: ChangeRequest, version: int, reason: str, by: Person, at: datetime
) -> ChangeRequest:
    """Refuse what was blocked at once: it has to be put back the same day (FIL-26)."""
    change = _begin("refuse_block", change, version, by, at)
    words = "Refused after it was blocked at once: to be put back"
    line = Line(EntryKind.REJECTED, words, _said(reason, "Say why it is refused."))
    change.undo, change.undo_due_at = Undo.REFUSED, end_of_day_after(change.school, at, 0)
    return _decide("refuse_block", change, line, by, at, "undo", "undo_due_at")


@transaction.atomic
def grant_time(
    *, change: ChangeRequest, version: int, reason: str = "", by: Person, at: datetime
) -> ChangeRequest:
    """Give something that stands open more time; this request is done with it (FIL-08).

    Refuses when its time is over meanwhile: then it has to be asked for anew.
    """
    change = _begin("grant_time", change, version, by, at)
    original = lock_change(change.extends or change)
    goes_on = original.until_date and original.until_date + timedelta(days=1) == change.from_date
    if original.state != "active" or not goes_on:
        raise Refusal(ENDED_MEANWHILE.format(reference=original.reference))
    original.until_date = change.until_date
    original.version += 1
    original.save(update_fields=["until_date", "version"])
    line = Line(EntryKind.APPROVED, f"Approved: {asked_words(change)}", reason.strip())
    _decide("grant_time", change, line, by, at)
    longer = Line(EntryKind.EXTENDED, f"Open until {uk_date(original.until_date)}")
    write_lines(original, longer, by=by, at=at)
    return change


def _begin(
    step: str, change: ChangeRequest, version: int, by: Person, at: datetime
) -> ChangeRequest:
    """Begin a decision; nobody decides on their own request unless the governors allow it."""
    change = begin(step, change=change, version=version, by=by, at=at)
    check_decision(step, change, on=localdate(at))
    if check_apart(change, "decide", by, on=localdate(at)):
        change.under_exception = True
    return change


def _decide(
    step: str, change: ChangeRequest, line: Line, by: Person, at: datetime, *fields: str
) -> ChangeRequest:
    """Write a decision down with who made it, when, and what they said."""
    change.decided_by, change.decided_at, change.decision_reason = by, at, line.text
    names = ("decided_by", "decided_at", "decision_reason", "under_exception", *fields)
    return finish(step, change, line, fields=names, by=by, at=at)


def _said(words: str, otherwise: str) -> str:
    """Return what somebody wrote; refuses nothing but spaces."""
    if not words.strip():
        raise Refusal(otherwise)
    return words.strip()
