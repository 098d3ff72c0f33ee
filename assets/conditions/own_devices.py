"""May this be done to somebody's own device now? Conditions that no role overrides."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from assets.models import PersonalDevice, RecordingPermission
from common.errors import Conflicted, Refusal
from people.models import CarerLink, Person, School
from roles.queries import person_may

LONGEST = timedelta(days=366)
BANNED = "banned"


def check_staff_devices(school: School) -> None:
    """Refuse to note devices of staff where the school keeps no such list (AST-13)."""
    if not school.setting("staff_devices") and school.setting("personal_recording") == BANNED:
        raise Refusal("Your school keeps no list of the devices that staff bring.")


def check_pupil_devices(school: School) -> None:
    """Refuse pupils' own devices where the school has banned them (MOB-01)."""
    if school.setting("pupil_devices") == BANNED:
        raise Refusal("Pupils’ own devices are not allowed at this school.")


def check_carer(carer: Person, pupil: Person) -> None:
    """Refuse whoever does not care for a pupil now (MOB-02)."""
    links = CarerLink.objects.filter(carer=carer, pupil=pupil, end_date=None, no_contact=False)
    if not links.exists():
        raise Refusal("You can ask only for your own child.")


def check_decider(device: PersonalDevice, by: Person) -> None:
    """Refuse to decide one's own request, or one about one's own child (ROL-31)."""
    own_child = CarerLink.objects.filter(carer=by, pupil=device.owner_id, end_date=None)
    if by.pk in (device.asked_by_id, device.owner_id) or own_child.exists():
        raise Conflicted("This is about your own family, so somebody else has to decide.")


def check_until(until_date: date, at: datetime, start: date | None = None) -> None:
    """Refuse a last day that has passed, lies before the first, or is over a year away."""
    first = start or localdate(at)
    if until_date < first or until_date < localdate(at):
        raise Refusal("The last day is before the first, or has passed already.")
    if until_date > first + LONGEST:
        raise Refusal("The last day is at most a year away.")


def check_recording_allowed(school: School) -> None:
    """Refuse to ask where the school lets nobody record with their own device (MOB-05)."""
    if school.setting("personal_recording") == BANNED:
        raise Refusal(
            "Your school does not allow recording with your own device. Use the school’s equipment."
        )


def check_recording_device(device: PersonalDevice, by: Person) -> None:
    """Refuse a device that is not one's own or not in the school's list (MOB-05, AST-13)."""
    if device.owner_id != by.pk or device.state != PersonalDevice.State.KEPT:
        raise Refusal("Choose a device of your own that is in the school’s list.")


def check_another_decides(permission: RecordingPermission, by: Person) -> None:
    """Refuse to decide on one's own recording (MOB-05)."""
    if by.pk == permission.holder_id:
        raise Conflicted("Nobody allows their own recording. Use the school’s equipment.")


def check_somebody_decides(by: Person, at: datetime) -> None:
    """Refuse whoever would have to allow their own recording: nobody else may (MOB-05)."""
    if person_may(by, "decide_recording", on=localdate(at)):
        raise Conflicted(
            "Only the headteacher allows this, and nobody allows their own. Use the school’s "
            "equipment."
        )
