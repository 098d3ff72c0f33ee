"""Make a filter change, block something at once, test what was made (FIL-03, FIL-06, FIL-26)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from audit.actions import record
from common.dates import uk_date
from common.errors import Refusal
from filtering.asking.addresses import read_addresses
from filtering.asking.opening import (
    check_not_so_already,
    create_change,
    lock_school,
    made_from,
    targets_from,
)
from filtering.asking.rules import write_rules
from filtering.asking.values import Texts, noted, write_results, write_values
from filtering.conditions.changes import Asked, check_apart, check_asked
from filtering.models import Alert, ChangeRequest, FailureReport, Profile
from filtering.steps.changes import (
    Line,
    begin,
    check_power,
    end_of_day_after,
    finish,
    tell,
    write_lines,
)
from filtering.vocabulary import Direction, EntryKind, ReasonKind, Undo, Urgency
from people.models import Person, School


@transaction.atomic
def make_change(
    *, change: ChangeRequest, version: int, before: Texts, after: Texts, by: Person, at: datetime
) -> ChangeRequest:
    """Record that an approved change was made, with the values before and after (FIL-03).

    Its rules are in force from now on. Refuses whoever asked or approved, unless the governors'
    exception is in force (FIL-06), what is not approved, a day before the first or after the last,
    and a profile without its values.
    """
    change = begin("make_change", change=change, version=version, by=by, at=at)
    day = localdate(at)
    if change.from_date and day < change.from_date:
        raise Refusal(f"This is approved from {uk_date(change.from_date)}. Make it on that day.")
    if change.until_date and day > change.until_date:
        raise Refusal(
            f"Its last day was {uk_date(change.until_date)}, so it is not made any more. Whoever "
            "asked can withdraw it and ask anew."
        )
    if check_apart(change, "make", by, on=day):
        change.under_exception = True
    change.made_by, change.made_at = by, at
    lines = write_values(change, EntryKind.MADE, "Made", before, after)
    write_rules(change, by=by, at=at)
    fields = ("made_by", "made_at", "under_exception")
    return finish("make_change", change, *lines, fields=fields, by=by, at=at)


@transaction.atomic
def block_at_once(
    *,
    school: School,
    submission: UUID,
    addresses: str,
    categories: Sequence[str],
    profiles: Sequence[Profile],
    sites: Sequence[str],
    reason: str,
    before: Texts,
    after: Texts,
    incident_reference: str = "",
    failure: FailureReport | None = None,
    alert: Alert | None = None,
    by: Person,
    at: datetime,
) -> ChangeRequest:
    """Record a block that was made before it was approved; the clock for approval runs (FIL-26).

    The headteacher is told at once. Approved within the school's days, or put back. The same
    ``submission`` sent twice gives one. Refuses what asking refuses, and a missing reason or value.
    """
    check_power(by, "block_at_once", at=at)
    lock_school(school)
    made = made_from(submission, by)
    if made:
        return made
    asked = Asked(
        direction=Direction.BLOCK,
        addresses=read_addresses(addresses),
        categories=tuple(categories),
        profiles=tuple(profiles),
        sites=tuple(sites),
    )
    if not reason.strip():
        raise Refusal("Say why it had to be blocked at once.")
    check_asked(asked, school=school, on=localdate(at))
    check_not_so_already(asked)
    change = create_change(
        school=school,
        submission=submission,
        targets=targets_from(asked),
        profiles=asked.profiles,
        state="awaiting",
        emergency=True,
        direction=Direction.BLOCK,
        sites=list(asked.sites),
        reason_kind=ReasonKind.SAFEGUARDING,
        reason=reason.strip(),
        urgency=Urgency.NOW,
        due_at=end_of_day_after(school, at, school.setting("emergency_days")),
        incident_reference=incident_reference,
        failure=failure,
        alert=alert,
        made_by=by,
        made_at=at,
        by=by,
        at=at,
    )
    lines = write_values(
        change, EntryKind.EMERGENCY, "Blocked at once", before, after, change.reason
    )
    write_rules(change, by=by, at=at)
    write_lines(change, *lines, by=by, at=at)
    record("block_at_once", change, by=by, at=at)
    tell(change, by=by, at=at)
    return change


@transaction.atomic
def test_change(
    *, change: ChangeRequest, version: int, results: Texts, notes: Texts, by: Person, at: datetime
) -> ChangeRequest:
    """Record a second person's test as each profile (FIL-06, c.5).

    All works: it is closed, or open until its day. Anything wrong: it has to be put back the same
    day. Refuses whoever made it, always, and a profile without a result.
    """
    change = begin("test_change", change=change, version=version, by=by, at=at)
    check_apart(change, "test", by, on=localdate(at))
    works = write_results(change, "test", results, notes)
    change.tested_by, change.tested_at = by, at
    if not works:
        return _fault(change, notes, by, at)
    tested = Line(EntryKind.TESTED, "Tested by a second person: works", noted(notes))
    if change.until_date:
        ends = Line(EntryKind.ACTIVE, f"Open until {uk_date(change.until_date)}")
        step = "keep_open"
    else:
        ends, step = Line(EntryKind.CLOSED, "Closed: the change stands"), "test_change"
    return finish(step, change, tested, ends, fields=("tested_by", "tested_at"), by=by, at=at)


def _fault(change: ChangeRequest, notes: Texts, by: Person, at: datetime) -> ChangeRequest:
    change.undo, change.undo_due_at = Undo.WRONG, end_of_day_after(change.school, at, 0)
    words = "Tested by a second person: does not work as it should, to be put back"
    line = Line(EntryKind.FAULTY, words, noted(notes))
    fields = ("tested_by", "tested_at", "undo", "undo_due_at")
    return finish("find_fault", change, line, fields=fields, by=by, at=at)
