"""Read what somebody has to do because of an agreement or a consent."""

from collections.abc import Collection

from django.db.models import QuerySet

from agreements.models import FollowUp
from people.models import Person

POWERS = ("answer_question", "review_access", "take_down_images")


def follow_ups_for(person: Person, powers: Collection[str]) -> QuerySet[FollowUp, FollowUp]:
    """Return what a person may see and do: by the powers they hold, nothing about themselves."""
    rows = FollowUp.objects.filter(school=person.school_id, power__in=list(powers))
    return rows.exclude(person=person).select_related("person", "done_by")


def open_follow_ups(person: Person, powers: Collection[str]) -> QuerySet[FollowUp, FollowUp]:
    """Return what waits for a person, soonest first."""
    return follow_ups_for(person, powers).filter(done_at=None).order_by("due_date", "pk")
