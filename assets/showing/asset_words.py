"""What is known of a device, in words: its fields, and what of them was changed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from assets.vocabulary import AssetKind, Encryption
from common.dates import uk_date

FIELDS = {
    "tag": "Tag",
    "kind": "Kind",
    "make": "Make",
    "model": "Model",
    "serial": "Serial number",
    "room": "Room",
    "holder": "Held by",
    "used_for": "Used for",
    "bought_date": "Bought",
    "cost": "Cost",
    "supplier": "Supplier",
    "warranty_until": "Warranty until",
    "review_date": "Next review",
    "operating_system": "Operating system",
    "support_until": "Support until",
    "encryption": "Encryption",
    "antivirus": "Antivirus",
    "keeps_data": "Keeps data",
    "hazardous": "Hazardous waste",
    "reserved": "Kept for investigations",
    "note": "Note",
}
_CHOICES = {"kind": dict(AssetKind.choices), "encryption": dict(Encryption.choices)}


def changed_words(
    before: Mapping[str, Any], after: Mapping[str, Any], changed: Iterable[str]
) -> str:
    """Return what was changed, from what to what, as the life of a device tells it."""
    return "; ".join(
        f"{FIELDS[name]}: {in_words(name, before[name])} → {in_words(name, after[name])}"
        for name in changed
    )[:500]


def in_words(name: str, value: Any) -> str:
    """Return one value as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return uk_date(value)
    if name in _CHOICES:
        return str(_CHOICES[name].get(value, value))
    if name == "cost" and value is not None:
        return f"£{value:,.2f}"
    return str(value) if value else "nothing"
