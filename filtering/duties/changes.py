"""What of filter changes needs a person now, what falls due, and figures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Expression, Q, QuerySet
from django.utils.timezone import localdate

from common.asking import answers, any_of, counts_of
from common.duties import Due, Figure, Need, RecurringDuty, soonest_first
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.asking.words import asked_in_words, targets_in_words
from filtering.conditions.changes import exception_on
from filtering.models import ChangeRequest
from filtering.queries.changes import (
    active_unblocks,
    changes_visible_to,
    live_parts,
    live_targets,
    made_under_exception,
    open_changes,
    with_asked,
)
from filtering.steps.next_change import steps_now
from filtering.workflow import CHANGE
from people.calendar import SchoolCalendar
from people.models import School
from roles.queries import holders_of_power

MOST = 12
FLAGGED_DAYS = 30
TO_UNDO = ("undo", "put_back")
# The end of an unblock is told of so many days before it (FIL-08).
WARNED_DAYS = (1, 3)
WARNED = timedelta(days=max(WARNED_DAYS))
REMINDERS = {
    "change_to_decide": "A filter change waits for a decision",
    "unblock_ends": "Something opened for a time ends soon",
    "put_back_due": "A filter change has to be put back",
    "put_back_late": "A filter change was not put back in time",
}
RECURRING: tuple[RecurringDuty, ...] = ()
DECIDE_WORDS = "A filter change waits for your decision. This stops once it is decided."
ENDS_WORDS = (
    "Something that was opened for a time ends soon. If more time is needed, ask for it now. This "
    "stops once it has ended or has more time."
)
BACK_WORDS = "A filter change has to be put back today. This stops once that is recorded."
LATE_WORDS = "A filter change was not put back in time. This stops once it is, and is checked."


@dataclass(frozen=True)
class Flagged(Need):
    """Something to take note of, drawn in red; it is not due on a day."""

    mark: str = ""

    @property
    def due(self) -> str:
        """Return the mark instead of a day."""
        return self.mark


def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of changes, as far as the person may act or see."""
    school, found = request.school, {}
    if sources := _sources(request):
        found["steps"] = any_of(open_changes(school).filter(state__in=sources))
    if _alarmed(request):
        found["late"] = any_of(_not_put_back(school, at))
    if request.may("view_plain_log"):
        flagged = made_under_exception(school, since=at - timedelta(days=FLAGGED_DAYS))
        found["flagged"] = counts_of(flagged, count=Count("pk"))
    if request.may("view_changes"):
        unblocks = Q(pk__in=active_unblocks(school).order_by().values("pk"))
        found["counts"] = counts_of(
            changes_visible_to(request.person, request.powers),
            waiting=Count("pk", filter=Q(state__in=("submitted", "awaiting"))),
            open=Count("pk", filter=unblocks),
        )
    return found


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return the steps of changes this person may take now, what is late, and what governors see.

    At most twelve of them.
    """
    told = answers(request, asks, at=at)
    found = _steps(request, at) if told.get("steps") else []
    found += _late(request, at) if told.get("late") else []
    return [*soonest_first(found)[:MOST], *_flagged(request, at)]


def _steps(request: SchoolRequest, at: datetime) -> list[Need]:
    person, powers, on = request.person, request.powers, localdate(at)
    sources = _sources(request)
    lifted = exception_on(request.school, on) is not None
    found = []
    for change in with_asked(open_changes(request.school).filter(state__in=sources)):
        steps = steps_now(change, person, powers, lifted=lifted, on=on)
        if steps and steps[0].main:
            found.append(_need(request, change, steps[0].page, steps[0].label, at))
    return found


def _sources(request: SchoolRequest) -> set[str]:
    """Return the states of changes from which the person may take a step."""
    return {
        state
        for step in CHANGE.steps
        if step.main and step.needs in request.powers
        for state in step.sources
    }


def _need(
    request: SchoolRequest, change: ChangeRequest, page: str, label: str, at: datetime
) -> Need:
    due = due_at(change)
    names = [str(part) for part in live_parts(change)]
    about = targets_in_words(live_targets(change))
    at_once = "Blocked at once. " if change.emergency else ""
    return Need(
        what=f"{change.reference} · {about[:80]}",
        why=f"{at_once}{asked_in_words(change, names)}. {change.get_state_display()}",
        url=page_url(request.school, page, change.reference),
        label=label,
        due_at=due,
        late=bool(due and due < at),
    )


def due_at(change: ChangeRequest) -> datetime | None:
    """Return when somebody has to have acted: decided in time (FIL-07), or put back (FIL-08)."""
    if change.state in TO_UNDO:
        return change.undo_due_at
    return change.due_at if change.state in {"submitted", "awaiting"} else None


def _late(request: SchoolRequest, at: datetime) -> list[Need]:
    """Alarm those who decide of what was not put back in time (c.6)."""
    late = with_asked(_not_put_back(request.school, at))
    return [_need(request, one, "change_detail", "Look at it", at) for one in late]


def _alarmed(request: SchoolRequest) -> bool:
    return "decide_change" in request.powers and "make_change" not in request.powers


def _not_put_back(school: School, at: datetime) -> QuerySet[ChangeRequest, ChangeRequest]:
    return open_changes(school).filter(state="undo", undo_due_at__lt=at)


def _flagged(request: SchoolRequest, at: datetime) -> list[Need]:
    """Show governors what was made under their exception in the last days (FIL-06)."""
    flagged = answers(request, asks, at=at).get("flagged")
    if not flagged or not flagged["count"]:
        return []
    count = flagged["count"]
    many = "A change was" if count == 1 else f"{count} changes were"
    need = Flagged(
        what=f"{many} made under the governors’ exception",
        why=f"One person did two parts of it, in the last {FLAGGED_DAYS} days",
        url=f"{page_url(request.school, 'log_list')}?under_exception=yes",
        label="Look at the log",
        late=True,
        mark="Under an exception",
    )
    return [need]


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return what waits for a decision and what stands open for a time."""
    counts = answers(request, asks, at=at).get("counts")
    if not counts:
        return []
    listed = page_url(request.school, "change_list")
    return [
        Figure(
            counts["waiting"],
            "filter changes to decide",
            f"{listed}?open=open",
            one="filter change to decide",
        ),
        Figure(
            counts["open"],
            "filter changes that end by themselves",
            f"{listed}?temporary=yes&open=open",
            one="filter change that ends by itself",
        ),
    ]


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    ends = Q(state__in=CHANGE.step("expire_change").sources, until_date__range=(on, on + WARNED))
    return [ChangeRequest.objects.filter(ends | Q(state__in=("awaiting", *TO_UNDO)))]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield whom to remind: decisions, ends of unblocks, what has to be put back (FIL-05, FIL-08).

    The head after one school day and on each further one; asker, supervisor and whoever manages
    the filter three days and one day before an end; and whoever is late with putting back.
    """
    yield from _to_decide(school, on)
    yield from _ending(school, on)
    yield from _to_put_back(school, on)


def _to_decide(school: School, on: date) -> Iterator[Due]:
    waiting = list(open_changes(school).filter(state="awaiting"))
    if not waiting:
        return
    calendar, deciders = SchoolCalendar.of(school), _holders(school, "decide_change", on)
    for change in waiting:
        since = localdate(change.assessed_at or change.asked_at)
        days = calendar.school_days_between(since, on)
        if days >= 1:
            people = deciders - {change.asked_by_id}
            yield from _dues("change_to_decide", people, f"{change.pk}-{days}", DECIDE_WORDS)


def _ending(school: School, on: date) -> Iterator[Due]:
    ending = list(active_unblocks(school).filter(until_date__range=(on, on + WARNED)))
    if not ending:
        return
    makers = _holders(school, "make_change", on)
    for change in ending:
        left = (change.until_date - on).days  # type: ignore[operator]
        warned = next(days for days in WARNED_DAYS if left <= days)
        own = {one for one in (change.asked_by_id, change.supervisor_id) if one}
        period = f"{change.pk}-{change.until_date:%y%m%d}-{warned}"
        yield from _dues("unblock_ends", own | makers, period, ENDS_WORDS)


def _to_put_back(school: School, on: date) -> Iterator[Due]:
    undoing = list(open_changes(school).filter(state__in=TO_UNDO))
    if not undoing:
        return
    makers, deciders = _holders(school, "make_change", on), _holders(school, "decide_change", on)
    for change in undoing:
        due = localdate(change.undo_due_at)
        if change.state == "undo":
            yield from _dues("put_back_due", makers, f"{change.pk}-{due:%y%m%d}", BACK_WORDS)
        if due < on:
            yield from _dues("put_back_late", deciders, f"{change.pk}-{on:%y%m%d}", LATE_WORDS)


def _holders(school: School, power: str, on: date) -> set[int]:
    return set(holders_of_power(school, power, on=on).values_list("pk", flat=True))


def _dues(duty: str, people: Iterable[int], period: str, words: str) -> Iterator[Due]:
    for person in sorted(people):
        yield Due(duty, person, period, words)
