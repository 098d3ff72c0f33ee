"""Ask for, allow, refuse, withdraw and watch recording with one's own device (MOB-05, MOB-08)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, localtime

from assets.conditions.common import check_power, check_version, said
from assets.conditions.own_devices import (
    check_another_decides,
    check_recording_allowed,
    check_recording_device,
    check_somebody_decides,
    check_until,
)
from assets.models import PersonalDevice, RecordingNote, RecordingPermission
from assets.workflow import RECORDING
from audit.actions import record
from common.errors import Conflicted
from common.once import make_once
from common.pages import page_url
from people.mail import notify
from people.models import Person, School
from people.references import next_reference
from roles.queries import holders_of_power

OPEN = ("asked", "active")


@transaction.atomic
def ask_recording(
    *,
    school: School,
    submission: UUID,
    device: PersonalDevice,
    purpose: str,
    from_date: date,
    until_date: date,
    by: Person,
    at: datetime,
) -> RecordingPermission:
    """Ask the headteacher to let one record with a device of one's own, for a time (MOB-05).

    The same ``submission`` sent twice gives the one request. Refuses a device that is not one's own
    or not in the list, days that are over a year long, a school that bans it, and the headteacher:
    nobody is there to allow theirs.
    """
    if made := _made(submission, by):
        return made
    check_power(by, "ask_recording", at)
    check_recording_allowed(school)
    check_somebody_decides(by, at)
    check_recording_device(device, by)
    check_until(until_date, at, from_date)
    permission, new = make_once(
        "one_recording_per_submission",
        lambda: RecordingPermission.objects.create(
            school=school,
            reference=next_reference(school=school, series="recording", year=localtime(at).year),
            submission=submission,
            holder=by,
            device=device,
            purpose=said(purpose, "Say what you want to record, and what for."),
            from_date=from_date,
            until_date=until_date,
            asked_at=at,
        ),
        lambda: _made(submission, by),
    )
    if not new:
        return permission
    facts = {"from": from_date.isoformat(), "until": until_date.isoformat()}
    record("ask_recording", permission, by=by, at=at, facts=facts)
    heads = holders_of_power(school, "decide_recording", on=localdate(at))
    path = page_url(school, "recording_detail", permission.reference)
    notify(heads, reason="recording_asked", path=path, at=at)
    return permission


@transaction.atomic
def decide_recording(
    *, permission: RecordingPermission, version: int, note: str = "", by: Person, at: datetime
) -> RecordingPermission:
    """Allow recording as the headteacher (MOB-05).

    Refuses one's own request, and a device that has left the list or days that have passed.
    """
    permission = _begin("decide_recording", permission, version, by, at)
    check_another_decides(permission, by)
    check_recording_allowed(permission.school)
    check_recording_device(permission.device, permission.holder)
    check_until(permission.until_date, at, permission.from_date)
    return _decided("decide_recording", permission, note.strip()[:300], by, at)


@transaction.atomic
def refuse_recording(
    *, permission: RecordingPermission, version: int, note: str, by: Person, at: datetime
) -> RecordingPermission:
    """Refuse recording with a reason that the person reads; refuses one's own, and no reason."""
    permission = _begin("refuse_recording", permission, version, by, at)
    check_another_decides(permission, by)
    why = said(note, "Say why. The person who asked reads this.")
    return _decided("refuse_recording", permission, why, by, at)


@transaction.atomic
def withdraw_recording(
    *, permission: RecordingPermission, version: int, why: str, by: Person, at: datetime
) -> RecordingPermission:
    """Take a permission back at once and tell the person (MOB-05); refuses without a reason."""
    permission = _begin("withdraw_recording", permission, version, by, at)
    reason = said(why, "Say why. The person reads this.")
    return _over("withdraw_recording", permission, reason, by, at)


@transaction.atomic
def note_recording(
    *, permission: RecordingPermission, version: int, text: str, by: Person, at: datetime
) -> RecordingNote:
    """Write down what was seen of how a permission is used (MOB-05).

    Refuses whoever holds it: somebody else watches.
    """
    permission = _begin("note_recording", permission, version, by, at)
    if by.pk == permission.holder_id:
        raise Conflicted("Somebody else writes down how you use your permission.")
    note = RecordingNote.objects.create(
        school=permission.school,
        permission=permission,
        text=said(text, "Write what was seen.", 500),
        by=by,
        at=at,
    )
    record("note_recording", permission, by=by, at=at)
    return note


@transaction.atomic
def end_recordings(*, school: School, at: datetime) -> int:
    """End the permissions whose last day has passed; returns how many (MOB-05)."""
    rows = RecordingPermission.objects.select_for_update(of=("self",), skip_locked=True)
    over = rows.filter(school=school, state__in=OPEN, until_date__lt=localdate(at))
    found = list(over.select_related("school", "holder"))
    for permission in found:
        _over("end_recording", permission, "Its last day has passed.", None, at)
    return len(found)


def end_permissions_of(*, device: PersonalDevice, by: Person | None, at: datetime) -> None:
    """End what was allowed or asked for a device that no longer comes into school."""
    rows = RecordingPermission.objects.select_for_update(of=("self",))
    for one in rows.filter(device=device, state__in=OPEN).select_related("school", "holder"):
        _over("end_recording", one, "The device no longer comes into school.", by, at)


def _begin(
    step: str, permission: RecordingPermission, version: int, by: Person, at: datetime
) -> RecordingPermission:
    rows = RecordingPermission.objects.select_for_update(of=("self",))
    locked = rows.select_related("school", "holder", "device").get(pk=permission.pk)
    check_version(locked.version, version)
    check_power(by, RECORDING.check(step, locked.state).needs, at)
    return locked


def _decided(
    step: str, permission: RecordingPermission, note: str, by: Person, at: datetime
) -> RecordingPermission:
    permission.state = RECORDING.step(step).target
    permission.decided_by, permission.decided_at = by, at
    permission.decision_note = note
    return _saved(step, permission, by, at)


def _over(
    step: str, permission: RecordingPermission, why: str, by: Person | None, at: datetime
) -> RecordingPermission:
    permission.state = RECORDING.step(step).target
    permission.ended_by, permission.ended_at, permission.ended_why = by, at, why
    return _saved(step, permission, by or "end_recordings", at)


def _saved(
    step: str, permission: RecordingPermission, by: Any, at: datetime
) -> RecordingPermission:
    permission.version += 1
    permission.save()
    record(step, permission, by=by, at=at, facts={"state": permission.state})
    path = page_url(permission.school, "recording_detail", permission.reference)
    notify([permission.holder], reason="recording_decided", path=path, at=at)
    return permission


def _made(submission: UUID, by: Person) -> RecordingPermission | None:
    return RecordingPermission.objects.filter(submission=submission, holder=by).first()
