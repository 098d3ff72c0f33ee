"""The spans of days a report is about: a school's terms, or any dates, and what they follow.

A school without terms has no termly report (SYS-05): ``NO_TERMS`` says so, and any dates can be
chosen instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from common.dates import uk_date
from common.errors import Refusal
from common.sections import Period
from people.calendar import SchoolCalendar
from people.models import School, Term
from reminders.spans import half_of_term

NO_TERMS = "No terms are entered for this school yet. Choose the first and the last day instead."
FIRST_YEAR = 2000
HALVES_OF = 2  # terms of which halves are offered
LONGEST = timedelta(days=732)


@dataclass(frozen=True)
class Compared:
    """A period beside the one before it and the same one a year ago, where there are such."""

    period: Period
    previous: Period | None
    last_year: Period | None


def terms_of(school: School) -> list[Period]:
    """Return a school's terms as periods, latest first; none when none are entered. One query."""
    return [_as_period(term) for term in reversed(_terms(school))]


def periods_to_report(school: School, *, on: date) -> list[Period]:
    """Return what a report started on a day may be about: terms, latest first, with halves.

    Those that have begun; of the two latest terms their halves too, parted by half-term (REP-01).
    """
    begun = [term for term in reversed(_terms(school)) if term.start_date <= on]
    calendar, found = SchoolCalendar.of(school), []
    for place, term in enumerate(begun):
        found.append(_as_period(term))
        if place < HALVES_OF:
            found += [half for half in _halves(calendar, term) if half.start <= on]
    return found


def _halves(calendar: SchoolCalendar, term: Term) -> list[Period]:
    """Return the second half of a term and the first; half-term counts with the second."""
    last = half_of_term(calendar, term, term.start_date).due
    return [
        Period(last + timedelta(days=1), term.end_date, f"{term}, second half"),
        Period(term.start_date, last, f"{term}, first half"),
    ]


def term_to_report(school: School, *, on: date) -> Period | None:
    """Return the term a report written on a day is about: the one running or last begun (REP-02).

    None before the first term, or when no terms are entered. One query.
    """
    begun = [term for term in _terms(school) if term.start_date <= on]
    return _as_period(begun[-1]) if begun else None


def period_between(school: School, start: date, end: date) -> Period:
    """Return the days from one to another, both included, by the term's name if they are a term's.

    Refuses an end before the start, more than two years, and the last century. One query.
    """
    if start.year < FIRST_YEAR:
        raise Refusal(f"Choose days from the year {FIRST_YEAR} on.")
    if end < start:
        raise Refusal("The last day cannot be before the first.")
    if end - start >= LONGEST:
        raise Refusal("Choose two years at most.")
    term = Term.objects.filter(school=school, start_date=start, end_date=end)
    found = term.select_related("year").first()
    return _as_period(found) if found else _by_dates(start, end)


def compared(school: School, period: Period) -> Compared:
    """Return a period with what it is compared with. One query.

    A term is compared with the term before it and with the term of the same name, or of the same
    place, in the school year before; a half of a term with the half before it and with that half of
    the other term. Other dates are compared with as many days just before them and with the same
    dates a year earlier.
    """
    terms = _terms(school)
    place = next((n for n, term in enumerate(terms) if _is(term, period)), None)
    if place is None:
        return _half_compared(school, terms, period) or Compared(
            period, _just_before(period), _year_before(period)
        )
    twin = _twin(terms, terms[place])
    return Compared(
        period,
        _as_period(terms[place - 1]) if place else None,
        _as_period(twin) if twin else None,
    )


def _half_compared(school: School, terms: Sequence[Term], period: Period) -> Compared | None:
    """Return a half of a term with what it is compared with; None for other days."""
    calendar = SchoolCalendar.of(school)
    halves = [(term, half) for term in terms for half in reversed(_halves(calendar, term))]
    days = [(half.start, half.end) for _, half in halves]
    if (period.start, period.end) not in days:
        return None
    place = days.index((period.start, period.end))
    twin = _twin(terms, halves[place][0])
    years = [half for term, half in halves if twin and term.pk == twin.pk]
    return Compared(
        period, halves[place - 1][1] if place else None, years[place % 2] if years else None
    )


def _terms(school: School) -> list[Term]:
    rows = Term.objects.filter(school=school).select_related("year")
    return list(rows.order_by("start_date"))


def _is(term: Term, period: Period) -> bool:
    return (term.start_date, term.end_date) == (period.start, period.end)


def _as_period(term: Term) -> Period:
    return Period(term.start_date, term.end_date, str(term))


def _by_dates(start: date, end: date) -> Period:
    return Period(start, end, f"{uk_date(start)} to {uk_date(end)}")


def _twin(terms: Sequence[Term], term: Term) -> Term | None:
    """Return the same term of the school year before, by its name or else by its place."""
    years = sorted({one.year for one in terms}, key=lambda year: year.start_date)
    place = years.index(term.year)
    if not place:
        return None
    before = [one for one in terms if one.year_id == years[place - 1].pk]
    beside = [one for one in terms if one.year_id == term.year_id]
    alike = [one for one in before if one.name.casefold() == term.name.casefold()]
    if not alike and len(before) == len(beside):
        alike = [before[beside.index(term)]]
    return alike[0] if alike else None


def _just_before(period: Period) -> Period:
    end = period.start - timedelta(days=1)
    return _by_dates(end - (period.end - period.start), end)


def _year_before(period: Period) -> Period:
    return _by_dates(_a_year_before(period.start), _a_year_before(period.end))


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
