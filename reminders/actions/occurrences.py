"""Write what recurs when its period begins, and close what was done or missed."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate

from audit.actions import record
from people.calendar import SchoolCalendar
from people.models import Person, School
from reminders.fulfilment import evidence_of, without_cause
from reminders.models import DutyOccurrence
from reminders.recurring import asked_periods
from reminders.spans import Span, spans_on

State = DutyOccurrence.State
DAY = timedelta(days=1)


@dataclass
class Settled:
    """What a sweep did to duties: how many it opened and moved, which it closed and why."""

    opened: int = 0
    moved: int = 0
    met: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Held:
    """An open duty, the last day on which it may be fulfilled, and whether it is missed then."""

    row: DutyOccurrence
    until: date
    missed: bool


@transaction.atomic(savepoint=False)
def open_occurrences(*, school: School, at: datetime) -> Settled:
    """Open the duties of the present periods; close those a record fulfilled, or that were missed.

    One row a duty and period, whatever the number of sweeps; another sweep of the school at work
    leaves this one nothing to do. What is open follows the terms when their dates are put right,
    and is withdrawn when the school asks for it no more or there is nothing to do. It is missed
    when the next period of its kind has begun; until then it may be done late. Days without a
    sweep are caught up once (SYS-02, SYS-05).
    """
    locked = School.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=school.pk)
    if not list(locked.order_by().values_list("pk")):
        return Settled()
    day = localdate(at)
    asked = asked_periods(school)
    spans = spans_on(SchoolCalendar.of(school), day)
    wanted = _wanted(school, asked, spans)
    rows, done = _rows(school, spans), Settled()
    rows += _open(school, wanted, rows, at, done)
    held: list[Held] = []
    for row in rows:
        kind = asked.get(row.duty, "")
        if row.state != State.OPEN:
            continue
        span = spans.get(kind)
        nothing = span and span.code == row.period and (row.duty, row.period) not in wanted
        if row.period.startswith(f"{kind}-") and not nothing:
            held.append(_move(row, span, day, done))
        else:
            _write(row, state=State.WITHDRAWN)
            done.withdrawn.append(row.duty)
    _settle(held, school, done)
    if done != Settled():
        facts = vars(done)
        record(
            "open_occurrences",
            school,
            by="open_occurrences",
            at=at,
            facts=facts,
            school_id=school.pk,
        )
    return done


def _wanted(
    school: School, asked: dict[str, str], spans: dict[str, Span]
) -> dict[tuple[str, str], Span]:
    """Return the periods of the duties that a school asks for and has something to do in."""
    present = {code: spans[kind] for code, kind in asked.items() if kind in spans}
    nothing = without_cause([(code, one.starts, one.due) for code, one in present.items()], school)
    return {(code, one.code): one for code, one in present.items() if code not in nothing}


def _rows(school: School, spans: dict[str, Span]) -> list[DutyOccurrence]:
    """Return what is open, and what there is already of the present periods."""
    present = [span.code for span in spans.values()]
    return list(
        DutyOccurrence.objects.filter(Q(state=State.OPEN) | Q(period__in=present), school=school)
    )


def _open(
    school: School,
    wanted: dict[tuple[str, str], Span],
    rows: list[DutyOccurrence],
    at: datetime,
    done: Settled,
) -> list[DutyOccurrence]:
    """Open again what is wanted and was withdrawn; write and return what is wanted and not there.

    Nobody else writes any: the school is locked.
    """
    there = {(row.duty, row.period): row for row in rows}
    new = [
        DutyOccurrence(
            school=school,
            duty=duty,
            period=period,
            starts_date=span.starts,
            due_date=span.due,
            opened_at=at,
        )
        for (duty, period), span in wanted.items()
        if (duty, period) not in there
    ]
    back = [there[key] for key in wanted if key in there and there[key].state == State.WITHDRAWN]
    for row in back:
        _write(row, before=State.WITHDRAWN, state=State.OPEN)
        row.state = State.OPEN
    done.opened = len(new) + len(back)
    return DutyOccurrence.objects.bulk_create(new)


def _move(row: DutyOccurrence, span: Span | None, day: date, done: Settled) -> Held:
    """Move an open duty whose period was put right; return until when it may be fulfilled."""
    present = span is not None and span.code == row.period
    if span and present and (row.starts_date, row.due_date) != (span.starts, span.due):
        row.starts_date, row.due_date = span.starts, span.due
        _write(row, starts_date=span.starts, due_date=span.due)
        done.moved += 1
    until = day if present or span is None else span.starts - DAY
    return Held(row, until, missed=bool(span and not present and row.due_date < span.starts))


def _settle(held: list[Held], school: School, done: Settled) -> None:
    """Close the open duties that are done or missed."""
    spans = [(one.row.duty, one.row.starts_date, one.until) for one in held]
    for one, fulfilled in zip(held, evidence_of(spans, school), strict=True):
        if fulfilled:
            _write(one.row, state=State.MET, done_at=fulfilled)
            done.met.append(one.row.duty)
        elif one.missed:
            _write(one.row, state=State.MISSED)
            done.missed.append(one.row.duty)


def _write(row: DutyOccurrence, *, before: str = State.OPEN, **values: object) -> None:
    """Change a duty that still stands as it was read; somebody may have attested it meanwhile."""
    rows = DutyOccurrence.objects.filter(pk=row.pk, state=before)
    rows.update(**values, version=F("version") + 1)


@transaction.atomic
def export_duties(
    *, school: School, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Note that the list of duties is taken out, how it was filtered and its length (REP-15)."""
    facts = {"filters": filters, "count": count}
    record("export_duties", school, by=by, at=at, facts=facts, school_id=school.pk)
