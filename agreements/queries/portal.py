"""What one person finds on their own page (AGR-16, AGR-31)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from agreements.models import Obligation, Signature
from agreements.queries.signatures import obligations_of, signatures_by, waiting_for
from agreements.vocabulary import PUPILS
from agreements.workflow import MET
from people.models import CarerLink, Person

ANSWERED = ("declined", "withdrawn")


@dataclass(frozen=True)
class PortalPage:
    """What waits, what was answered and signed, and whose consents are the person's to give."""

    waiting: list[Obligation]
    answered: list[Obligation]
    signatures: list[Signature]
    children: list[Person]
    decides_alone: bool


def portal_of(person: Person, *, on: date) -> PortalPage:
    """Return a person's own page. Six queries whatever they signed.

    Several children's rounds of one text stand as one entry: they are signed in one sitting.
    """
    waiting: dict[tuple[int, tuple[str, ...]], Obligation] = {}
    rows = list(
        obligations_of(person)
        .filter(state__in=["due", *ANSWERED])
        .prefetch_related("version__texts", "questions")
    )
    for row in rows:
        if row.state in ANSWERED or row.asks == "familiarise":
            continue
        first = waiting.setdefault((row.version_id, tuple(row.roles)), row)
        first.people = [*getattr(first, "people", ()), *([row.about] if row.about else ())]  # type: ignore[attr-defined]
    return PortalPage(
        waiting=list(waiting.values()),
        answered=[row for row in rows if row.state in ANSWERED],
        signatures=list(signatures_by(person)[:50]),
        children=_children(person),
        decides_alone=_decides_alone(person, on),
    )


def same_sitting(person: Person, pk: int) -> list[Obligation]:
    """Return what waits for a person together with one obligation: the same text, other children.

    Empty when that one does not wait for them.
    """
    waiting = waiting_for(person)
    asked = next((row for row in waiting if row.pk == pk), None)
    if asked is None:
        return []
    together = [
        row for row in waiting if row.version_id == asked.version_id and row.roles == asked.roles
    ]
    for row in together:
        row.school = person.school  # its settings are read once
    return together


def who_has_signed(pupils: Collection[Person]) -> set[int]:
    """Return which pupils have signed their own agreement, by their numbers (AGR-14)."""
    own = Obligation.objects.filter(
        signer__in=pupils, agreement__audience__in=PUPILS, state__in=MET
    )
    return set(own.values_list("signer", flat=True))


def was_asked(person: Person, pk: int) -> bool:
    """Return whether somebody was ever asked for this, answered or not."""
    return Obligation.objects.filter(signer=person, pk=pk).exists()


def _children(person: Person) -> list[Person]:
    links = CarerLink.objects.filter(
        carer=person,
        end_date=None,
        may_sign=True,
        parental_responsibility=True,
        pupil__left_date=None,
    )
    return [link.pupil for link in links.select_related("pupil").order_by("pupil__given_name")]


def _decides_alone(person: Person, on: date) -> bool:
    """Return whether a pupil is old enough to answer for their own pictures (CON-04, R-DP-6)."""
    if person.kind != Person.Kind.PUPIL or person.birth_date is None:
        return False
    born = person.birth_date
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return age >= person.school.setting("own_consent_age")
