"""When people may be reminded, and when a mail that did not go is tried again."""

from datetime import datetime, timedelta

from people.calendar import LONDON, SchoolCalendar
from people.models import School

WAIT = timedelta(minutes=10)


def may_remind(school: School, *, at: datetime) -> bool:
    """Return whether a moment lies on a school day and in the school's waking hours (SYS-02)."""
    local = at.astimezone(LONDON)
    if not school.setting("reminder_from") <= f"{local:%H:%M}" < school.setting("reminder_until"):
        return False
    return SchoolCalendar.of(school).is_school_day(local.date())


def next_try(attempts: int, at: datetime) -> datetime:
    """Return when a digest is taken up again: ten minutes later, then twice as long each time."""
    return at + WAIT * 2**attempts
