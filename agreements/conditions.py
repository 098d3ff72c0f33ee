"""May this be signed now, by this person, in this way?"""

from datetime import datetime

from agreements.audience import may_sign_for
from agreements.models import Obligation, SigningLink
from agreements.shown import Shown
from agreements.vocabulary import PUPILS, Audience
from common.errors import Conflicted, Refusal, StaleRecord
from people.models import CarerLink, Person

LINK_USED = "This link has been used or replaced. Ask the school office for a new one."
LINK_EXPIRED = "This link is too old. Ask the school office for a new one."
LINK_LOCKED = "This link was locked after five wrong answers. Ask the school office for a new one."


def check_live(obligation: Obligation) -> None:
    """Refuse a version that was replaced or taken out of use (AGR-07)."""
    if not obligation.version.live or not obligation.agreement.active:
        raise StaleRecord("There is a newer version of this text. Open it and read it first.")


def check_same_text(shown: Shown, sha256: str) -> None:
    """Refuse a signature under another text than the one that was on the page."""
    if shown.sha256 != sha256:
        raise StaleRecord(
            "The text has changed since you opened it. Nothing was signed. Please read it again."
        )


def check_family(obligation: Obligation, signer: Person) -> None:
    """Refuse somebody who may not sign for the pupil, or not any more (AGR-04, R-DP-4)."""
    if obligation.about and not may_sign_for(signer, obligation.about):
        raise Conflicted("You cannot sign for this child. Ask the school office if that is wrong.")


def check_pupil_first(obligation: Obligation) -> None:
    """Refuse a parent who would sign before their child where the child goes first (AGR-14)."""
    if obligation.agreement.audience != Audience.PARENT or not obligation.about:
        return
    if not obligation.school.setting("pupil_signs_first"):
        return
    waiting = Obligation.objects.filter(
        signer=obligation.about, agreement__audience__in=PUPILS, state="due"
    )
    if waiting.exists():
        name = obligation.about.known_as or obligation.about.given_name
        raise Refusal(f"{name} has to sign first. You can sign as soon as {name} has.")


def clean_signed_name(typed: str, person: Person | None) -> str:
    """Return the name typed under a text; refuses one that is not the signer's (AGR-12)."""
    name = " ".join(typed.split())
    if len(name) < 2:
        raise Refusal("Type your full name.")
    if person and person.family_name.casefold() not in name.casefold():
        raise Refusal(f"Type your full name as the school knows it: {person.full_name}.")
    return name


def check_contact(signer: Person) -> None:
    """Refuse somebody whom the school may not contact about any child (domain R-DP-4)."""
    links = CarerLink.objects.filter(carer=signer, end_date=None)
    if links.exists() and not links.filter(no_contact=False).exists():
        raise Refusal("The school may not contact this person.")


def check_link_open(link: SigningLink, *, at: datetime) -> None:
    """Refuse a link that is locked, used or too old."""
    if link.locked_at:
        raise Refusal(LINK_LOCKED)
    if link.ended_at:
        raise Refusal(LINK_USED)
    if link.expires_at < at:
        raise Refusal(LINK_EXPIRED)
