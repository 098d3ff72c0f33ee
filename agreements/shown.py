"""What one person is shown of an agreement, and the ticket that proves which text was open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core import signing

from agreements.document import (
    AgreementDocument,
    ClauseText,
    canonical_text,
    clauses_for,
    text_hash,
)
from agreements.models import AgreementText, AgreementVersion, Obligation, ShownText
from agreements.queries.texts import text_in
from common.errors import StaleRecord

SALT = "agreements.shown"


@dataclass(frozen=True)
class Shown:
    """A version in one language as holders of some roles are shown it."""

    version: AgreementVersion
    text: AgreementText
    roles: tuple[str, ...]
    canonical: str
    sha256: str

    @property
    def document(self) -> AgreementDocument:
        """Return the whole document."""
        return self.text.document

    @property
    def clauses(self) -> tuple[ClauseText, ...]:
        """Return the clauses this person is shown."""
        return clauses_for(self.document, self.roles)


def shown_to(version: AgreementVersion, language: str, roles: Sequence[str] = ()) -> Shown:
    """Return a version as holders of these roles see it; the canonical text is what is hashed."""
    text = text_in(version, language)
    canonical = canonical_text(
        text.document,
        agreement_title=version.agreement.title,
        version=version.number,
        role_codes=roles,
    )
    return Shown(version, text, tuple(roles), canonical, text_hash(canonical))


def keep_shown(shown: Shown, *, school_id: int, at: datetime) -> ShownText:
    """Return the stored row of a text as shown; each distinct text of a version is stored once.

    Two agreements may have the same title and words, so the version is part of the key.
    """
    row, _ = ShownText.objects.get_or_create(
        school_id=school_id,
        version=shown.version,
        sha256=shown.sha256,
        defaults={
            "language": shown.text.language,
            "text": shown.canonical,
            "first_shown_at": at,
        },
    )
    return row


@dataclass(frozen=True)
class Opened:
    """Which text a page showed, for which obligations, and when it was opened."""

    obligations: tuple[int, ...]
    sha256: str
    language: str
    at: datetime


def ticket_for(obligations: Sequence[Obligation], shown: Shown, *, at: datetime) -> str:
    """Return the ticket a signing page carries; nobody can alter it, and it stores nothing."""
    return signing.dumps(
        [[one.pk for one in obligations], shown.sha256, shown.text.language, at.isoformat()],
        salt=SALT,
    )


def read_ticket(ticket: str) -> Opened:
    """Return what a page's ticket says; refuses one that was altered or is older than a day."""
    try:
        numbers, sha256, language, at = signing.loads(ticket, salt=SALT, max_age=24 * 3600)
    except signing.BadSignature:
        raise StaleRecord(
            "This page was open too long. Read the text again, then sign it."
        ) from None
    return Opened(tuple(numbers), sha256, language, datetime.fromisoformat(at))
