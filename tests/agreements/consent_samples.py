"""Records for the pages of consents, and rows for their lists."""

from datetime import date

from agreements.actions.following import add_follow_up
from agreements.actions.purposes import add_purpose
from agreements.models import ConsentPurpose, FollowUp
from people.models import Person, PupilEnrolment, SchoolClass
from tests.agreements.family import answer, set_up
from tests.cast import NOW, START, Cast


def purpose(cast: Cast) -> ConsentPurpose:
    """Return a question the school asks; Pia's answers to it were yes and then no."""
    asked = set_up(cast)
    answer(cast, cast.paul, cast.pia, website="yes")
    answer(cast, cast.paul, cast.pia, website="no")
    return asked["website"]


def follow_up(cast: Cast) -> FollowUp:
    """Return something that has to be done after a withdrawal."""
    purpose(cast)
    return FollowUp.objects.filter(school=cast.school, kind="take_down")[0]


def one_more_pupil(cast: Cast, number: int) -> None:
    """Put one more pupil, for whom nobody has answered, on the lists."""
    if not ConsentPurpose.objects.filter(school=cast.school).exists():
        set_up(cast)
    pupil = Person.objects.create(
        school=cast.school,
        kind="pupil",
        given_name=f"Number{number}",
        family_name="Pupil",
        birth_date=date(2016, 1, 1),
    )
    PupilEnrolment.objects.create(
        school=cast.school,
        pupil=pupil,
        school_class=SchoolClass.objects.filter(school=cast.school)[0],
        year_group="5",
        key_stage="KS2",
        start_date=START,
    )


def one_more_question(cast: Cast, number: int) -> None:
    """Ask one more question."""
    add_purpose(
        school=cast.school,
        kind="image",
        label=f"Question {number}",
        question="May we?",
        note="For a year.",
        individual=False,
        by=cast.hana,
        at=NOW,
    )


def one_more_answer(cast: Cast, number: int) -> None:
    """Give one more answer about Pia: yes, then no, then yes."""
    if not ConsentPurpose.objects.filter(school=cast.school).exists():
        set_up(cast)
    answer(cast, cast.paul, cast.pia, website=("yes", "no")[number % 2])


def one_more_follow_up(cast: Cast, number: int) -> None:
    """Give somebody one more thing to do."""
    add_follow_up(
        school=cast.school,
        kind="declined",
        key=f"sample-{number}",
        person=cast.paul,
        power="answer_question",
        words="Talk to them.",
        days=5,
        at=NOW,
    )
