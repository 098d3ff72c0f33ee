"""Agreements as they stand in autumn: published, everybody asked, a third has signed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from agreements.actions.consents import give_consents
from agreements.actions.issuing import issue_obligations
from agreements.actions.purposes import set_up_purposes
from agreements.actions.signing import Way, sign_agreement
from agreements.actions.texts import approve_agreement, load_agreement, publish_agreement
from agreements.consent_forms import form_of
from agreements.models import AgreementVersion, Obligation
from agreements.queries.consents import questions_for
from agreements.queries.texts import hash_of
from agreements.shown import Opened, shown_to
from agreements.vocabulary import Method
from people.actions.settings import change_setting
from people.models import Person, School
from safeguard.demo.names import FAMILY, GIVEN

# With the roles that sign in, the pupils and a carer for each of them, these make it 500 people.
OTHERS = {Person.Kind.STAFF: 50, Person.Kind.GOVERNOR: 21}
EARLY = ("staff", "governor", "policy", "pupil_ks2")
RECENT = ("parent",)
SIGNED_OF = 3  # every third has signed


@dataclass
class Signing:
    """What writing a school's agreements needs."""

    school: School
    staff: dict[str, Person]
    random: Random
    now: datetime


def write_agreements(signing: Signing) -> None:
    """Publish and ask by the product's own actions: most are late by now, parents are not.

    Nobody is asked for the password: checking it takes a third of a second on purpose, which would
    hide everything else that signing costs.
    """
    school, lead = signing.school, signing.staff["dsl"]
    early, recent = signing.now - timedelta(days=30), signing.now - timedelta(days=3)
    _employ_others(signing)
    change_setting(school=school, name="password_to_sign", value=False, by=lead, at=early)
    set_up_purposes(school=school, by=lead, at=early)
    for names, at in ((EARLY, early), (RECENT, recent)):
        for name in names:
            publish(school, name, writer=lead, head=signing.staff["head"], at=at)
        issue_obligations(school=school, by="bench", at=at)
    _sign_some(signing)


def publish(
    school: School, name: str, *, writer: Person, head: Person, at: datetime
) -> AgreementVersion:
    """Bring a ready-made agreement through approval to publication."""
    version = load_agreement(school=school, name=name, by=writer, at=at)
    approve_agreement(version=version, seen=hash_of(version), by=head, at=at)
    return publish_agreement(version=version, by=head, at=at)


def _employ_others(signing: Signing) -> None:
    Person.objects.bulk_create(
        Person(
            school=signing.school,
            kind=kind,
            given_name=signing.random.choice(GIVEN),
            family_name=signing.random.choice(FAMILY),
        )
        for kind, count in OTHERS.items()
        for _ in range(count)
    )


def _sign_some(signing: Signing) -> None:
    """Let every third person sign and every third carer answer about pictures and the internet."""
    rows = Obligation.objects.filter(school=signing.school).select_related(
        "version__agreement", "signer", "about"
    )
    for row in rows.order_by("pk")[::SIGNED_OF]:
        at = row.issued_at + timedelta(hours=signing.random.randint(1, 60))
        shown = shown_to(row.version, "en", row.roles)
        sign_agreement(
            obligation=row,
            opened=Opened((row.pk,), shown.sha256, "en", at - timedelta(minutes=3)),
            typed_name=row.signer.full_name,
            way=Way(Method.ACCOUNT, "signed in"),
            by=row.signer,
            at=at,
        )
        if row.about:
            _answer(signing, row.signer, row.about, at)


def _answer(signing: Signing, carer: Person, pupil: Person, at: datetime) -> None:
    asked = questions_for(pupil, carer)
    give_consents(
        pupil=pupil,
        answers={one.pk: signing.random.choice(("yes", "yes", "no")) for one in asked},
        form=form_of(asked),
        by=carer,
        at=at,
        method=Method.ACCOUNT,
    )
