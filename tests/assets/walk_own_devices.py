"""Walk own devices, exemptions and permissions to record by the real actions."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from assets.actions import exemptions, own_devices, recording, recording_uses
from assets.models import Exemption, PersonalDevice, RecordingPermission, RecordingUse
from tests.cast import NOW, Cast

DAY = timedelta(days=1)
TODAY = NOW.date()


def noted(cast: Cast, who: str = "tom", **more: Any) -> PersonalDevice:
    """Note a phone of a member of staff."""
    told = {"submission": uuid4(), "kind": "phone", "make": "Samsung", "model": "A15"}
    by = getattr(cast, who)
    return own_devices.note_own_device(school=cast.school, **told | more, by=by, at=NOW)


def asked(cast: Cast, pupil: str = "pia", **more: Any) -> PersonalDevice:
    """Ask as Paul for a phone of his child."""
    told = {"submission": uuid4(), "kind": "phone", "make": "Nokia", "reason": "Walks home."}
    values = {"pupil": getattr(cast, pupil), "by": cast.paul, "at": NOW, **told, **more}
    return own_devices.ask_for_device(**values)


def allowed(cast: Cast, device: PersonalDevice, **more: Any) -> PersonalDevice:
    """Allow a pupil's device for thirty days, as Hana does."""
    told = {"version": 1, "until_date": TODAY + 30 * DAY, "kept_in": "Class cupboard"}
    values = {"by": cast.hana, "at": NOW, **told, **more}
    return own_devices.allow_own_device(device=device, **values)


def exempted(cast: Cast, pupil: str = "pia", **more: Any) -> Exemption:
    """Let a pupil keep a phone for a medical need."""
    told = {"kind": "medical", "allowed": "The phone that shows blood sugar", "reason": "Diabetes"}
    days = {"from_date": TODAY, "until_date": TODAY + 90 * DAY}
    values = {"pupil": getattr(cast, pupil), "by": cast.hana, "at": NOW, **told, **days, **more}
    return exemptions.grant_exemption(**values)


def recording_asked(
    cast: Cast, who: str = "tom", device: PersonalDevice | None = None, **more: Any
) -> RecordingPermission:
    """Ask to record a play with one's own phone this week."""
    told = {"submission": uuid4(), "purpose": "The harvest play"}
    days = {"from_date": TODAY, "until_date": TODAY + 3 * DAY}
    values = {"by": getattr(cast, who), "at": NOW, **told, **days, **more}
    device = device or noted(cast, who)
    return recording.ask_recording(school=cast.school, device=device, **values)


def recording_allowed(cast: Cast, who: str = "tom", **more: Any) -> RecordingPermission:
    """Ask, and allow it as Hana does."""
    asked_for = recording_asked(cast, who, **more)
    return recording.decide_recording(permission=asked_for, version=1, by=cast.hana, at=NOW)


def used(cast: Cast, permission: RecordingPermission, who: str = "tom", **more: Any):
    """Say that one recorded today."""
    told = {"submission": uuid4(), "used_date": TODAY, "what": "The first scene"}
    values = {"version": permission.version, "by": getattr(cast, who), "at": NOW, **told, **more}
    return recording_uses.use_recording(permission=permission, **values)


def deleted(cast: Cast, use: RecordingUse, who: str = "tom", **more: Any) -> RecordingUse:
    """Say that the pictures are off the device."""
    values = {"moved_to": "Shared drive", "deleted_at": NOW, "at": NOW, **more}
    return recording_uses.confirm_deletion(use=use, by=getattr(cast, who), **values)
