"""Read what was confirmed about filtering, and what has to be confirmed again (FIL-01, FIL-22)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.http import Http404

from filtering.conditions.provision import OF_THE_HEAD
from filtering.models import Attestation
from filtering.vocabulary import Statement
from people.models import School
from roles.models import RoleAssignment
from roles.queries import assignments_on, granted_cells


@dataclass(frozen=True)
class Standing:
    """A statement with its latest confirmation, and how it stands on a day."""

    statement: Statement
    latest: Attestation | None
    state: str  # never, overdue, soon or fine

    @property
    def power(self) -> str:
        """Return the power that confirming it takes."""
        return "confirm_provision" if self.statement in OF_THE_HEAD else "attest_provision"

    @property
    def asked_of(self) -> str:
        """Return the power of those who are reminded of it: the headteacher, or who enters."""
        return "confirm_provision" if self.statement in OF_THE_HEAD else "edit_provision"


def standings(school: School, on: date) -> list[Standing]:
    """Return every statement with its latest confirmation on a day. One query."""
    rows = attestations_of(school).order_by("statement", "-confirmed_at", "-pk")
    latest = {row.statement: row for row in rows.distinct("statement")}
    soon = on + timedelta(days=school.setting("attest_warn_days"))
    return [_standing(statement, latest.get(statement), on, soon) for statement in Statement]


def _standing(statement: Statement, latest: Attestation | None, on: date, soon: date) -> Standing:
    if latest is None:
        state = "never"
    elif latest.next_date < on:
        state = "overdue"
    else:
        state = "soon" if latest.next_date <= soon else "fine"
    return Standing(statement, latest, state)


def attestations_of(school: School) -> QuerySet[Attestation, Attestation]:
    """Return everything that was ever confirmed, newest first."""
    return Attestation.objects.filter(school=school).select_related("confirmed_by", "service")


def attestation_or_404(school: School, pk: int) -> Attestation:
    """Return a confirmation that has evidence."""
    found = attestations_of(school).exclude(evidence="").filter(pk=pk).first()
    if found is None:
        raise Http404("no evidence under this number")
    return found


def status_holders(school: School, on: date) -> QuerySet[RoleAssignment, RoleAssignment]:
    """Return who may change the filter on a day and since when (FIL-04: reviewed every year)."""
    codes = {code for code, power in granted_cells(school) if power == "make_change"}
    held = assignments_on(school, on).filter(role__code__in=codes)
    return held.order_by("start_date", "pk")
