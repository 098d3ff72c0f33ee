"""Walk phones through a school day by the real actions."""

from typing import Any
from uuid import uuid4

from assets.actions import phones_calls, phones_handing, phones_use, phones_wifi
from assets.actions.phones_use import PhoneUseTerms
from assets.models import HandIn, Misuse, PersonalDevice, PhoneUse, PrivateCall
from tests.assets import walk_own_devices
from tests.assets.walk_own_devices import DAY, TODAY
from tests.cast import NOW, Cast


def permitted(cast: Cast, pupil: str = "pia", **more: Any) -> PersonalDevice:
    """Ask as Paul for a phone of his child, and allow it as Hana does."""
    return walk_own_devices.allowed(cast, walk_own_devices.asked(cast, pupil, **more))


def handed_in(cast: Cast, pupil: str = "pia", *, at: Any = NOW, **more: Any) -> HandIn:
    """Take in a permitted phone of a child of Paul's, as Tom does."""
    device = more.pop("device", None) or permitted(cast, pupil)
    values = {"school": cast.school, "devices": [device], "by": cast.tom, "at": at}
    return phones_handing.hand_in_devices(**values | more)[0]


def left(cast: Cast, who: str = "tess", *, at: Any = NOW, **more: Any) -> HandIn:
    """Take in something that is in no list, as Tom does."""
    told = {"submission": uuid4(), "what": "Red phone", "place": "Office safe"}
    values = {"school": cast.school, "owner": getattr(cast, who), "by": cast.tom, "at": at}
    return phones_handing.hand_in_other(**values | told | more)


def back(cast: Cast, *hand_ins: HandIn, by: Any = None, at: Any = NOW) -> int:
    """Give devices back, as Tom does."""
    values = {"school": cast.school, "hand_ins": hand_ins, "by": by or cast.tom, "at": at}
    return phones_handing.give_back(**values)


def lesson(cast: Cast, **more: Any) -> PhoneUseTerms:
    """Return what Tom asks for his class today."""
    told = {"kind": "lesson", "purpose": "Measure noise", "school_class": class_of(cast)}
    return PhoneUseTerms(**{**told, "from_date": TODAY, "until_date": TODAY, **more})


def own_phone(**more: Any) -> PhoneUseTerms:
    """Return what a member of staff asks for three days."""
    told = {"kind": "staff", "purpose": "The ward may ring"}
    return PhoneUseTerms(**{**told, "from_date": TODAY, "until_date": TODAY + 2 * DAY, **more})


def class_of(cast: Cast) -> Any:
    """Return the class that Tom teaches."""
    return cast.tom.classes_taught.get()


def use_asked(cast: Cast, terms: PhoneUseTerms | None = None, **more: Any) -> PhoneUse:
    """Ask as Tom."""
    values = {"school": cast.school, "submission": uuid4(), "by": cast.tom, "at": NOW, **more}
    return phones_use.ask_phone_use(terms=terms or own_phone(), **values)


def use_allowed(cast: Cast, terms: PhoneUseTerms | None = None, **more: Any) -> PhoneUse:
    """Ask as Tom, and allow it as Hana does."""
    asked = use_asked(cast, terms, **more)
    return phones_use.decide_phone_use(permission=asked, version=1, by=cast.hana, at=NOW)


def emergency(cast: Cast, **more: Any) -> PhoneUse:
    """Write down as Hana that she let Tom use his phone half an hour ago."""
    told = {"holder": cast.tom, "purpose": "Ambulance", "given_at": NOW, "submission": uuid4()}
    values = {"school": cast.school, "by": cast.hana, "at": NOW, **told, **more}
    return phones_use.record_emergency_use(**values)


def call(cast: Cast, who: str = "tom", **more: Any) -> PrivateCall:
    """Say that one used one's private phone just now."""
    told = {"submission": uuid4(), "used_at": NOW, "reason": "Coach broke down"}
    values = {"school": cast.school, "number_hidden": True, "at": NOW, **told, **more}
    return phones_calls.record_private_call(by=getattr(cast, who), **values)


def joined(cast: Cast, device: PersonalDevice, who: str = "tom", **more: Any) -> PersonalDevice:
    """Put one's own device on the Wi-Fi; the school must allow it."""
    values = {"version": device.version, "accepted": True, "at": NOW, **more}
    return phones_wifi.join_wifi(device=device, by=getattr(cast, who), **values)


def misused(cast: Cast, device: PersonalDevice, **more: Any) -> Misuse:
    """Write down as Dora that a device got round the filter."""
    told = {"submission": uuid4(), "seen_at": NOW, "what": "A VPN was on."}
    values = {"version": device.version, "by": cast.dora, "at": NOW, **told, **more}
    return phones_wifi.note_misuse(device=device, **values)
