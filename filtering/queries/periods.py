"""The terms and years that figures, checks and reviews are counted by."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from people.calendar import LONDON, SchoolCalendar, school_year_of
from people.models import School, Term


@dataclass(frozen=True)
class Period:
    """Some days in a row, by name; both ends count."""

    name: str
    start: date
    end: date

    @property
    def begins_at(self) -> datetime:
        """Return its first moment by the school's clock."""
        return datetime.combine(self.start, time(), LONDON)

    @property
    def ends_at(self) -> datetime:
        """Return the first moment after it."""
        return datetime.combine(self.end + timedelta(days=1), time(), LONDON)


def school_year_on(school: School, day: date) -> Period:
    """Return the school year a day lies in; one that nobody entered runs to the end of August."""
    for year in SchoolCalendar.of(school).years:
        if year.start_date <= day <= year.end_date:
            return Period(year.name, year.start_date, year.end_date)
    first = school_year_of(day)
    return Period(f"{first}/{(first + 1) % 100:02}", date(first, 9, 1), date(first + 1, 8, 31))


def term_at(school: School, day: date) -> Period:
    """Return the term that began last, so that holidays count with the term before them.

    Where no term was entered for the year, the whole school year takes its place.
    """
    year = school_year_on(school, day)
    for term in reversed(SchoolCalendar.of(school).terms):
        if year.start <= term.start_date <= day:
            return Period(term.name, term.start_date, term.end_date)
    return year


def last_term_at(school: School, day: date) -> Period:
    """Return the term before the one that began last, or the school year before."""
    now = term_at(school, day)
    before = Term.objects.filter(school=school, end_date__lt=now.start).order_by("-start_date")
    if term := before.select_related("year").first():
        return Period(str(term), term.start_date, term.end_date)
    return school_year_on(school, date(school_year_of(now.start), 8, 1))
