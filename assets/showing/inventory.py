"""What the page of a device says of it: facts, flags, and its life as a timeline."""

from datetime import date, timedelta
from typing import Any

from assets.models import Asset, AssetEvent
from assets.showing.asset_words import FIELDS, in_words
from assets.vocabulary import Encryption

STATE_KINDS = {
    "registered": "wait",
    "in_service": "done",
    "on_loan": "information",
    "maintenance": "wait",
    "quarantined": "late",
    "lost": "late",
}
# Lines of a life that are no steps of the table.
LINES = {
    "add_asset": "Entered in the register",
    "import_asset": "Brought in from a file",
    "edit_asset": "Changed",
    "add_medium": "A disk was noted",
    "remove_medium": "A disk was taken out",
    "move_asset": "Moved to another room",
    "check_device": "How it is protected was checked",
}
STEPS = {
    "put_in_service": "Put in service",
    "lend_asset": "Lent",
    "extend_loan": "Lent for longer",
    "take_back_loan": "Taken back",
    "start_upkeep": "Sent for repair or a check",
    "finish_upkeep": "Back from repair or a check",
    "check_asset": "Checked or scanned here",
    "quarantine_asset": "Kept as evidence",
    "release_asset": "Released",
    "report_loss": "Lost or stolen",
    "find_asset": "Found again",
    "make_redundant": "No longer wanted",
    "propose_disposal": "Put in a disposal",
    "take_out_of_disposal": "Taken out of a disposal",
    "dispose_asset": "Disposed of",
}
SHOWN = (
    *("make", "model", "serial", "used_for", "bought_date", "cost", "supplier"),
    *("warranty_until", "review_date", "operating_system", "support_until", "encryption"),
    *("antivirus", "note"),
)


def facts_of(asset: Asset, today: date) -> list[dict[str, Any]]:
    """Return what is known of a device, row by row; what was never said is left out."""
    rows = [
        {"label": FIELDS[name], "value": in_words(name, getattr(asset, name))}
        for name in SHOWN
        if getattr(asset, name) not in ("", None)
    ]
    if asset.bought_date:
        rows.append({"label": "Age", "value": age_of(asset.bought_date, today)})
    return rows


def age_of(bought: date, today: date) -> str:
    """Return how old something is, in whole years."""
    years = (today - bought).days // 365
    if years < 1:
        return "Less than a year"
    return "1 year" if years == 1 else f"{years} years"


def flags_of(asset: Asset, today: date, soon_days: int) -> list[str]:
    """Return what somebody should see at once about a device."""
    soon = today + timedelta(days=soon_days)
    found = []
    if asset.keeps_data and asset.encryption == Encryption.NO:
        found.append("Not encrypted")
    if asset.keeps_data and asset.encryption == Encryption.UNKNOWN:
        found.append("Encryption not known")
    if asset.support_until and asset.support_until < today:
        found.append("No security updates")
    elif asset.support_until and asset.support_until <= soon:
        found.append("Updates end soon")
    if asset.review_date and asset.review_date <= today:
        found.append("Review due")
    return found


def life_in_words(events: list[AssetEvent]) -> list[dict[str, Any]]:
    """Return the life of a device as the timeline draws it; the number of a case is not told."""
    return [
        {
            "title": LINES.get(event.step) or STEPS.get(event.step) or event.step,
            "by": str(event.by) if event.by else "",
            "at": event.at,
            "words": event.text,
            "kind": "quiet" if event.step in {"edit_asset", "move_asset"} else "",
        }
        for event in events
    ]


def state_kind(state: str) -> str:
    """Return how the tag of a state is drawn."""
    return STATE_KINDS.get(state, "")
