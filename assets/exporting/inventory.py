"""The register of equipment as a sheet: its columns, and its rows. It can be brought in again."""

from collections.abc import Sequence
from typing import Any

from assets.models import Asset
from assets.queries.inventory import assets_of
from people.models import School

HEADING = (
    *("Tag", "Kind", "Make", "Model", "Serial number", "State", "Room", "Held by", "Holder e-mail"),
    *("Used for", "Bought", "Cost", "Supplier", "Warranty until", "Next review"),
    *("Operating system", "Support until", "Encryption", "Antivirus", "Keeps data"),
    *("Protected data", "Hazardous", "For investigations", "Note"),
)


def rows_of(school: School, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the rows of some devices in the order of ``keys``."""
    found = assets_of(school).in_bulk(list(keys))
    return [_cells(found[key]) for key in keys if key in found]


def _cells(asset: Asset) -> tuple[Any, ...]:
    return (
        asset.tag,
        asset.get_kind_display(),
        asset.make,
        asset.model,
        asset.serial,
        asset.get_state_display(),
        asset.room or "",
        asset.holder or "",
        asset.holder.email if asset.holder else "",
        asset.used_for,
        asset.bought_date or "",
        "" if asset.cost is None else asset.cost,
        asset.supplier,
        asset.warranty_until or "",
        asset.review_date or "",
        asset.operating_system,
        asset.support_until or "",
        asset.get_encryption_display(),
        asset.antivirus,
        *(
            "yes" if one else "no"
            for one in (asset.keeps_data, asset.protected_data, asset.hazardous, asset.reserved)
        ),
        asset.note,
    )
