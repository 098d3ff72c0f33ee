"""Say that one recorded with one's own device, and that the pictures are off it (MOB-08)."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from assets.conditions.common import check_power, check_version, said
from assets.models import RecordingPermission, RecordingUse
from assets.workflow import RECORDING
from audit.actions import record
from common.errors import Refusal, StepRefused
from common.once import make_once
from common.pages import page_url
from people.calendar import end_of_school_day
from people.mail import notify
from people.models import Notice, Person, School

REMINDER = "pictures_to_delete"


@transaction.atomic
def use_recording(
    *,
    permission: RecordingPermission,
    version: int,
    submission: UUID,
    used_date: date,
    what: str,
    by: Person,
    at: datetime,
) -> RecordingUse:
    """Say that one recorded, on which day and what; the pictures are to be off the same day.

    The same ``submission`` sent twice gives the one record. Refuses whoever does not hold the
    permission, and a day outside it or still to come.
    """
    sent_before = RecordingUse.objects.filter(submission=submission, permission=permission)
    if made := sent_before.first():
        return made
    rows = RecordingPermission.objects.select_for_update(of=("self",)).select_related("school")
    locked = rows.get(pk=permission.pk)
    check_version(locked.version, version)
    check_power(by, RECORDING.check("use_recording", locked.state).needs, at)
    _check_own(locked, by)
    if not locked.from_date <= used_date <= min(locked.until_date, localdate(at)):
        raise Refusal("The day is outside what was allowed, or has not come yet.")
    use, new = make_once(
        "one_use_per_submission",
        lambda: RecordingUse.objects.create(
            school=locked.school,
            permission=locked,
            submission=submission,
            used_date=used_date,
            what=said(what, "Say what you recorded."),
            noted_at=at,
        ),
        sent_before.first,
    )
    if not new:
        return use
    record("use_recording", locked, by=by, at=at, facts={"day": used_date.isoformat()})
    return use


@transaction.atomic
def confirm_deletion(
    *, use: RecordingUse, moved_to: str, deleted_at: datetime, by: Person, at: datetime
) -> RecordingUse:
    """Say where the pictures were moved to and when they were deleted from the device (MOB-08).

    Refuses whoever did not take them, a time before they were taken or to come, and a second time.
    """
    rows = RecordingUse.objects.select_for_update(of=("self",))
    use = rows.select_related("permission").get(pk=use.pk)
    _check_own(use.permission, by)
    if use.confirmed_at:
        raise StepRefused("You have said so already.")
    if deleted_at > at or localdate(deleted_at) < use.used_date:
        raise Refusal("They were deleted after they were taken, and not in the future.")
    use.moved_to = said(moved_to, "Say where the pictures are now.", 120)
    use.deleted_at, use.confirmed_by, use.confirmed_at = deleted_at, by, at
    use.save(update_fields=["moved_to", "deleted_at", "confirmed_by", "confirmed_at"])
    facts = {"same_day": localdate(deleted_at) == use.used_date}
    record("confirm_deletion", use.permission, by=by, at=at, facts=facts)
    return use


@transaction.atomic
def remind_of_deletion(*, school: School, at: datetime) -> int:
    """Write to whoever recorded today and has not said that the pictures are off (MOB-08).

    Once a use, after the end of the school day; returns how many mails. Nothing where the school
    has switched the rule off.
    """
    if not school.setting("same_day_deletion") or at < end_of_school_day(school, at):
        return 0
    told = set(
        Notice.objects.filter(
            school=school, reason=REMINDER, queued_at__gte=at - timedelta(days=1)
        ).values_list("path", flat=True)
    )
    uses = RecordingUse.objects.filter(school=school, used_date=localdate(at), confirmed_at=None)
    sent = 0
    for use in uses.select_related("permission__holder"):
        path = page_url(school, "recording_delete", use.pk)
        if path not in told:
            notify([use.permission.holder], reason=REMINDER, path=path, at=at)
            sent += 1
    return sent


def _check_own(permission: RecordingPermission, by: Person) -> None:
    if by.pk != permission.holder_id:
        raise StepRefused("Only the person who may record says this.")
