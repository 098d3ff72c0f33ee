"""The calendar of duties on paper: which duty fulfils which row, how often and by what record."""

from inspect import getdoc

from common.duties import RecurringDuty
from reminders.calendar_rows import CALENDAR, CalendarRow
from reminders.duties_due import kinds_of_duty
from reminders.recurring import recurring_duties, setting_of
from reminders.school_settings import HOW_OFTEN
from roles.catalogue import BY_CODE

_HEAD = """# The calendar of duties

Written from `reminders/calendar_rows.py` and each app's `duties.py`: run `make manage ARGS=docs`,
do not edit. A duty comes round in periods that each school sets; a reminder belongs to one record
and its own day. What needs an app that is not built yet says so.

| Row of the calendar | Requirement | What fulfils it |
|---|---|---|
"""
_DUTIES = """
## Every recurring duty

The setting is how often; “never” switches a duty off. Where no record shows it, somebody says
whether it was met, partly met or not met, with a file that shows it.

| Duty | Setting | Usually | Whose | Told when late | It is done when | Requirement |
|---|---|---|---|---|---|---|
"""
NOT_BUILT = "Nothing yet"


def calendar_of_duties() -> str:
    """Return the calendar row by row and every recurring duty, as Markdown."""
    rows = "".join(
        f"| {row.what} | {row.requirement} | {'; '.join(_fulfilled_by(row))} |\n"
        for row in CALENDAR
    )
    return _HEAD + rows + _DUTIES + "".join(map(_line, recurring_duties().values()))


def _fulfilled_by(row: CalendarRow) -> list[str]:
    """Return what fulfils a row, as far as the apps there are declare it."""
    duties, kinds = recurring_duties(), kinds_of_duty()
    found = [f"{duties[code].label} (`{code}`)" for code in row.duties if code in duties]
    found += [f"reminder “{kinds[kind]}”" for kind in row.reminders if kind in kinds]
    found += [row.words] if row.words else []
    return found or [NOT_BUILT]


def _line(duty: RecurringDuty) -> str:
    cells = (
        duty.label,
        f"`{setting_of(duty.code)}`",
        dict(HOW_OFTEN)[duty.period],
        _names(duty.roles),
        _names(duty.escalate),
        _done_when(duty),
        duty.requirement,
    )
    return f"| {' | '.join(cells)} |\n"


def _done_when(duty: RecurringDuty) -> str:
    """Return in words which record shows that a duty is done: what its evidence looks for."""
    if not duty.evidence:
        return "somebody says how it was met"
    words = (getdoc(duty.evidence) or "").splitlines()[0].removeprefix("Return when ")
    words = words.partition(", or None")[0].partition("; None")[0]
    return words.removesuffix(".").replace("in a span of days", "in its period")


def _names(codes: tuple[str, ...]) -> str:
    return ", ".join(BY_CODE[code].label for code in codes)


DOCUMENTS = {"docs/duties.md": calendar_of_duties}
