"""Set up a school and its calendar."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max, Min, QuerySet

from audit.actions import record
from common.errors import Refusal
from people.models import AcademicYear, Closure, Person, School, Term

LONGEST_YEAR = timedelta(days=366)
LONGEST_CLOSURE = timedelta(days=120)


def create_school(*, slug: str, name: str, at: datetime) -> School:
    """Make a school; refuses a slug that is taken or is the name of a page.

    The caller enters its scope afterwards and sets up roles, calendar and settings there.
    """
    if School.objects.filter(slug=slug).exists():
        raise Refusal(f"There is a school at “{slug}” already.")
    school = School(slug=slug, name=name, created_at=at)
    school.full_clean()
    school.save()
    return school


@transaction.atomic
def add_year(
    *,
    school: School,
    name: str,
    terms: list[tuple[str, date, date]],
    closures: list[tuple[str, date, date]] = (),  # type: ignore[assignment]
    by: Person | str,
    at: datetime,
) -> AcademicYear:
    """Enter an academic year with its terms and closures (SYS-05).

    Refuses terms that overlap others, end before they start, a year entered before, and one that
    is longer than a year.
    """
    terms = sorted(terms, key=lambda term: term[1])
    if terms[-1][2] - terms[0][1] > LONGEST_YEAR:
        raise Refusal("These terms are more than a year apart. Check the dates.")
    try:
        with transaction.atomic():
            year = AcademicYear.objects.create(
                school=school, name=name, start_date=terms[0][1], end_date=terms[-1][2]
            )
            for label, start, end in terms:
                Term.objects.create(
                    school=school, year=year, name=label, start_date=start, end_date=end
                )
            for label, start, end in closures:
                Closure.objects.create(school=school, name=label, start_date=start, end_date=end)
    except IntegrityError as error:
        if "one_year_per_name" in str(error):
            raise Refusal(f"The year {name} was entered already.") from None
        if "overlap" in str(error):
            raise Refusal("Two terms overlap. Check the dates.") from None
        raise Refusal("A term or closure ends before it starts. Check the dates.") from None
    record("add_year", year, by=by, at=at, facts={"terms": len(terms)})
    return year


@transaction.atomic
def add_closure(
    *, school: School, name: str, start_date: date, end_date: date, by: Person, at: datetime
) -> Closure:
    """Enter days on which the school is shut (SYS-05).

    Refuses the same days twice, an end before the start, and a closure longer than a term.
    """
    _check_closure(Closure.objects.filter(school=school), start_date, end_date)
    closure = Closure.objects.create(
        school=school, name=name, start_date=start_date, end_date=end_date
    )
    record("add_closure", closure, by=by, at=at)
    return closure


@transaction.atomic
def correct_closure(
    *, closure: Closure, name: str, start_date: date, end_date: date, by: Person, at: datetime
) -> None:
    """Put a closure right that was entered wrongly (SYS-05); refuses what ``add_closure`` does.

    What it said before stays in the trail. Deadlines counted already stay as they are.
    """
    closure = Closure.objects.select_for_update().get(pk=closure.pk)
    others = Closure.objects.filter(school=closure.school_id).exclude(pk=closure.pk)
    _check_closure(others, start_date, end_date)
    _correct(closure, "correct_closure", name, start_date, end_date, by=by, at=at)


@transaction.atomic
def correct_term(
    *, term: Term, name: str, start_date: date, end_date: date, by: Person, at: datetime
) -> None:
    """Put a term right that was entered wrongly, and its year with it (SYS-05).

    Refuses an end before the start, an overlap with another term, and a year of more than a year.
    """
    term = Term.objects.select_for_update().get(pk=term.pk)
    try:
        with transaction.atomic():
            _correct(term, "correct_term", name, start_date, end_date, by=by, at=at)
            days = term.year.terms.aggregate(start=Min("start_date"), end=Max("end_date"))
            if days["end"] - days["start"] > LONGEST_YEAR:
                raise Refusal("These terms are more than a year apart. Check the dates.")
            AcademicYear.objects.filter(pk=term.year_id).update(
                start_date=days["start"], end_date=days["end"]
            )
    except IntegrityError as error:
        if "overlap" in str(error):
            raise Refusal("Two terms overlap. Check the dates.") from None
        raise Refusal("The last day has to come after the first.") from None


def _check_closure(others: QuerySet[Closure], start_date: date, end_date: date) -> None:
    if end_date < start_date:
        raise Refusal("The last day is before the first.")
    if end_date - start_date > LONGEST_CLOSURE:
        raise Refusal("A closure cannot be longer than a term. Check the dates.")
    if others.filter(start_date=start_date, end_date=end_date).exists():
        raise Refusal("These days are entered as a closure already.")


def _correct(
    period: Term | Closure,
    verb: str,
    name: str,
    start_date: date,
    end_date: date,
    *,
    by: Person,
    at: datetime,
) -> None:
    before = [period.name, str(period.start_date), str(period.end_date)]
    period.name, period.start_date, period.end_date = name, start_date, end_date
    period.save(update_fields=["name", "start_date", "end_date"])
    after = [name, str(start_date), str(end_date)]
    record(verb, period, by=by, at=at, facts={"before": before, "after": after})
