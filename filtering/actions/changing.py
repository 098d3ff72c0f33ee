"""Ask for a filter change, edit or withdraw the request, ask for more time (c.5, c.6)."""

from datetime import date, datetime, timedelta
from typing import Unpack
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from audit.actions import record
from common.errors import Conflicted, Refusal
from filtering.asking.opening import (
    Wanted,
    asked_from,
    check_wanted,
    create_change,
    drop_asked,
    fields_from,
    lock_school,
    made_from,
    targets_from,
    write_asked,
)
from filtering.conditions.changes import check_days
from filtering.models import Alert, ChangeRequest, ChangeTarget, FailureReport
from filtering.queries.changes import live_parts, live_targets, open_changes
from filtering.steps.changes import (
    Line,
    asked_words,
    begin,
    check_power,
    end_of_day_after,
    finish,
    tell,
    write_lines,
)
from filtering.vocabulary import EntryKind
from people.models import Person, School

NOT_ASKER = "Only the person who asked for this change can do that."


@transaction.atomic
def ask_for_change(
    *,
    school: School,
    submission: UUID,
    incident_reference: str = "",
    failure: FailureReport | None = None,
    alert: Alert | None = None,
    by: Person,
    at: datetime,
    **wanted: Unpack[Wanted],
) -> ChangeRequest:
    """Ask for something to be blocked or allowed for some profiles (FIL-07 to FIL-10).

    With ``until_date`` it is opened for study and ends by itself; ``from_date`` is today unless
    said otherwise. Numbered, logged, and those who assess are told. The same ``submission`` sent
    twice gives the one request it made. Refuses lists nobody can switch off (R-FM-4), what
    ``check_asked`` refuses, what is in force already, and what an open request asks for.
    """
    check_power(by, "ask_for_change", at=at)
    lock_school(school)
    made = made_from(submission, by)
    if made:
        return made
    asked = asked_from(wanted, on=localdate(at))
    check_wanted(asked, wanted["reason"], school=school, on=localdate(at))
    change = create_change(
        school=school,
        submission=submission,
        targets=targets_from(asked),
        profiles=asked.profiles,
        due_at=end_of_day_after(school, at, school.setting("change_days")),
        incident_reference=incident_reference,
        failure=failure,
        alert=alert,
        **fields_from(wanted, asked),
        by=by,
        at=at,
    )
    return _asked_for("ask_for_change", change, by=by, at=at)


@transaction.atomic
def edit_change(
    *, change: ChangeRequest, version: int, by: Person, at: datetime, **wanted: Unpack[Wanted]
) -> ChangeRequest:
    """Change one's own request before it is decided; it is assessed anew (FIL-07).

    Refuses anybody else, a block that was made at once, a request for more time, and whatever
    asking refuses. An approver who opened the request before has to look again.
    """
    change = begin("edit_change", change=change, version=version, by=by, at=at)
    _check_own(change, by)
    if change.emergency:
        raise Refusal("What was blocked at once is not edited: it is decided on as it is.")
    if change.extends:
        raise Refusal("Withdraw this request for more time, and ask again.")
    lock_school(change.school)
    asked = asked_from(wanted, on=localdate(at))
    check_wanted(asked, wanted["reason"], school=change.school, on=localdate(at), own=change)
    drop_asked(change, at=at)
    write_asked(change, targets_from(asked), asked.profiles)
    fields = fields_from(wanted, asked) | {
        "risk": "",
        "assessment": "",
        "alternatives": "",
        "assessed_by": None,
        "assessed_at": None,
    }
    for name, value in fields.items():
        setattr(change, name, value)
    words = f"Request changed: {asked_words(change)}"
    line = Line(EntryKind.EDITED, words, change.reason)
    return finish("edit_change", change, line, fields=fields, by=by, at=at)


@transaction.atomic
def withdraw_change(
    *, change: ChangeRequest, version: int, reason: str, by: Person, at: datetime
) -> ChangeRequest:
    """Take one's own request back before it is made (c.5).

    Refuses anybody else, and a block that was made at once.
    """
    change = begin("withdraw_change", change=change, version=version, by=by, at=at)
    _check_own(change, by)
    if change.emergency and change.made_at:
        raise Refusal("This is blocked already. It is approved, or refused and put back.")
    line = Line(EntryKind.WITHDRAWN, "Request withdrawn", reason.strip())
    return finish("withdraw_change", change, line, by=by, at=at)


@transaction.atomic
def extend_change(
    *,
    change: ChangeRequest,
    version: int,
    submission: UUID,
    until_date: date,
    reason: str,
    by: Person,
    at: datetime,
) -> ChangeRequest:
    """Ask for more time for something that stands open: a new decision (FIL-08).

    The request goes the whole way of assessing and deciding. Refuses a day that gives no more
    time or too much, a missing reason, and a second request while one is open.
    """
    change = begin("extend_change", change=change, version=version, by=by, at=at)
    made = made_from(submission, by)
    if made:
        return made
    if change.until_date is None:
        raise Refusal("This does not end by itself.")
    if not reason.strip():
        raise Refusal("Say why more time is needed.")
    waiting = open_changes(change.school).filter(extends=change).first()
    if waiting:
        raise Refusal(f"Filter change {waiting.reference} asks for more time already.")
    if until_date <= change.until_date:
        raise Refusal("Choose a day after the one until which it is open now.")
    start = change.until_date + timedelta(days=1)
    check_days(change.school, start, until_date, on=min(start, localdate(at)))
    asked = create_change(
        school=change.school,
        submission=submission,
        targets=[
            ChangeTarget(kind=one.kind, typed=one.typed, target=one.target, domain=one.domain)
            for one in live_targets(change)
        ],
        profiles=[part.profile for part in live_parts(change)],
        due_at=end_of_day_after(change.school, at, change.school.setting("change_days")),
        extends=change,
        reason=reason.strip(),
        from_date=start,
        until_date=until_date,
        **_same_as(change),
        by=by,
        at=at,
    )
    return _asked_for("extend_change", asked, by=by, at=at)


def _same_as(change: ChangeRequest) -> dict[str, object]:
    """Return what a request for more time takes over as it stands."""
    names = ("direction", "sites", "reason_kind", "purpose", "lesson", "school_class", "supervisor")
    return {name: getattr(change, name) for name in (*names, "approving_body")}


def _check_own(change: ChangeRequest, by: Person) -> None:
    if change.asked_by_id != by.pk:
        raise Conflicted(NOT_ASKER)


def _asked_for(verb: str, change: ChangeRequest, *, by: Person, at: datetime) -> ChangeRequest:
    """Log a new request and tell those who assess it."""
    line = Line(EntryKind.ASKED, f"Asked for: {asked_words(change)}", change.reason)
    write_lines(change, line, by=by, at=at)
    facts = {"direction": change.direction, "temporary": change.temporary}
    record(verb, change, by=by, at=at, facts=facts)
    tell(change, by=by, at=at)
    return change
