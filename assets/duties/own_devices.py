"""What of people's own devices and recording with them needs a person now, and what falls due."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Expression, QuerySet
from django.utils.timezone import localdate

from assets.models import PersonalDevice, RecordingPermission, RecordingUse
from common.asking import answers, any_of, counts_of
from common.dates import uk_date
from common.duties import Due, Figure, Need, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from common.stand_ins import with_settings
from people.calendar import LONDON, end_of_school_day
from people.models import School
from roles.queries import holders_of_power

REMINDERS = {
    "pictures_on_device": "Pictures that may still be on somebody’s own device",
}
RECURRING: tuple[RecurringDuty, ...] = ()
LATE_WORDS = (
    "Pictures were taken on somebody’s own device and nobody has said that they were off it the "
    "same day. This stops once the person says so."
)
MOST = 6


@with_settings("same_day_deletion")
def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of own devices, as far as the person has part in it."""
    school, found = request.school, {}
    same_day = school.setting("same_day_deletion")
    if request.may("ask_recording") and same_day:
        found["pictures"] = any_of(_pictures_of(request))
    if request.may("decide_recording"):
        found["asked"] = any_of(_to_decide(request))
        if same_day:
            found["unsaid"] = counts_of(_unsaid(school, localdate(at)), count=Count("pk"))
    if request.may("decide_own_device"):
        rows = PersonalDevice.objects.filter(school=school, state=PersonalDevice.State.ASKED)
        others = rows.exclude(asked_by=request.person)
        found["devices"] = counts_of(others, count=Count("pk"))
    if request.may("view_recordings"):
        active = RecordingPermission.objects.filter(school=school, state="active")
        found["active"] = counts_of(active, count=Count("pk"))
    return found


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return the pictures to delete, requests to record, and devices to decide on."""
    told = answers(request, asks, at=at)
    return [
        *(_own_pictures(request, at) if told.get("pictures") else []),
        *(_asked(request) if told.get("asked") else []),
        *_late_pictures(request, told.get("unsaid") or {}),
        *_devices(request, told.get("devices") or {}),
    ]


def _pictures_of(request: SchoolRequest) -> QuerySet[RecordingUse, RecordingUse]:
    return RecordingUse.objects.filter(permission__holder=request.person, confirmed_at=None)


def _to_decide(request: SchoolRequest) -> QuerySet[RecordingPermission, RecordingPermission]:
    rows = RecordingPermission.objects.filter(school=request.school, state="asked")
    return rows.exclude(holder=request.person)


def _own_pictures(request: SchoolRequest, at: datetime) -> list[Need]:
    found = []
    for use in _pictures_of(request).order_by("used_date")[:MOST]:
        due = end_of_school_day(request.school, datetime.combine(use.used_date, time(12), LONDON))
        found.append(
            Need(
                "Pictures on your own device",
                f"Taken {uk_date(use.used_date)}. Say that they are off it",
                page_url(request.school, "recording_delete", use.pk),
                "They are deleted",
                due,
                late=due < at,
            )
        )
    return found


def _late_pictures(request: SchoolRequest, counts: dict[str, int]) -> list[Need]:
    count = counts.get("count")
    if not count:
        return []
    what = "1 set of pictures" if count == 1 else f"{count} sets of pictures"
    return [
        Need(
            f"{what} on people’s own devices",
            "Nobody has said that they were deleted the same day",
            f"{page_url(request.school, 'recording_list')}?pictures=there",
            "Look at them",
        )
    ]


def _asked(request: SchoolRequest) -> list[Need]:
    return [
        Need(
            f"Permission to record {permission}",
            f"Asked for {uk_date(permission.asked_at)}. Only you can allow it",
            page_url(request.school, "recording_decide", permission.reference),
            "Decide",
        )
        for permission in _to_decide(request).order_by("asked_at")[:MOST]
    ]


def _devices(request: SchoolRequest, counts: dict[str, int]) -> list[Need]:
    count = counts.get("count")
    if not count:
        return []
    what = "1 pupil’s device" if count == 1 else f"{count} pupils’ devices"
    page = "own_device_list" if request.may("view_own_devices") else "home"
    url = f"{page_url(request.school, page)}?state=asked"
    return [Need(f"{what} to decide on", "A parent has asked", url, "Look at them")]


def figures(request: SchoolRequest, *, at: datetime) -> list[Figure]:
    """Return how many people may record with their own device now, for those who watch it."""
    active = answers(request, asks, at=at).get("active")
    if not active or not active["count"]:
        return []
    url = f"{page_url(request.school, 'recording_list')}?state=active"
    what = "may record with their own device"
    return [Figure(active["count"], f"people {what}", url, one=f"person {what}")]


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    return [RecordingUse.objects.filter(confirmed_at=None, used_date__lt=on)]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield a reminder for pictures of an earlier day: to who took them, and to the headteacher.

    The mail at the end of the day itself is sent by the clock of this app (MOB-08).
    """
    uses = list(_unsaid(school, on).values_list("pk", "permission__holder"))
    heads = list(holders_of_power(school, "decide_recording", on=on)) if uses else []
    for number, holder in uses:
        for person in {holder, *(head.pk for head in heads)}:
            yield Due("pictures_on_device", person, str(number), LATE_WORDS)


def _unsaid(school: School, day: date) -> QuerySet[RecordingUse, RecordingUse]:
    """Return the uses of earlier days of which nobody has said that the pictures are off."""
    if not school.setting("same_day_deletion"):
        return RecordingUse.objects.none()
    return RecordingUse.objects.filter(school=school, confirmed_at=None, used_date__lt=day)
