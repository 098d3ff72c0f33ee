"""The software of the school as a sheet: its columns, and its rows."""

from collections.abc import Sequence
from typing import Any

from assets.queries.software import software_of
from people.models import School

HEADING = (
    *("Title", "Release", "Publisher", "Supplier", "Licence for", "Licence number", "Bought"),
    *("Used", "Devices", "Licence until", "Approved", "Note"),
)


def rows_of(school: School, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the rows of some programs in the order of ``keys``."""
    found = software_of(school).in_bulk(list(keys))
    return [_cells(found[key]) for key in keys if key in found]


def _cells(software: Any) -> tuple[Any, ...]:
    return (
        software.title,
        software.release,
        software.publisher,
        software.supplier,
        software.get_licence_kind_display(),
        software.licence_number,
        software.seats or "",
        software.used,
        software.devices,
        software.expires_date or "",
        "yes" if software.approved else "no",
        software.note,
    )
