"""What is known of an own device, and what may be done about it now."""

from typing import Any

from assets.conditions.phones import NO_WIFI
from assets.models import PersonalDevice
from assets.showing.taken import rows
from common.dates import uk_date, uk_datetime
from common.pages import page_url
from common.requests import SchoolRequest

State = PersonalDevice.State
LEADS = {
    State.ASKED: "The school decides on it.",
    State.REFUSED: "It stays at home.",
    State.ENDED: "It no longer comes into school.",
}


def device_facts(device: PersonalDevice) -> list[dict[str, Any]]:
    """Return what is known of a device as rows of a summary."""
    decided = device.decided_at and f"{uk_date(device.decided_at)}, by {device.decided_by}"
    return rows(
        ("Whose", device.owner),
        ("Device", device),
        ("Serial number", device.serial),
        ("Noted or asked for", f"{uk_date(device.asked_at)}, by {device.asked_by}"),
        ("Why", device.reason),
        ("Decided", decided),
        ("What was said", device.decision_note),
        ("Allowed until", device.until_date and uk_date(device.until_date)),
        ("Lies in", device.kept_in),
        ("On the Wi-Fi", device.wifi_at and f"Since {uk_datetime(device.wifi_at)}"),
        ("Code", device.wifi_at and device.wifi_basis),
        ("Kept off the Wi-Fi until", device.barred_until and uk_date(device.barred_until)),
    )


def next_device_deeds(request: SchoolRequest, device: PersonalDevice) -> dict[str, Any]:
    """Return the panel “Next step”: what the owner does, what the school does."""
    mine = device.owner_id == request.person.pk
    family = device.asked_by_id == request.person.pk or (mine and request.may("keep_own_device"))
    kept, asked = device.state == State.KEPT, device.state == State.ASKED
    wifi = request.school.setting("own_wifi") != NO_WIFI
    joins = kept and wifi and mine and not device.wifi_at and request.may("join_wifi")
    decides = asked and not family and request.may("decide_own_device")
    notes = not mine and request.may("note_misuse")
    found = (
        (decides, "Decide", "own_device_decide"),
        (joins, "Use the school’s Wi-Fi", "own_device_wifi"),
        (notes and kept, "Write down misuse", "misuse_create"),
        (device.wifi_at and (mine or notes), "Take it off the Wi-Fi", "own_device_wifi_leave"),
        (
            (kept or asked) and (family or request.may("decide_own_device")),
            "It no longer comes in",
            "own_device_end",
        ),
    )
    links = [
        {"label": label, "url": page_url(request.school, page, device.pk)}
        for holds, label, page in found
        if holds
    ]
    main = bool(decides or joins)
    return {
        "lead": LEADS.get(State(device.state), "" if links else "There is nothing to do."),
        "deed": links[0] if main else None,
        "deeds": links[1:] if main else links,
    }
