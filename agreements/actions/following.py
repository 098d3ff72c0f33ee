"""What has to be done because of an agreement or a consent: made once, done by somebody."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from agreements.models import FollowUp
from audit.actions import record
from common.errors import Conflicted, Refusal
from people.calendar import SchoolCalendar
from people.models import Person, School


def add_follow_up(
    *,
    school: School,
    kind: str,
    key: str,
    person: Person,
    power: str,
    words: str,
    days: int,
    at: datetime,
) -> FollowUp:
    """Write down what has to be done within so many school days, once per cause."""
    due = SchoolCalendar(school).add_school_days(localdate(at), days)
    row, _ = FollowUp.objects.get_or_create(
        school=school,
        kind=kind,
        key=key,
        defaults={
            "person": person,
            "power": power,
            "words": words[:300],
            "made_at": at,
            "due_date": due,
        },
    )
    return row


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, note: str, by: Person, at: datetime) -> FollowUp:
    """Say what was done. Refuses an empty note, one that is done, and one about oneself."""
    follow_up = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if follow_up.done_at:
        raise Refusal("Somebody has done this already.")
    if not note.strip():
        raise Refusal("Say what was done.")
    if follow_up.person_id == by.pk:
        raise Conflicted("This is about you, so somebody else has to do it.")
    follow_up.note, follow_up.done_by, follow_up.done_at = note.strip()[:400], by, at
    follow_up.save(update_fields=["note", "done_by", "done_at"])
    record("finish_follow_up", follow_up, by=by, at=at, facts={"kind": follow_up.kind})
    return follow_up
