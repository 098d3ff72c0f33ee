"""Read signatures and check their proof."""

from django.db.models import QuerySet

from agreements.document import text_hash
from agreements.models import Obligation, Signature
from agreements.seal import seal_of
from agreements.sealing import sealed_fields
from agreements.workflow import CURRENT
from common.seals import read_seal
from people.models import Person, School

ALONG = (
    "school",
    "version__agreement",
    "shown",
    "signer",
    "about",
    "witness",
    "end",
    "certificate",
    "countersignature__by",
    "obligation",
)


def signatures_of(school: School) -> QuerySet[Signature, Signature]:
    """Return a school's signatures, newest first, with what their pages show. One query."""
    return Signature.objects.filter(school=school).select_related(*ALONG)


def signature_by_number(number: int) -> Signature:
    """Return a signature by its number, for work in the background."""
    return Signature.objects.select_related(*ALONG).get(pk=number)


def signature_of(school: School, reference: str) -> Signature | None:
    """Return a signature of a school by its reference."""
    return signatures_of(school).filter(reference=reference).first()


def signatures_by(person: Person) -> QuerySet[Signature, Signature]:
    """Return what a person signed, newest first: their own copies, for ever (AGR-12)."""
    return Signature.objects.filter(signer=person).select_related(*ALONG)


def signature_with_seal(school: School, seal: str) -> Signature | None:
    """Return the signature of a seal at a school, for the page that confirms or denies."""
    known = read_seal(seal)
    return signatures_of(school).filter(seal=known).first() if known else None


def seal_holds(signature: Signature) -> bool:
    """Return whether seal and text are still what they were when it was signed (leap 6)."""
    same_text = text_hash(signature.shown.text) == signature.shown.sha256
    return same_text and seal_of(sealed_fields(signature)) == signature.seal


def obligations_of(person: Person) -> QuerySet[Obligation, Obligation]:
    """Return what counts now for a person: to sign, signed, declined. One query."""
    return (
        Obligation.objects.filter(signer=person, state__in=CURRENT)
        .select_related("school", "agreement", "version__agreement", "about", "signer")
        .order_by("due_date", "pk")
    )


def waiting_for(person: Person) -> list[Obligation]:
    """Return what a person is asked to sign now, soonest first. Two queries.

    What a class is made familiar with is done in class and is not listed.
    """
    return list(to_sign(person).prefetch_related("version__texts", "questions"))


def to_sign(person: Person) -> QuerySet[Obligation, Obligation]:
    """Return what a person is asked to sign now, soonest first. One query."""
    return obligations_of(person).filter(state="due").exclude(asks="familiarise")
