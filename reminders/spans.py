"""The periods of recurring duties: weeks, months, half-terms, terms, school years (SYS-05)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from people.calendar import SchoolCalendar, school_year_of, year_of_term
from people.models import Closure, Term

DAY = timedelta(days=1)
HALF_TERM_DAYS = 3  # weekdays; a training day or two in a term are no half-term


@dataclass(frozen=True)
class Span:
    """One period of a duty: its code, its first day, and the school day by which it is due."""

    code: str
    starts: date
    due: date


def spans_on(calendar: SchoolCalendar, day: date) -> dict[str, Span]:
    """Return the periods in which a day lies, by kind.

    Weeks, months, half-terms and terms are known only where terms are entered, so nothing termly
    falls due at a school that has not entered any (SYS-05). Nor does a week or a month without a
    school day have any duty. A school year is always known.
    """
    found = {"year": _year(calendar, day)}
    if week := _week(calendar, day):
        found["week"] = week
    if month := _month(calendar, day):
        found["month"] = month
    if term := calendar.term_on(day):
        found["term"] = Span(
            f"term-{term.pk}", term.start_date, _last_school_day(calendar, term.end_date)
        )
        found["half_term"] = half_of_term(calendar, term, day)
    return {kind: span for kind, span in found.items() if span.starts <= span.due}


def _week(calendar: SchoolCalendar, day: date) -> Span | None:
    monday = day - timedelta(days=day.weekday())
    last = _last_open_day(calendar, monday, 5)
    year, number, _ = monday.isocalendar()
    return Span(f"week-{year}-{number:02d}", monday, last) if last else None


def _month(calendar: SchoolCalendar, day: date) -> Span | None:
    first = day.replace(day=1)
    last = _last_open_day(calendar, first, monthrange(day.year, day.month)[1])
    return Span(f"month-{day:%Y-%m}", first, last) if last else None


def _last_open_day(calendar: SchoolCalendar, first: date, count: int) -> date | None:
    """Return the last school day in a term among so many days; None without one."""
    days = (first + DAY * n for n in reversed(range(count)))
    return next((d for d in days if calendar.term_on(d) and calendar.is_school_day(d)), None)


def half_of_term(calendar: SchoolCalendar, term: Term, day: date) -> Span:
    """Return the half of a term, parted by its longest break nearest the middle, or there."""
    middle = term.start_date + (term.end_date - term.start_date) // 2
    breaks = [one for one in calendar.closures if _parts(one, term)]
    parting = min(breaks, key=lambda one: abs(one.start_date - middle), default=None)
    first_ends = parting.start_date - DAY if parting else middle
    last_of_first = parting.end_date if parting else middle
    if day <= last_of_first:
        due = _last_school_day(calendar, first_ends)
        return Span(f"half_term-{term.pk}-1", term.start_date, due)
    due = _last_school_day(calendar, term.end_date)
    return Span(f"half_term-{term.pk}-2", last_of_first + DAY, due)


def _parts(closure: Closure, term: Term) -> bool:
    inside = term.start_date < closure.start_date and closure.end_date < term.end_date
    days = (closure.end_date - closure.start_date).days + 1
    weekdays = sum((closure.start_date + DAY * n).weekday() < 5 for n in range(days))
    return inside and weekdays >= HALF_TERM_DAYS


def _year(calendar: SchoolCalendar, day: date) -> Span:
    """Return the school year; without terms it ends with July."""
    here = calendar.term_on(day)
    year = year_of_term(here) if here else school_year_of(day)
    terms = [term for term in calendar.terms if year_of_term(term) == year]
    starts = min([date(year, 9, 1), *(term.start_date for term in terms)])
    ends = max((term.end_date for term in terms), default=date(year + 1, 7, 31))
    return Span(f"year-{year}", starts, _last_school_day(calendar, ends))


def _last_school_day(calendar: SchoolCalendar, day: date) -> date:
    """Return the last school day up to a day; in a fortnight without any, that day itself."""
    days = (day - DAY * n for n in range(14))
    return next((one for one in days if calendar.is_school_day(one)), day)
