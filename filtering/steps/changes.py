"""How every deed on a filter change begins and ends: locked, checked, logged, people told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.utils.timezone import localdate

from audit.actions import record
from common.errors import StepRefused
from common.pages import page_url
from filtering.asking.words import asked_in_words, cause_of, targets_in_words
from filtering.conditions.changes import check_version
from filtering.log import write_entry
from filtering.models import ChangeProfile, ChangeRequest
from filtering.queries.changes import live_parts, live_targets
from filtering.vocabulary import EntryKind
from filtering.workflow import CHANGE
from people.calendar import LONDON, SchoolCalendar, end_of_school_day
from people.mail import notify
from people.models import Person, School
from roles.queries import holders_of_power, person_may

# Whom each state waits for, by power; the person who asked hears of every change anyway (FIL-07).
WAITS_FOR = {
    "submitted": "assess_change",
    "awaiting": "decide_change",
    "approved": "make_change",
    "undo": "make_change",
    "put_back": "assess_change",
}


@dataclass(frozen=True)
class Line:
    """One line of the change log: of the whole change, or of one profile with its values."""

    kind: EntryKind
    words: str
    text: str = ""
    part: ChangeProfile | None = None
    before: str = ""
    after: str = ""


def begin(
    step: str, *, change: ChangeRequest, version: int, by: Person, at: datetime
) -> ChangeRequest:
    """Lock the change and refuse the step unless version, state and power allow it.

    Returns the change as it stands in the database now.
    """
    locked = lock_change(change)
    check_version(locked, version)
    needs = CHANGE.check(step, locked.state).needs
    check_power(by, needs, at=at)
    return locked


def lock_change(change: ChangeRequest) -> ChangeRequest:
    """Return a change as it stands in the database, locked until the transaction ends."""
    rows = ChangeRequest.objects.select_for_update(of=("self",))
    return rows.select_related("school", "asked_by", "supervisor", "failure", "extends").get(
        pk=change.pk
    )


def check_power(by: Person, power: str, *, at: datetime) -> None:
    """Refuse whoever does not hold a power on the day."""
    if not person_may(by, power, on=localdate(at)):
        raise StepRefused("Your role at this school does not allow this step.")


def finish(
    step: str,
    change: ChangeRequest,
    *lines: Line,
    fields: Iterable[str] = (),
    facts: dict[str, Any] | None = None,
    by: Person | None,
    at: datetime,
) -> ChangeRequest:
    """Move the change to the step's target, save named fields, write log and trail, tell people.

    ``by`` is None where the clock did it.
    """
    change.state = CHANGE.step(step).target or change.state
    change.version += 1
    names = {"state", "version", *fields}
    if change.state in {"closed", "rejected", "withdrawn"}:
        change.ended_at, change.ended_by = at, by
        names |= {"ended_at", "ended_by"}
    change.save(update_fields=sorted(names))
    write_lines(change, *lines, by=by, at=at)
    record(step, change, by=by or step, at=at, facts={"state": change.state, **(facts or {})})
    tell(change, by=by, at=at)
    return change


def write_lines(change: ChangeRequest, *lines: Line, by: Person | None, at: datetime) -> None:
    """Append lines to the change log, each with what the change is about, for whom and its cause.

    A line of one profile names only that one.
    """
    targets, parts = targets_in_words(live_targets(change)), live_parts(change)
    for line in lines:
        write_entry(
            school=change.school,
            kind=line.kind,
            words=line.words,
            text=line.text,
            change=change,
            target=targets,
            profiles=[str(part) for part in ([line.part] if line.part else parts)],
            before=line.before,
            after=line.after,
            cause=cause_of(change),
            by=by,
            at=at,
        )


def asked_words(change: ChangeRequest) -> str:
    """Return what a change asks for in the words of the log."""
    return asked_in_words(change, [str(part) for part in live_parts(change)])


def tell(change: ChangeRequest, *, by: Person | None, at: datetime) -> None:
    """Tell whom the change waits for now and who asked for it; never whoever just acted."""
    school, told = change.school, {change.asked_by}
    power = WAITS_FOR.get(change.state)
    if power:
        told |= set(holders_of_power(school, power, on=localdate(at)))
    if change.state == "made" and change.supervisor:
        told.add(change.supervisor)  # a second person to test it
    path = page_url(school, "change_detail", change.reference)
    people = sorted(told - {by}, key=lambda person: person.pk)
    notify(people, reason=f"change_{change.state}", path=path, at=at)


def end_of_day_after(school: School, at: datetime, days: int) -> datetime:
    """Return the end of the school day so many school days after a moment.

    With none it is the end of that same school day, or of the next if that is over already.
    """
    calendar = SchoolCalendar(school)
    due = _end_on(school, calendar, at, days)
    return due if due > at else _end_on(school, calendar, at, days + 1)


def _end_on(school: School, calendar: SchoolCalendar, at: datetime, days: int) -> datetime:
    day = calendar.add_school_days(localdate(at), days)
    return end_of_school_day(school, datetime.combine(day, time(12), LONDON))
