"""Own devices on the school's Wi-Fi: join under the code, leave, and note misuse (MOB-15)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from assets.conditions.common import check_power, check_version, said
from assets.conditions.own_devices import check_until
from assets.conditions.phones import check_misuse, check_unlinked, check_wifi
from assets.models import Misuse, PersonalDevice
from audit.actions import record
from common.errors import StepRefused
from common.once import make_once
from common.pages import page_url
from people.mail import notify
from people.models import Person


@transaction.atomic
def join_wifi(
    *, device: PersonalDevice, version: int, accepted: bool, by: Person, at: datetime
) -> PersonalDevice:
    """Put a device of one's own on the school's Wi-Fi under the code for own devices (MOB-15).

    Refuses where the code is neither signed nor accepted, and a device that is kept off it.
    """
    device = _locked(device, version)
    check_power(by, "join_wifi", at)
    device.wifi_basis = check_wifi(device, by, accepted=accepted, at=at)
    device.wifi_at = at
    return _saved("join_wifi", device, by, at)


@transaction.atomic
def leave_wifi(*, device: PersonalDevice, version: int, by: Person, at: datetime) -> PersonalDevice:
    """Take a device off the Wi-Fi, as its owner or as who notes misuse; refuses one not on it."""
    device = _locked(device, version)
    if by.pk != device.owner_id:
        check_power(by, "note_misuse", at)
    if device.wifi_at is None:
        raise StepRefused("This device is not on the Wi-Fi.")
    device.wifi_at = None
    return _saved("leave_wifi", device, by, at)


@transaction.atomic
def note_misuse(
    *,
    device: PersonalDevice,
    version: int,
    submission: UUID,
    seen_at: datetime,
    what: str,
    barred_until: date | None = None,
    by: Person,
    at: datetime,
) -> Misuse:
    """Write down how a device was misused, and keep it off the Wi-Fi until a day (MOB-15).

    The owner is told that it is kept off, not what was written. The same ``submission`` sent twice
    gives the one record. Refuses one's own device, and a day over a year away.
    """
    sent_before = Misuse.objects.filter(submission=submission, noted_by=by)
    if made := sent_before.first():
        return made
    device = _locked(device, version)
    check_power(by, "note_misuse", at)
    check_misuse(device, by, seen_at, at)
    if barred_until:
        check_until(barred_until, at)
    told = {"seen_at": seen_at, "what": said(what, "Say what happened.", 500)}
    noted = {"school": device.school, "noted_by": by, "noted_at": at, "barred_until": barred_until}
    misuse, new = make_once(
        "one_misuse_per_submission",
        lambda: Misuse.objects.create(submission=submission, device=device, **told, **noted),
        sent_before.first,
    )
    if not new:
        return misuse
    record("note_misuse", misuse, by=by, at=at, facts={"barred": barred_until is not None})
    if barred_until:
        device.barred_until, device.wifi_at = barred_until, None
        _saved("bar_from_wifi", device, by, at)
        path = page_url(device.school, "own_device_mine")
        notify([device.owner], reason="device_barred", path=path, at=at)
    return misuse


@transaction.atomic
def link_misuse(*, misuse: Misuse, incident_reference: str, by: Person, at: datetime) -> Misuse:
    """Note which incident was raised because of a misuse; the caller raised it (MOB-15).

    Refuses one that has its incident already. The trail bears no number.
    """
    misuse = Misuse.objects.select_for_update(of=("self",)).get(pk=misuse.pk)
    check_power(by, "note_misuse", at)
    check_unlinked(misuse)
    misuse.incident_reference = incident_reference
    misuse.save(update_fields=["incident_reference"])
    record("link_misuse", misuse, by=by, at=at)
    return misuse


def _locked(device: PersonalDevice, version: int) -> PersonalDevice:
    rows = PersonalDevice.objects.select_for_update(of=("self",))
    locked = rows.select_related("school", "owner").get(pk=device.pk)
    check_version(locked.version, version)
    return locked


def _saved(verb: str, device: PersonalDevice, by: Person, at: datetime) -> PersonalDevice:
    device.version += 1
    device.save(update_fields=["wifi_at", "wifi_basis", "barred_until", "version"])
    record(verb, device, by=by, at=at, facts={"kind": device.kind})
    return device
