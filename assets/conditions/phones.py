"""May a phone be handed in, used, joined to the Wi-Fi or read about? No role overrides these."""

from datetime import date, datetime

from django.utils.timezone import localdate

from assets.models import Misuse, PersonalDevice, PhoneUse, PrivateCall
from assets.queries.wifi_code import code_for
from common.dates import uk_date
from common.errors import Conflicted, Refusal, StepRefused
from people.models import Person, School

NOWHERE = "none"
NO_WIFI = "none"


def check_hand_in(school: School) -> None:
    """Refuse to take devices in where the school keeps no log of it (MOB-03)."""
    if school.setting("hand_in") == NOWHERE:
        raise Refusal("Your school takes no devices in. The settings say so.")


def check_here(person: Person, school: School, at: datetime) -> None:
    """Refuse somebody who is not at the school on the day."""
    left = person.left_date is not None and person.left_date < localdate(at)
    if person.school_id != school.pk or left:
        raise Refusal("Choose somebody who is at the school now.")


def check_not_own(owner: Person, by: Person) -> None:
    """Refuse to take in or give back one's own device: the log has two people (MOB-03)."""
    if owner.pk == by.pk:
        raise Conflicted("This is your own device, so somebody else takes it in and gives it back.")


def check_phone_decider(permission: PhoneUse, by: Person) -> None:
    """Refuse to decide on one's own phone or lesson (MOB-06, MOB-07)."""
    if by.pk == permission.holder_id:
        raise Conflicted("Nobody allows their own request. Another leader decides.")


def check_asker(permission: PhoneUse, by: Person) -> None:
    """Refuse to say for somebody else that a permission is no longer needed."""
    if by.pk != permission.holder_id:
        raise StepRefused("Only the person who asked says this.")


def check_same_day(given_at: datetime, at: datetime) -> None:
    """Refuse to write down an approval of another day, or of one to come (MOB-06)."""
    if given_at > at:
        raise Refusal("The date and time cannot be in the future.")
    if localdate(given_at) != localdate(at):
        raise Refusal(
            "What was allowed in an emergency is written down the same day. Ask for a permission "
            "from now on, and say in it what happened before."
        )


def check_lesson(school_class: object, day: date, at: datetime) -> None:
    """Refuse a lesson without a class, or on a day that has passed (MOB-07)."""
    if school_class is None:
        raise Refusal("Choose the class.")
    if day < localdate(at):
        raise Refusal("The day of the lesson has passed already.")


def check_reader(call: PrivateCall, by: Person) -> None:
    """Refuse to read one's own report, and to read one twice (MOB-09)."""
    if by.pk == call.caller_id:
        raise Conflicted("This is your own report, so somebody else reads it.")
    if call.read_at:
        raise StepRefused("This report was read already.")


def check_wifi(device: PersonalDevice, by: Person, *, accepted: bool, at: datetime) -> str:
    """Return how the code for own devices was accepted; refuses without that (MOB-15).

    Refuses a school without such Wi-Fi, a device that is not one's own, not in the list, there
    already or kept off it, and whoever has not signed the code where the school has it signed.
    """
    if device.school.setting("own_wifi") == NO_WIFI:
        raise Refusal("Your school lets no own devices on its Wi-Fi.")
    if device.owner_id != by.pk or device.state != PersonalDevice.State.KEPT:
        raise Refusal("Choose a device of your own that is in the school’s list.")
    if device.wifi_at:
        raise StepRefused("This device is on the Wi-Fi already.")
    if device.barred_until and device.barred_until >= localdate(at):
        raise Refusal(
            f"This device is kept off the Wi-Fi until {uk_date(device.barred_until)}. Ask the "
            "office if you do not know why."
        )
    code = code_for(by)
    if code and not code.good:
        raise Refusal(code.words)
    if not code and not accepted:
        raise Refusal("Read the code, then say that you keep to it.")
    return code.words if code else "Accepted on the page that shows it"


def check_misuse(device: PersonalDevice, by: Person, seen_at: datetime, at: datetime) -> None:
    """Refuse to write about one's own device, and a moment that has not come (MOB-15)."""
    if device.owner_id == by.pk:
        raise Conflicted("This is your own device, so somebody else writes this down.")
    if seen_at > at:
        raise Refusal("The date and time cannot be in the future.")


def check_unlinked(misuse: Misuse) -> None:
    """Refuse a misuse that has its incident already."""
    if misuse.incident_reference:
        raise Refusal("An incident was raised from this already.")
