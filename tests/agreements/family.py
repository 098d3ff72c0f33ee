"""What tests of consents share: the questions, a second parent, and answers by the real actions."""

from datetime import datetime

from agreements.actions.consents import give_consents
from agreements.actions.purposes import set_up_purposes
from agreements.consent_forms import form_of
from agreements.models import Consent, ConsentPurpose
from agreements.queries.consents import questions_for
from agreements.vocabulary import Method
from people.models import CarerLink, Person
from tests.cast import NOW, START, Cast, make_person


def set_up(cast: Cast) -> dict[str, ConsentPurpose]:
    """Bring in the ready-made questions; returns them by code."""
    set_up_purposes(school=cast.school, by=cast.hana, at=NOW)
    return {one.code: one for one in ConsentPurpose.objects.filter(school=cast.school)}


def second_parent(cast: Cast, child: Person, **link) -> Person:
    """Make Maya, the mother of a child."""
    maya = make_person(cast.school, "Maya", "Pease", "carer", "parent")
    values = {"relation": "Mother", "start_date": START, **link}
    CarerLink.objects.create(school=cast.school, pupil=child, carer=maya, **values)
    return maya


def answer(
    cast: Cast, by: Person, pupil: Person, /, at: datetime = NOW, **answers: str
) -> list[Consent]:
    """Answer by code of purpose, as the page does it."""
    questions = questions_for(pupil, by)
    numbers = {one.code: one.pk for one in ConsentPurpose.objects.filter(school=cast.school)}
    return give_consents(
        pupil=pupil,
        answers={numbers[code]: said for code, said in answers.items()},
        form=form_of(questions),
        by=by,
        at=at,
        method=Method.ACCOUNT,
    )
