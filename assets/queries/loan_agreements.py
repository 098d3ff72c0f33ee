"""On which signed agreement a loan rests, or which one is missing (AGR-05, AST-10)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from agreements.models import AccessOverride, Obligation
from agreements.queries.access import may_have_account
from people.models import Person

SIGNED = ("active", "covered")


@dataclass(frozen=True)
class Basis:
    """Whether somebody may borrow, and in words on what that rests or what is missing."""

    good: bool
    words: str


def basis_for(borrower: Person, *, on: date) -> Basis:
    """Return on what a loan to somebody would rest on a day.

    The gate is the one for accounts: everything asked of them is signed, or the headteacher has
    opened it for a time with a reason. Without any signature nothing is rested on.
    """
    if not borrower.school.setting("loan_agreement"):
        return Basis(True, "The school asks for no agreement")
    access = may_have_account(borrower, on=on)
    if not access.allowed:
        return Basis(False, f"Missing: {access.why}")
    if AccessOverride.objects.filter(person=borrower, until_date__gte=on).exists():
        return Basis(True, "Allowed by the headteacher without a signature")
    rows = Obligation.objects.filter(
        Q(signer=borrower, about=None) | Q(about=borrower), state__in=SIGNED
    )
    titles = sorted({str(row.agreement) for row in rows.select_related("agreement")})
    if not titles:
        return Basis(False, "Missing: this person has signed no agreement yet")
    return Basis(True, f"Signed: {', '.join(titles)}"[:200])
