"""Note, ask for, allow, refuse and end people's own devices in school (AST-13, MOB-02)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from assets.actions.recording import end_permissions_of
from assets.conditions.common import check_power, check_version, said
from assets.conditions.own_devices import (
    check_carer,
    check_decider,
    check_pupil_devices,
    check_staff_devices,
    check_until,
)
from assets.models import PersonalDevice
from audit.actions import record
from common.errors import Refusal, StepRefused
from common.once import make_once
from common.pages import page_url
from people.mail import notify
from people.models import Person, School
from roles.queries import person_may

State = PersonalDevice.State
IN_SCHOOL = (State.ASKED, State.KEPT)


@transaction.atomic
def note_own_device(
    *,
    school: School,
    submission: UUID,
    kind: str,
    make: str,
    model: str = "",
    serial: str = "",
    by: Person,
    at: datetime,
) -> PersonalDevice:
    """Note a device of one's own before it is first used in school (AST-13).

    The same ``submission`` sent twice gives the one record. Refuses whoever is not of the staff,
    and a school that keeps no such list.
    """
    check_power(by, "keep_own_device", at)
    check_staff_devices(school)
    return _written(
        "note_own_device",
        school=school,
        owner=by,
        submission=submission,
        state=State.KEPT,
        kind=kind,
        make=make,
        model=model,
        serial=serial,
        by=by,
        at=at,
    )


@transaction.atomic
def ask_for_device(
    *,
    pupil: Person,
    submission: UUID,
    kind: str,
    make: str,
    model: str = "",
    serial: str = "",
    reason: str,
    by: Person,
    at: datetime,
) -> PersonalDevice:
    """Ask as a parent that one's child may bring a device (MOB-02, CON-10).

    Refuses somebody else's child, no reason, and a school that has banned pupils' devices.
    """
    check_power(by, "ask_for_device", at)
    check_pupil_devices(pupil.school)
    check_carer(by, pupil)
    return _written(
        "ask_for_device",
        school=pupil.school,
        owner=pupil,
        submission=submission,
        state=State.ASKED,
        kind=kind,
        make=make,
        model=model,
        serial=serial,
        reason=said(reason, "Say why your child needs it in school."),
        by=by,
        at=at,
    )


@transaction.atomic
def allow_own_device(
    *,
    device: PersonalDevice,
    version: int,
    until_date: date,
    kept_in: str,
    note: str = "",
    by: Person,
    at: datetime,
) -> PersonalDevice:
    """Allow a pupil's device until a day, and say where it lies during school (MOB-02).

    Refuses one's own request or child, a day that has passed or is over a year away, and a school
    that has banned pupils' devices meanwhile.
    """
    device = _deciding(device, version, by, at)
    check_pupil_devices(device.school)
    check_until(until_date, at)
    device.until_date = until_date
    device.kept_in = said(kept_in, "Say where it is kept during the school day.", 120)
    return _decided("allow_own_device", device, State.KEPT, note.strip()[:300], by, at)


@transaction.atomic
def refuse_own_device(
    *, device: PersonalDevice, version: int, reason: str, by: Person, at: datetime
) -> PersonalDevice:
    """Refuse a pupil's device with a reason that the parent reads; refuses without one."""
    device = _deciding(device, version, by, at)
    why = said(reason, "Say why it is not allowed. The parent reads this.")
    return _decided("refuse_own_device", device, State.REFUSED, why, by, at)


@transaction.atomic
def end_own_device(
    *, device: PersonalDevice, version: int, by: Person, at: datetime
) -> PersonalDevice:
    """Say that a device no longer comes into school (AST-13).

    Whoever owns it, asked for it, or decides on such devices may; permissions to record with it
    end at once. Refuses one that has ended already.
    """
    device = _locked(device)
    check_version(device.version, version)
    own = by.pk in (device.owner_id, device.asked_by_id)
    if not own and not person_may(by, "decide_own_device", on=localdate(at)):
        raise StepRefused("Your role at this school does not allow this step.")
    if device.state not in IN_SCHOOL:
        raise Refusal("This device is no longer in school.")
    return _ended(device, by, at)


@transaction.atomic
def end_devices(*, school: School, at: datetime) -> int:
    """End the devices of people who left and those whose day has passed; returns how many."""
    today = localdate(at)
    over = Q(owner__left_date__lt=today) | Q(until_date__lt=today)
    rows = PersonalDevice.objects.select_for_update(of=("self",), skip_locked=True)
    found = list(rows.filter(over, school=school, state__in=IN_SCHOOL).select_related("school"))
    for device in found:
        _ended(device, None, at)
    return len(found)


def _written(
    verb: str,
    *,
    school: School,
    owner: Person,
    submission: UUID,
    by: Person,
    at: datetime,
    **values: Any,
) -> PersonalDevice:
    sent_before = PersonalDevice.objects.filter(submission=submission, asked_by=by)
    if made := sent_before.first():
        return made
    values["make"] = said(values["make"], "Say what make it is.", 60)
    device, new = make_once(
        "one_own_device_per_submission",
        lambda: PersonalDevice.objects.create(
            school=school,
            owner=owner,
            submission=submission,
            asked_by=by,
            asked_at=at,
            **values,
        ),
        sent_before.first,
    )
    if not new:
        return device
    record(verb, device, by=by, at=at, facts={"kind": device.kind})
    return device


def _locked(device: PersonalDevice) -> PersonalDevice:
    rows = PersonalDevice.objects.select_for_update(of=("self",))
    return rows.select_related("school", "owner", "asked_by").get(pk=device.pk)


def _deciding(device: PersonalDevice, version: int, by: Person, at: datetime) -> PersonalDevice:
    device = _locked(device)
    check_version(device.version, version)
    check_power(by, "decide_own_device", at)
    if device.state != State.ASKED:
        raise StepRefused("This request has been decided already.")
    check_decider(device, by)
    return device


def _decided(
    verb: str, device: PersonalDevice, state: str, note: str, by: Person, at: datetime
) -> PersonalDevice:
    device.state, device.decision_note = state, note
    device.decided_by, device.decided_at = by, at
    device.version += 1
    device.save()
    record(verb, device, by=by, at=at, facts={"kind": device.kind})
    path = page_url(device.school, "own_device_mine")
    notify([device.asked_by], reason="own_device_decided", path=path, at=at)
    return device


def _ended(device: PersonalDevice, by: Person | None, at: datetime) -> PersonalDevice:
    device.state, device.ended_by, device.ended_at = State.ENDED, by, at
    device.wifi_at = None
    device.version += 1
    device.save(update_fields=["state", "ended_by", "ended_at", "wifi_at", "version"])
    record("end_own_device", device, by=by or "end_devices", at=at, facts={"kind": device.kind})
    end_permissions_of(device=device, by=by, at=at)
    return device
