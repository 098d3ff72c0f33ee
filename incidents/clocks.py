"""Deadlines of an incident, counted in school time."""

from datetime import date, datetime, time, timedelta

from incidents.models import Incident
from people.calendar import LONDON, SchoolCalendar, end_of_school_day
from people.models import School

DAY_BEGINS = time(8, 0)


def is_late(school: School, *, noticed_at: datetime, reported_at: datetime) -> bool:
    """Return whether a report came after the end of the school day it was noticed on (INC-05).

    Something noticed after that end, or on a day off, is on time until the end of the next
    school day.
    """
    calendar = SchoolCalendar(school)
    day = noticed_at.astimezone(LONDON).date()
    if noticed_at >= end_of_school_day(school, noticed_at):
        day += timedelta(days=1)
    day = calendar.add_school_days(day, 0)
    return reported_at > end_of_school_day(school, datetime.combine(day, DAY_BEGINS, LONDON))


def unread_deadline(school: School, calendar: SchoolCalendar, routed_at: datetime) -> datetime:
    """Return when an unopened report goes to the next person: so many hours of school time later.

    Hours count between 08:00 and the end of the school day, on school days only (INC-04).
    """
    left = timedelta(hours=school.setting("unread_hours"))
    moment = routed_at.astimezone(LONDON)
    while True:
        day = calendar.add_school_days(moment.date(), 0)
        begins = datetime.combine(day, DAY_BEGINS, LONDON)
        start = max(moment, begins)
        ends = end_of_school_day(school, begins)
        if start < ends:
            if left <= ends - start:
                return start + left
            left -= ends - start
        moment = datetime.combine(day + timedelta(days=1), DAY_BEGINS, LONDON)


def parents_due(school: School, calendar: SchoolCalendar, incident: Incident) -> date:
    """Return the date by which parents are told or excused (INC-12)."""
    return calendar.add_school_days(
        incident.reported_at.astimezone(LONDON).date(), school.setting("parents_days")
    )


def feedback_due(school: School, calendar: SchoolCalendar, decided_at: datetime) -> date:
    """Return the date by which the reporter hears back (INC-38)."""
    return calendar.add_school_days(
        decided_at.astimezone(LONDON).date(), school.setting("feedback_days")
    )
