"""The recurring duties of a person, on the home page and in reminders (SYS-02)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from common.duties import Due, Figure, Need
from common.pages import page_url
from common.requests import SchoolRequest
from people.calendar import SchoolCalendar
from people.models import Person, School
from reminders.lead_times import due_moment, is_late, step_reached
from reminders.models import DutyOccurrence
from reminders.queries import duties_of_roles, occurrences_in, open_or_not_met, waiting_for
from reminders.recurring import recurring_duties
from roles.queries import holders_by_role

REMINDERS = {
    "recurring_duty": "A recurring duty",
    "recurring_duty_late": "A recurring duty that is late",
    "duty_not_met": "A duty that was not met",
}
MOST = 12
NOT_MET_SHOWN = timedelta(days=14)
LATE_WORDS = "A duty that others have is late. This stops once it is done."
VACANT_WORDS = "A duty falls due whose role nobody holds. This stops once it is done."
NOT_MET_WORDS = "Somebody said that a duty was not met. You are told of it once."


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return the open duties of the person's roles, what is late elsewhere, and what was not met.

    Those whose first reminder has come stand one by one, the others in one line.
    """
    if not request.may("view_own_duties"):
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
    return found


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return how many duties of the school are overdue, for those who see all of them (REP-14)."""
    if not request.may("view_duties"):
        return []
    rows = occurrences_in(request.school).filter(state="open", due_date__lt=localdate(at))
    url = f"{page_url(request.school, 'duty_list')}?show=all&state=overdue"
    return [Figure(rows.count(), "duties overdue", url)]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield the holders of each duty's roles before its day and on it, and others when it is late.

    Where nobody holds the roles, those who would be told of lateness are reminded instead. A duty
    that was not met is told to the headteacher (ROL-19).
    """
    calendar = SchoolCalendar.of(school)
    rows = list(open_or_not_met(school, on - NOT_MET_SHOWN))
    unmet = [row for row in rows if row.state == "not_met"]
    reached = [(row, step_reached(row, calendar, on)) for row in rows if row.state == "open"]
    due = [(row, step) for row, step in reached if step is not None]
    if not due and not unmet:
        return
    duties = recurring_duties()
    asked = [duties[row.duty] for row, _ in due]
    codes = {code for duty in asked for code in (*duty.roles, *duty.escalate)}
    holders = holders_by_role(school, {*codes, "head"}, on=on)

    def people(codes: tuple[str, ...]) -> dict[int, Person]:
        return {person.pk: person for code in codes for person in holders[code]}

    for row, step in due:
        duty = duties[row.duty]
        own, others = people(duty.roles), people(duty.escalate)
        words = duty.words if own else VACANT_WORDS
        for pk in own or others:
            yield Due("recurring_duty", pk, f"{row.pk}-{step}", words)
        if is_late(row, calendar, on):
            for pk in others.keys() - own.keys():
                yield Due("recurring_duty_late", pk, str(row.pk), LATE_WORDS)
    for row in unmet:
        for head in holders["head"]:
            if head.pk != row.done_by_id:
                yield Due("duty_not_met", head.pk, str(row.pk), NOT_MET_WORDS)


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
