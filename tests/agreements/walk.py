"""Ways through agreements by the real actions, so that a test starts where it wants to."""

from datetime import datetime, timedelta

from agreements.actions.issuing import issue_obligations
from agreements.actions.signing import Way, sign_agreement
from agreements.actions.texts import (
    approve_agreement,
    load_agreement,
    publish_agreement,
)
from agreements.models import AgreementVersion, Obligation, Signature
from agreements.queries.texts import hash_of
from agreements.shown import Opened, shown_to
from agreements.vocabulary import Method
from people.models import Person
from tests.cast import Cast


def published(cast: Cast, *names: str, at: datetime) -> list[AgreementVersion]:
    """Bring ready-made agreements through draft and approval to publication.

    Dora, the safeguarding lead, writes; Hana, the headteacher, approves and publishes.
    """
    versions = []
    for name in names:
        version = load_agreement(school=cast.school, name=name, by=cast.dora, at=at)
        approve_agreement(version=version, seen=hash_of(version), by=cast.hana, at=at)
        versions.append(publish_agreement(version=version, by=cast.hana, at=at))
    return versions


def asked(cast: Cast, *names: str, at: datetime) -> list[AgreementVersion]:
    """Publish ready-made agreements and ask everybody who has to sign them."""
    versions = published(cast, *names, at=at)
    issue_obligations(school=cast.school, by="tests", at=at)
    return versions


def obligation_of(person: Person, code: str, about: Person | None = None) -> Obligation:
    """Return what a person is asked for now in one agreement."""
    rows = Obligation.objects.filter(signer=person, agreement__code=code, about=about)
    return rows.exclude(state__in=["superseded", "ended"]).get()


def opened(obligation: Obligation, *, at: datetime, language: str = "en") -> Opened:
    """Return what the page of an obligation shows, opened a minute before."""
    shown = shown_to(obligation.version, language, obligation.roles)
    return Opened((obligation.pk,), shown.sha256, language, at - timedelta(minutes=1))


def signed(obligation: Obligation, *, at: datetime, name: str = "") -> Signature:
    """Sign as the signer, signed in."""
    return sign_agreement(
        obligation=obligation,
        opened=opened(obligation, at=at),
        typed_name=name or obligation.signer.full_name,
        way=Way(Method.ACCOUNT, "password"),
        by=obligation.signer,
        at=at,
    )
