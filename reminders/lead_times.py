"""When a duty's people are reminded, and when others are told that it is late (SYS-02)."""

from datetime import date, datetime, time

from people.calendar import LONDON, SchoolCalendar
from reminders.models import DutyOccurrence
from reminders.recurring import recurring_duties

END_OF_DAY = time(16)
MISSED_TOLD = 5  # school days of the next period in which others are told what was missed


def step_reached(row: DutyOccurrence, calendar: SchoolCalendar, on: date) -> int | None:
    """Return the lead time in school days that has come for an open duty, or None before the first.

    Only the latest one counts, so days without a sweep are caught up once; lead times longer than
    the duty's own period do not count. After its day the last one stays.
    """
    length = calendar.school_days_between(row.starts_date, row.due_date)
    left = calendar.school_days_between(on, row.due_date)
    steps = [days for days in recurring_duties()[row.duty].remind_days if days <= length]
    return min((days for days in steps if days >= left), default=None)


def is_late(row: DutyOccurrence, calendar: SchoolCalendar, on: date) -> bool:
    """Return whether an open duty is so many school days past its day that others are told."""
    late = recurring_duties()[row.duty].late_days
    return on > row.due_date and calendar.school_days_between(row.due_date, on) >= late


def is_newly_missed(row: DutyOccurrence, calendar: SchoolCalendar, on: date) -> bool:
    """Return whether a missed duty's period has only just passed, so that others are told of it.

    A period mostly ends with the last school day before a holiday, and the next begins before a
    duty could be late by school days.
    """
    days = calendar.school_days_between(row.due_date, on)
    return row.state == "missed" and days <= MISSED_TOLD


def due_moment(row: DutyOccurrence) -> datetime:
    """Return the end of the day on which a duty is due."""
    return datetime.combine(row.due_date, END_OF_DAY, LONDON)
