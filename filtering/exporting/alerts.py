"""The list of alerts as a sheet: its columns, and its rows as one person may see them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from filtering.models import Alert
from filtering.queries.alerts import chosen_alerts
from people.models import Person

HEADING = (
    "Number",
    "State",
    "Priority",
    "Judged as",
    "Drill",
    "Source",
    "Happened",
    "Received",
    "Opened",
    "Judged",
    "Rule",
    "Words",
    "Address",
    "Device",
    "User name",
    "User",
    "About",
    "Graphic content",
    "With",
    "Incident",
)


def rows_of(person: Person, powers: Collection[str], keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the rows of some alerts in the order of ``keys``; hidden ones are left out."""
    found = {one.pk: one for one in chosen_alerts(person, powers, keys)}
    return [_cells(found[key]) for key in keys if key in found]


def _cells(alert: Alert) -> tuple[Any, ...]:
    return (
        alert.pk,
        alert.get_state_display(),
        alert.get_severity_display(),
        alert.get_verdict_display(),
        "yes" if alert.drill else "no",
        alert.source or "By hand",
        _moment(alert.happened_at),
        _moment(alert.received_at),
        _moment(alert.opened_at),
        _moment(alert.triaged_at),
        alert.rule,
        alert.term,
        alert.address,
        alert.device,
        alert.user_name,
        alert.person or "",
        alert.get_about_display(),
        "yes" if alert.graphic else "no",
        alert.owner or "",
        alert.incident_reference,
    )


def _moment(value: datetime | None) -> str:
    return f"{localtime(value):%Y-%m-%d %H:%M}" if value else ""
