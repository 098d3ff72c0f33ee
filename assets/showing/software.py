"""What a list or page says of a program: use against licence, and what to look at."""

from datetime import date, timedelta
from typing import Any

from assets.conditions.software import COUNTED
from assets.models import Software
from common.dates import uk_date


def use_of(software: Any) -> str:
    """Return how many are used, and of how many where the licence is counted."""
    if software.licence_kind in COUNTED:
        return f"{software.used} of {software.seats}"
    return str(software.used)


def flags_of(software: Any, today: date, soon_days: int) -> list[str]:
    """Return what somebody should see at once about a program (AST-02, AST-29)."""
    found = []
    if software.licence_kind in COUNTED and software.used > software.seats:
        found.append("More used than bought")
    if not software.approved:
        found.append("Not approved")
    if software.expires_date and software.expires_date < today:
        found.append("Licence is over")
    elif software.expires_date and software.expires_date <= today + timedelta(days=soon_days):
        found.append("Licence ends soon")
    return found


def facts_of(software: Software) -> list[dict[str, Any]]:
    """Return what is known of a program, row by row; what was never said is left out."""
    rows = (
        ("Publisher", software.publisher),
        ("Supplier", software.supplier),
        ("Licence for", software.get_licence_kind_display()),
        ("Number of the licence", software.licence_number),
        ("Used", use_of(software)),
        ("Licence until", uk_date(software.expires_date) if software.expires_date else ""),
        ("Approved", "Yes" if software.approved else "No"),
        ("Note", software.note),
    )
    return [{"label": label, "value": value} for label, value in rows if value]
