"""Read personal links: by the token of their address, and what their holders know."""

from datetime import date, datetime

from django.core import signing

from agreements.conditions import LINK_USED, check_link_open
from agreements.models import SigningLink
from common.errors import Refusal
from people.models import Person

SALT = "agreements.link"


def birth_dates_for(signer: Person) -> list[date]:
    """Return the dates of birth of the children a person is asked to sign for, where known."""
    children = Person.objects.filter(
        obligations_about__signer=signer, obligations_about__state="due"
    )
    return [born for born in children.values_list("birth_date", flat=True).distinct() if born]


def is_replaced(link: SigningLink) -> bool:
    """Return whether a later link was made for the same person."""
    return SigningLink.objects.filter(signer=link.signer_id, pk__gt=link.pk).exists()


def token_of(link: SigningLink) -> str:
    """Return the token of a link's address; made anew each time, stored nowhere."""
    return signing.Signer(salt=SALT).sign_object([link.pk])


def link_of(token: str, *, at: datetime) -> SigningLink:
    """Return the link of a token; refuses in words one that is false, used, old or locked."""
    try:
        (number,) = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        raise Refusal("This is not a whole link. Copy all of it from the e-mail.") from None
    link = SigningLink.objects.select_related("signer", "school").filter(pk=number).first()
    if link is None:
        raise Refusal(LINK_USED)
    check_link_open(link, at=at)
    return link
