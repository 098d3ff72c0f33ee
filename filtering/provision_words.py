"""What of the register is said in the change log, never with a person's name (FIL-03, FIL-35)."""

from collections.abc import Iterable
from typing import Any

from common.dates import uk_date
from filtering.models.register import InForce

CAUSE = "Register"
# Fields of which the log tells, with their words; who looks after something is told apart.
SERVICE_FIELDS = {
    "kind": "Kind",
    "name": "Name",
    "provider": "Provider",
    "purpose": "Purpose",
    "covers": "Covers",
    "used_by": "Used by",
    "contract": "Contract",
    "contract_ends_date": "Contract ends",
    "privacy_notice": "Privacy notice",
    "uses_ai": "Uses AI",
}
PROFILE_FIELDS = {
    "name": "Name",
    "whom": "For",
    "network": "Network",
    "service": "Product",
}


def changed_fields(old: Any, new: Any, fields: Iterable[str]) -> list[str]:
    """Return which of the fields differ in words, and whether who looks after it does."""
    named = [name for name in fields if _value(old, name) != _value(new, name)]
    return [*named, "owner"] if old.owner_id != new.owner_id else named


def owner_words(old: Any, new: Any) -> str:
    """Return who looks after it now and did before, for those who see names; "" if the same."""
    if old.owner_id == new.owner_id:
        return ""
    return f"Looked after by {new.owner}, before by {old.owner}."


def in_words(row: InForce, names: Iterable[str], fields: dict[str, str]) -> str:
    """Return some fields of a row as the log tells them; whoever looks after it is not named."""
    return "; ".join(f"{fields[name]}: {_value(row, name)}" for name in names if name in fields)


def whole(row: InForce, fields: dict[str, str]) -> str:
    """Return everything that is said about a row, as the log tells it."""
    return in_words(row, [name for name in fields if getattr(row, name)], fields)


def _value(row: InForce, name: str) -> str:
    display = getattr(row, f"get_{name}_display", None)
    value: Any = display() if display else getattr(row, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (uk_date(value) if name.endswith("_date") else str(value)) or "not said"
