"""Who sits at the signing pages: somebody signed in, or the holder of a personal link."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from agreements.actions.links import end_link_when_done
from agreements.conditions import check_link_open
from agreements.models import SigningLink
from agreements.queries.links import is_replaced
from agreements.vocabulary import LinkCheck, Method
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest
from people.models import Person, School

SESSION_KEY = "signing_link"
SITTING = timedelta(hours=1)


@dataclass(frozen=True)
class Desk:
    """The person at the pages of signing, how they came, and where their pages are."""

    school: School
    person: Person
    method: Method
    assurance: str
    pages: str
    link: SigningLink | None = None

    def url(self, page: str, *args: Any) -> str:
        """Return the address of one of this person's pages: "home", "sign", "decline"…"""
        return page_url(self.school, PAGES[self.pages][page], *args)

    def leave(self, *, at: datetime) -> None:
        """Use a link up when nothing is left to sign."""
        if self.link:
            end_link_when_done(link=self.link, at=at)


PAGES = {
    "own": {
        "home": "portal",
        "sign": "agreement_sign",
        "decline": "agreement_decline",
        "ask": "agreement_ask",
        "copy": "signature_copy",
        "consent": "consent_edit",
    },
    "link": {
        "home": "link_portal",
        "sign": "link_sign",
        "decline": "link_decline",
        "ask": "link_ask",
        "copy": "link_copy",
        "consent": "link_consent",
    },
}


def own_desk(request: SchoolRequest) -> Desk:
    """Return the desk of somebody who is signed in."""
    return Desk(request.school, request.person, Method.ACCOUNT, "signed in", "own")


def link_desk(request: SchoolRequest, *, at: datetime) -> Desk:
    """Return the desk of a link's holder; refuses without the second check, or after an hour.

    A link that is used up lets its holder fetch copies for the rest of the hour; a replaced one
    lets them do nothing.
    """
    kept = request.session.get(SESSION_KEY) or {}
    link = (
        SigningLink.objects.select_related("signer", "school")
        .filter(pk=kept.get("link", 0), school=request.school)
        .first()
    )
    checked = datetime.fromisoformat(kept["at"]) if kept.get("at") else None
    if link is None or checked is None or at - checked > SITTING:
        raise Refusal("Open the link in your e-mail again.")
    if link.locked_at or not link.ended_at or is_replaced(link):
        check_link_open(link, at=at)
    known = "date of birth" if link.check_kind == LinkCheck.BIRTH_DATE else "PIN"
    return Desk(link.school, link.signer, Method.LINK, f"personal link and {known}", "link", link)


def remember(request: SchoolRequest, link: SigningLink, *, checked_at: datetime | None) -> None:
    """Keep in the session which link somebody opened, and when they passed its check."""
    request.session[SESSION_KEY] = {
        "link": link.pk,
        "at": checked_at.isoformat() if checked_at else "",
    }


def asked_link(request: SchoolRequest) -> SigningLink | None:
    """Return the link whose check has still to be passed in this session."""
    kept = request.session.get(SESSION_KEY) or {}
    rows = SigningLink.objects.select_related("signer", "school")
    return rows.filter(pk=kept.get("link", 0), school=request.school).first()
