"""Records for the pages of signing and of who has signed, and rows for their lists."""

from agreements.actions.answering import ask_question
from agreements.actions.issuing import issue_obligations
from agreements.actions.links import make_link
from agreements.models import AgreementVersion, Obligation, Question, Signature
from agreements.queries.links import token_of
from agreements.queries.texts import live_version
from people.models import Person
from tests.agreements.walk import obligation_of, published, signed
from tests.cast import NOW, Cast


def text(cast: Cast) -> AgreementVersion:
    """Return the live text of staff, asked of everybody; published when there is none."""
    live = live_version(cast.school, "staff")
    if live is None:
        (live,) = published(cast, "staff", at=NOW)
    issue_obligations(school=cast.school, by="tests", at=NOW)
    return live


def obligation(cast: Cast) -> Obligation:
    """Return what Tess still has to sign."""
    text(cast)
    return obligation_of(cast.tess, "staff")


def signature(cast: Cast) -> Signature:
    """Return what Tom has signed."""
    text(cast)
    return signed(obligation_of(cast.tom, "staff"), at=NOW)


def question(cast: Cast) -> Question:
    """Return what Tess asked before signing."""
    return ask_question(obligation=obligation(cast), text="And my phone?", by=cast.tess, at=NOW)


def token(cast: Cast) -> str:
    """Return the token of a personal link for Tess."""
    row = obligation(cast)
    return token_of(make_link(signer=row.signer, by=cast.hana, at=NOW).link)


def _somebody(cast: Cast, number: int) -> Person:
    return Person.objects.create(
        school=cast.school, kind="staff", given_name=f"Number{number}", family_name="Person"
    )


def one_more_asked(cast: Cast, number: int) -> None:
    """Ask one more person."""
    _somebody(cast, number)
    text(cast)


def one_more_signed(cast: Cast, number: int) -> None:
    """Have one more person sign, who waits to be countersigned where the school does that."""
    person = _somebody(cast, number)
    text(cast)
    signed(obligation_of(person, "staff"), at=NOW)


def one_more_question(cast: Cast, number: int) -> None:
    """Have one more person ask something."""
    person = _somebody(cast, number)
    text(cast)
    row = obligation_of(person, "staff")
    ask_question(obligation=row, text=f"Question {number}?", by=person, at=NOW)


def one_more_to_countersign(cast: Cast, number: int) -> None:
    """Have one more signature wait for the headteacher."""
    from people.actions.settings import change_setting

    if not cast.school.setting("countersigned"):
        change_setting(school=cast.school, name="countersigned", value=True, by=cast.hana, at=NOW)
        cast.school.__dict__.pop("_settings", None)
    one_more_signed(cast, number)
