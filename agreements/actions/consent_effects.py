"""What follows when consent is refused or withdrawn (CON-08, CON-09)."""

from datetime import datetime

from django.utils.timezone import localdate

from agreements.actions.following import add_follow_up
from agreements.models import Consent
from agreements.queries.consents import INTERNET, Use
from agreements.vocabulary import Answer, ConsentKind, FollowUpKind
from common.pages import page_url
from people.mail import notify
from people.models import Person, PupilEnrolment
from roles.queries import holders_of_power


def follow_consents(*, pupil: Person, written: list[Consent], lost: set[Use], at: datetime) -> None:
    """Have pictures taken down, and tell those who keep to the lists (CON-08, CON-09).

    ``lost`` are the uses that were allowed before and are not any more.
    """
    told = False
    for row in written:
        gone = row.answer == Answer.WITHDRAWN or (row.purpose_id, row.detail) in lost
        if gone and row.purpose.kind == ConsentKind.IMAGE:
            add_follow_up(
                school=pupil.school,
                kind=FollowUpKind.TAKE_DOWN,
                key=str(row.pk),
                person=pupil,
                power="take_down_images",
                words=_take_down_words(row),
                days=pupil.school.setting("take_down_days"),
                at=at,
            )
        no_internet = row.purpose.code == INTERNET and row.answer != Answer.YES
        told = told or no_internet or (gone and row.purpose.kind == ConsentKind.IMAGE)
    if told:
        _tell(pupil, at)


def _take_down_words(row: Consent) -> str:
    use = f"{row.purpose.label} ({row.detail})" if row.detail else row.purpose.label
    return f"Take pictures of {row.pupil.full_name} down: {use}. There is no consent any more."


def _tell(pupil: Person, at: datetime) -> None:
    """Tell the class teacher and whoever takes pictures down that a list has changed."""
    place = (
        PupilEnrolment.objects.filter(pupil=pupil, end_date=None)
        .select_related("school_class__teacher")
        .first()
    )
    people = set(holders_of_power(pupil.school, "take_down_images", on=localdate(at)))
    if place and place.school_class and place.school_class.teacher:
        people.add(place.school_class.teacher)
    notify(
        sorted(people, key=lambda one: one.pk),
        reason="consent_changed",
        path=page_url(pupil.school, "photo_list"),
        at=at,
    )
