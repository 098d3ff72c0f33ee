"""People's own devices as a sheet: its columns, and its rows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from assets.models import PersonalDevice
from assets.queries.own_devices import devices_of_school
from people.models import School

HEADING = (
    *("Owner", "Kind of person", "Device", "Make", "Model", "Serial number", "State"),
    *("Noted or asked", "By", "Allowed until", "Lies in", "Ended"),
    *("On the Wi-Fi since", "Code", "Kept off it until"),
)


def rows_of(school: School, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the rows of some devices in the order of ``keys``. One query."""
    found = devices_of_school(school).in_bulk(list(keys))
    return [_cells(found[key]) for key in keys if key in found]


def _cells(device: PersonalDevice) -> tuple[Any, ...]:
    return (
        device.owner,
        device.owner.get_kind_display(),
        device.get_kind_display(),
        device.make,
        device.model,
        device.serial,
        device.get_state_display(),
        day(device.asked_at),
        device.asked_by,
        day(device.until_date),
        device.kept_in,
        day(device.ended_at),
        day(device.wifi_at),
        device.wifi_basis if device.wifi_at else "",
        day(device.barred_until),
    )


def day(value: date | datetime | None) -> str:
    """Return a day as a sheet sorts it."""
    if isinstance(value, datetime):
        value = localtime(value).date()
    return value.isoformat() if value else ""
