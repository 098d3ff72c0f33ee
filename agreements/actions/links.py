"""Personal links: for people without an account, with a second check (AGR-12)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from agreements.conditions import check_contact, check_link_open
from agreements.models import Obligation, SigningLink
from agreements.queries.links import birth_dates_for
from agreements.vocabulary import LinkCheck
from audit.actions import record
from common.errors import Refusal
from people.models import Person

MOST_WRONG = 5


@dataclass(frozen=True)
class MadeLink:
    """A link with the PIN that goes with it, which is shown once; "" where none is needed."""

    link: SigningLink
    pin: str = ""


@transaction.atomic
def make_link(*, signer: Person, by: Person | None, at: datetime) -> MadeLink:
    """Make a personal link; an earlier one stops working.

    The second check is a child's date of birth where the school knows it, else a PIN for whoever
    makes the link to pass on in another way. Refuses somebody with nothing to sign, and somebody
    whom the school may not contact.
    """
    if not Obligation.objects.filter(signer=signer, state="due").exists():
        raise Refusal(f"{signer.full_name} has nothing to sign.")
    check_contact(signer)
    SigningLink.objects.filter(signer=signer, ended_at=None).update(ended_at=at)
    knows = birth_dates_for(signer)
    pin = "" if knows else f"{secrets.randbelow(10**6):06d}"
    link = SigningLink.objects.create(
        school_id=signer.school_id,
        signer=signer,
        check_kind=LinkCheck.BIRTH_DATE if knows else LinkCheck.PIN,
        pin_hash=make_password(pin) if pin else "",
        made_by=by,
        made_at=at,
        expires_at=at + timedelta(days=signer.school.setting("link_days")),
    )
    record("make_link", link, by=by or "reminders", at=at)
    return MadeLink(link, pin)


@transaction.atomic
def try_link(*, link: SigningLink, answer: str, at: datetime) -> bool:
    """Check what the holder of a link knows; returns whether it was right (AGR-12).

    ``answer`` is a PIN, or a date as 2018-03-31.
    Wrong answers are counted and the fifth locks the link, so this never raises for one.
    """
    link = SigningLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    check_link_open(link, at=at)
    if _is_right(link, answer.strip()):
        SigningLink.objects.filter(pk=link.pk).update(opened_at=at, wrong_tries=0)
        record("open_link", link, by=link.signer, at=at)
        return True
    link.wrong_tries += 1
    if link.wrong_tries >= MOST_WRONG:
        link.locked_at = at
        record("lock_link", link, by="link", at=at)
    link.save(update_fields=["wrong_tries", "locked_at"])
    return False


@transaction.atomic
def end_link_when_done(*, link: SigningLink, at: datetime) -> None:
    """End a link once its holder has nothing left to sign: it is good for one sitting."""
    if not Obligation.objects.filter(signer=link.signer, state="due").exists():
        SigningLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=at)


def _is_right(link: SigningLink, answer: str) -> bool:
    if link.check_kind == LinkCheck.PIN:
        return check_password(answer.replace(" ", ""), link.pin_hash)
    return answer in {known.isoformat() for known in birth_dates_for(link.signer)}
