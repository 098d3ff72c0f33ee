"""Who is asked to declare their own use of lent equipment, for which tax year (AST-11)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from assets.models import Loan, UseDeclaration
from people.models import Person, School

APRIL = 4
DAY_OF_APRIL = 6  # a tax year begins on 6 April and ends on the fifth of the next


@dataclass(frozen=True)
class TaxYear:
    """A tax year, and since when the school asks about it."""

    starts: date
    ends: date
    asked_from: date

    def __str__(self) -> str:
        return f"{self.starts.year}/{self.ends:%y}"


def tax_year_asked(school: School, on: date) -> TaxYear | None:
    """Return the tax year the school asks about on a day, or None where it never asks (AST-11).

    It is the last one that had ended when the month came in which the school asks.
    """
    setting = school.setting("declaration_month")
    if setting == "never":
        return None
    month = int(setting)
    asked = date(on.year, month, DAY_OF_APRIL if month == APRIL else 1)
    if asked > on:
        asked = asked.replace(year=on.year - 1)
    ends = date(asked.year, APRIL, DAY_OF_APRIL - 1)
    if ends >= asked:
        ends = ends.replace(year=asked.year - 1)
    return TaxYear(date(ends.year - 1, APRIL, DAY_OF_APRIL), ends, asked)


def to_declare(school: School, on: date) -> QuerySet[Person, Person]:
    """Return the staff who had something on loan in the tax year asked about and have not said.

    Those who have left are not asked.
    """
    year = tax_year_asked(school, on)
    if year is None:
        return Person.objects.none()
    here = Q(left_date=None) | Q(left_date__gte=on)
    rows = Person.objects.filter(here, school=school, kind=Person.Kind.STAFF)
    return rows.filter(borrowed_in(year), ~Exists(_said(year)))


def borrowed_in(year: TaxYear) -> Exists:
    """Return whether a person had something on loan on a day of a tax year."""
    loans = Loan.objects.filter(borrower=OuterRef("pk"), lent_at__date__lte=year.ends)
    return Exists(
        loans.filter(Q(returned_at=None) | Q(returned_at__date__gte=year.starts)).order_by()
    )


def _said(year: TaxYear) -> QuerySet[UseDeclaration, UseDeclaration]:
    return UseDeclaration.objects.filter(person=OuterRef("pk"), until_date=year.ends).order_by()


def must_declare(person: Person, on: date) -> bool:
    """Return whether a person is asked to declare now."""
    return to_declare(person.school, on).filter(pk=person.pk).exists()


def declaration_rows(school: School) -> QuerySet[UseDeclaration, UseDeclaration]:
    """Return every declaration with its person, ready for a list."""
    rows = UseDeclaration.objects.filter(school=school)
    return rows.select_related("person", "passed_by")


def declarations_mine(person: Person) -> list[UseDeclaration]:
    """Return what a person declared, the latest year first."""
    return list(UseDeclaration.objects.filter(person=person))


def to_pass(school: School) -> QuerySet[UseDeclaration, UseDeclaration]:
    """Return the declarations of significant use that payroll has not been told of."""
    return declaration_rows(school).filter(significant=True, passed_at=None)


def tax_year_or_404(person: Person, on: date) -> TaxYear:
    """Return the tax year a person is asked about; nobody else has such a page."""
    year = tax_year_asked(person.school, on)
    if year is None or not must_declare(person, on):
        raise Http404("nothing to declare")
    return year


def tax_years_declared(school: School) -> list[date]:
    """Return the last days of the tax years of which anything was declared, the latest first."""
    rows = UseDeclaration.objects.filter(school=school).order_by("-until_date")
    return list(rows.values_list("until_date", flat=True).distinct())
