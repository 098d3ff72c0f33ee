"""The recurring duties of a person, on the home page and in reminders (SYS-02)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Count, Expression
from django.utils.timezone import localdate

from common.asking import answers, any_of, counts_of
from common.duties import Due, Figure, Need
from common.pages import page_url
from common.requests import SchoolRequest
from people.calendar import SchoolCalendar
from people.models import School
from reminders.lead_times import due_moment, is_late, is_newly_missed, step_reached
from reminders.models import DutyOccurrence
from reminders.queries import duties_of_roles, occurrences_in, open_or_told, waiting_for
from reminders.recurring import recurring_duties
from roles.queries import holders_by_role

REMINDERS = {
    "recurring_duty": "A recurring duty",
    "recurring_duty_late": "A recurring duty that is late",
    "recurring_duty_missed": "A recurring duty that was missed",
    "duty_not_met": "A duty that was not met",
}
MOST = 12
NOT_MET_SHOWN = timedelta(days=14)
LATE_WORDS = "A duty that others have is late. This stops once it is done."
MISSED_WORDS = "A duty that others have was not done in its time. You are told of it once."
VACANT_WORDS = "A duty falls due whose role nobody holds. This stops once it is done."
NOT_MET_WORDS = "Somebody said that a duty was not met. You are told of it once."


def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of duties: whether any waits, how many are overdue."""
    school, on, found = request.school, localdate(at), {}
    if request.may("view_own_duties"):
        since = on - NOT_MET_SHOWN
        found["waiting"] = any_of(waiting_for(school, request.role_codes, on=on, since=since))
    if request.may("view_duties"):
        overdue = occurrences_in(school).filter(state="open", due_date__lt=on)
        found["overdue"] = counts_of(overdue, count=Count("pk"))
    return found


ASKS = (asks,)


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return the open duties of the person's roles, what others are late with, missed or not met.

    Those whose first reminder has come stand one by one, the others in one line.
    """
    if not answers(request, asks, at=at).get("waiting"):
        return []
    on, calendar = localdate(at), SchoolCalendar.of(request.school)
    codes = request.role_codes
    rows = list(waiting_for(request.school, codes, on=on, since=on - NOT_MET_SHOWN))
    mine = set(duties_of_roles(codes))
    own = [row for row in rows if row.state == "open" and row.duty in mine]
    near = [row for row in own if step_reached(row, calendar, on) is not None]
    found = [_own(request, row, at) for row in near[:MOST]]
    if later := len(own) - len(found):
        found.append(_later(request, later))
    for row in rows:
        if row.state == "not_met" and row.done_by_id != request.person.pk:
            found.append(_told(request, row, "Somebody said that this was not met"))
        elif row.state == "open" and row.duty not in mine and is_late(row, calendar, on):
            found.append(_told(request, row, "Others have this duty, and it is late", late=True))
        elif row.duty not in mine and is_newly_missed(row, calendar, on):
            found.append(_told(request, row, "Others have this duty, and nobody did it in time"))
    return found


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return how many duties of the school are overdue, for those who see all of them (REP-14)."""
    overdue = answers(request, asks, at=at).get("overdue")
    if not overdue:
        return []
    url = f"{page_url(request.school, 'duty_list')}?show=all&state=overdue"
    return [Figure(overdue["count"], "duties overdue", url, one="duty overdue")]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield the holders of each duty's roles before its day and on it, and others when it is late.

    Others are told too once its period has passed without it. Where nobody holds the roles, those
    who would be told of lateness are reminded instead. A duty that was not met is told to the
    headteacher (SYS-02, ROL-19).
    """
    calendar = SchoolCalendar.of(school)
    rows = list(open_or_told(school, on=on, since=on - NOT_MET_SHOWN))
    steps = {row.pk: step_reached(row, calendar, on) for row in rows if row.state == "open"}
    told = [
        row
        for row in rows
        if row.state == "not_met"
        or steps.get(row.pk) is not None
        or is_newly_missed(row, calendar, on)
    ]
    if not told:
        return
    asked = [recurring_duties()[row.duty] for row in told]
    codes = {code for duty in asked for code in (*duty.roles, *duty.escalate)}
    holders = holders_by_role(school, {*codes, "head"}, on=on)
    for row, duty in zip(told, asked, strict=True):
        own = {person.pk for code in duty.roles for person in holders[code]}
        others = {person.pk for code in duty.escalate for person in holders[code]}
        heads = {person.pk for person in holders["head"]}
        if row.state == "open":
            words = duty.words if own else VACANT_WORDS
            yield from _dues("recurring_duty", own or others, f"{row.pk}-{steps[row.pk]}", words)
            if is_late(row, calendar, on):
                yield from _dues("recurring_duty_late", others - own, str(row.pk), LATE_WORDS)
        elif row.state == "missed":
            yield from _dues("recurring_duty_missed", others - own, str(row.pk), MISSED_WORDS)
        else:
            told_of = heads - {row.done_by_id}
            yield from _dues("duty_not_met", told_of, str(row.pk), NOT_MET_WORDS)


def _dues(duty: str, people: set[int], period: str, words: str) -> Iterator[Due]:
    for pk in people:
        yield Due(duty, pk, period, words)


def _own(request: SchoolRequest, row: DutyOccurrence, at: datetime) -> Need:
    duty, due = recurring_duties()[row.duty], due_moment(row)
    url, label = page_url(request.school, "duty_attest", row.pk), "Say how it was met"
    if duty.evidence:
        url, label = _detail(request, row), "See what ends it"
    if duty.evidence and duty.page:
        url, label = page_url(request.school, duty.page), "Do this now"
    return Need(what=duty.label, why=duty.words, url=url, label=label, due_at=due, late=due < at)


def _later(request: SchoolRequest, count: int) -> Need:
    return Need(
        what=f"{count} more dut{'ies' if count > 1 else 'y'} of your roles",
        why="They are open, and there is time",
        url=page_url(request.school, "duty_list"),
        label="See your duties",
    )


def _told(request: SchoolRequest, row: DutyOccurrence, why: str, *, late: bool = False) -> Need:
    return Need(
        what=recurring_duties()[row.duty].label,
        why=why,
        url=_detail(request, row),
        label="Look at it",
        due_at=due_moment(row) if late else None,
        late=late,
    )


def _detail(request: SchoolRequest, row: DutyOccurrence) -> str:
    return page_url(request.school, "duty_detail", row.pk)
