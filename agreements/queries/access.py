"""The access gate: may somebody have an account, and for which systems? (AGR-05, AGR-11)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from agreements.models import AccessOverride, Countersignature, Obligation
from agreements.workflow import CURRENT
from people.models import Person, School

SHUT = ("declined", "withdrawn")


@dataclass(frozen=True)
class Access:
    """Whether somebody may have an account, why, and for which systems where that is recorded."""

    allowed: bool
    why: str
    systems: tuple[str, ...] = ()


def may_have_account(person: Person, *, on: date) -> Access:
    """Return whether a person may have an account on a day; other areas ask here (AGR-05).

    Shut while something is unsigned and was never signed before, or is past its date, or was
    declined. An override by the headteacher opens it until its date.
    """
    return access_of([person], on=on)[person.pk]


def access_of(people: Collection[Person], *, on: date) -> dict[int, Access]:
    """Return the access of many people by their number. Four queries."""
    numbers = [person.pk for person in people]
    own = Q(signer__in=numbers, about=None) | Q(about__in=numbers, agreement__audience="pupil_ks1")
    rows = list(
        Obligation.objects.filter(own, state__in=CURRENT)
        .annotate(signed_before=Exists(_earlier()))
        .select_related("agreement")
    )
    systems = _systems(numbers)
    overrides = set(
        AccessOverride.objects.filter(person__in=numbers, until_date__gte=on).values_list(
            "person_id", flat=True
        )
    )
    mine: dict[int, list[Obligation]] = {}
    for row in rows:
        mine.setdefault(row.about_id or row.signer_id, []).append(row)
    return {
        number: _judge(mine.get(number, []), systems.get(number, ()), number in overrides, on)
        for number in numbers
    }


def _judge(
    rows: Iterable[Obligation], systems: tuple[str, ...], overridden: bool, on: date
) -> Access:
    missing = [row for row in rows if _shuts(row, on)]
    if not missing:
        return Access(True, "Everything is signed", systems)
    words = ", ".join(sorted({f"{row.agreement}: {row.label.lower()}" for row in missing}))
    if overridden:
        return Access(True, f"Allowed by the headteacher although {words}", systems)
    return Access(False, words)


def _shuts(row: Obligation, on: date) -> bool:
    """Return whether an obligation shuts the gate: somebody new is shut out from the first day."""
    if row.state in SHUT or row.state == "countersign":
        return True
    if row.state != "due" or row.asks == "familiarise":
        return False
    return row.due_date < on or not row.signed_before  # type: ignore[attr-defined]


def _earlier() -> QuerySet[Obligation, Obligation]:
    """Return earlier rounds of the same agreement that were signed."""
    return Obligation.objects.filter(
        agreement=OuterRef("agreement"),
        signer=OuterRef("signer"),
        state="superseded",
        about__isnull=True,
    )


def _systems(numbers: Collection[int]) -> dict[int, tuple[str, ...]]:
    rows = Countersignature.objects.filter(
        signature__signer__in=numbers, signature__end=None
    ).order_by("at")
    return {
        signer: tuple(systems)
        for signer, systems in rows.values_list("signature__signer", "systems")
    }


def systems_of(school: School) -> list[str]:
    """Return the systems a school gives people, as its settings name them."""
    return [one.strip() for one in school.setting("systems").split(",") if one.strip()]
