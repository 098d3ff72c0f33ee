"""Whether anything is or was lent to somebody: asked for the menu of every page (AST-10)."""

from django.core.cache import cache

from assets.models import Loan
from common.requests import SchoolRequest

KEPT = 300  # seconds until it is looked up again; who is lent something is told at once


def ever_borrowed(request: SchoolRequest) -> bool:
    """Return whether the person has or had a loan; one query in some minutes."""
    rows = Loan.objects.filter(borrower=request.person)
    return bool(cache.get_or_set(_key(request.person.pk), rows.exists, KEPT))


def remember_borrower(person: int) -> None:
    """Show a borrower their loans from now on."""
    cache.set(_key(person), True, KEPT)


def _key(person: int) -> str:
    return f"borrower:{person}"
