"""Read what paper was destroyed, and which certificates have not come (AST-24)."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from assets.models import PaperDestruction
from assets.vocabulary import PaperMethod
from people.models import School


def destruction_rows(school: School) -> QuerySet[PaperDestruction, PaperDestruction]:
    """Return every destruction of paper, ready for a list."""
    rows = PaperDestruction.objects.filter(school=school)
    return rows.select_related("school", "company", "recorded_by")


def without_certificate(school: School) -> QuerySet[PaperDestruction, PaperDestruction]:
    """Return the collections whose certificate is not here."""
    return destruction_rows(school).filter(method=PaperMethod.COMPANY, sha256="")


def certificates_late(school: School, on: date) -> QuerySet[PaperDestruction, PaperDestruction]:
    """Return the collections whose certificate should be here by now."""
    return without_certificate(school).filter(certificate_due_date__lte=on)


def destruction_or_404(school: School, pk: int) -> PaperDestruction:
    """Return one destruction of paper of a school."""
    found = destruction_rows(school).filter(pk=pk).first()
    if found is None:
        raise Http404("no such record")
    return found
