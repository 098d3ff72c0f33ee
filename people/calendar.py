"""School days: which days count, and the date so many of them from now (SYS-05)."""

from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from zoneinfo import ZoneInfo

import holidays
from django.db import connection

from people.models import AcademicYear, Closure, School, Term

LONDON = ZoneInfo("Europe/London")
KEPT_AS = "_calendar"
# Written out, as every page and sweep asks it: putting it together took longer than its answer.
_DAYS = """
    SELECT 0, id, NULL, name, start_date, end_date FROM people_academicyear WHERE school_id = %s
    UNION ALL SELECT 1, id, year_id, name, start_date, end_date FROM people_term
        WHERE school_id = %s
    UNION ALL SELECT 2, id, NULL, name, start_date, end_date FROM people_closure
        WHERE school_id = %s
    ORDER BY 5
"""


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def school_year_of(day: date) -> int:
    """Return the calendar year in whose September the school year of a day began."""
    return day.year if day.month >= 9 else day.year - 1


def year_of_term(term: Term) -> int:
    """Return the school year of a term: by its middle, since some autumn terms begin in August."""
    return school_year_of(term.start_date + (term.end_date - term.start_date) / 2)


class SchoolCalendar:
    """The school days of one school, read once (one query).

    A weekday counts when it is no bank holiday, in no closure, and inside a term. In a school year
    without any terms, not entered yet or long ago, every other weekday counts, so that no deadline
    waits for ever.
    """

    def __init__(self, school: School) -> None:
        self.years, self.terms, self.closures = _read(school)
        self._known = {year_of_term(term) for term in self.terms}
        self._days: dict[date, bool] = {}
        self._between: dict[tuple[date, date], int] = {}

    @classmethod
    def of(cls, school: School) -> "SchoolCalendar":
        """Return a school's calendar, read once for as long as this school object is kept."""
        kept: SchoolCalendar | None = vars(school).get(KEPT_AS)
        if kept is None:
            kept = vars(school)[KEPT_AS] = cls(school)
        return kept

    def is_school_day(self, day: date) -> bool:
        """Return whether the school is open to pupils on a day."""
        if day not in self._days:
            self._days[day] = self._is_open(day)
        return self._days[day]

    def _is_open(self, day: date) -> bool:
        if day.weekday() >= 5 or day in self._closed or day in _bank_holidays(day.year):
            return False
        if school_year_of(day) not in self._known:
            return True
        return self.term_on(day) is not None

    @cached_property
    def _closed(self) -> frozenset[date]:
        return frozenset(
            one.start_date + timedelta(days=n)
            for one in self.closures
            for n in range((one.end_date - one.start_date).days + 1)
        )

    def term_on(self, day: date) -> Term | None:
        """Return the term a day lies in, or None."""
        return next((one for one in self.terms if one.start_date <= day <= one.end_date), None)

    def years_missing(self, today: date) -> list[int]:
        """Return the school years, by their first calendar year, whose terms should be entered.

        This year's always; next year's from June on, while there is time to plan (SYS-05).
        """
        now = school_year_of(today)
        wanted = [now, now + 1] if today.month in {6, 7, 8} else [now]
        return [year for year in wanted if year not in self._known]

    def add_school_days(self, day: date, count: int) -> date:
        """Return the date ``count`` school days after a day; 0 gives that or the next school day.

        Looks at most two years ahead, then counts weekdays.
        """
        limit = day + timedelta(days=730)
        while not self._counts(day, limit):
            day += timedelta(days=1)
        for _ in range(count):
            day += timedelta(days=1)
            while not self._counts(day, limit):
                day += timedelta(days=1)
        return day

    def school_days_between(self, start: date, end: date) -> int:
        """Return how many school days lie after ``start`` up to and including ``end``."""
        if (start, end) not in self._between:
            days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
            self._between[start, end] = sum(map(self.is_school_day, days))
        return self._between[start, end]

    def _counts(self, day: date, limit: date) -> bool:
        return self.is_school_day(day) if day < limit else day.weekday() < 5


def _read(school: School) -> tuple[list[AcademicYear], list[Term], list[Closure]]:
    """Return a school's years, terms and closures, each by their first day. One query."""
    years: list[AcademicYear] = []
    terms: list[Term] = []
    closures: list[Closure] = []
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, [school.pk] * 3)
        rows = cursor.fetchall()
    for kind, pk, year, name, start, end in rows:
        known = {"school": school, "pk": pk, "name": name, "start_date": start, "end_date": end}
        if kind == 0:
            years.append(AcademicYear(**known))
        elif kind == 1:
            terms.append(Term(**known, year_id=year))
        else:
            closures.append(Closure(**known))
    by_number = {year.pk: year for year in years}
    for term in terms:
        term.year = by_number[term.year_id]
    return years, terms, closures


def end_of_school_day(school: School, moment: datetime) -> datetime:
    """Return the end of the school day on which a moment falls, by the school's own clock."""
    local = moment.astimezone(LONDON)
    return datetime.combine(
        local.date(), time.fromisoformat(school.setting("school_day_ends")), LONDON
    )
