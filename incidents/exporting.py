"""The list of incidents as a sheet: its columns, and its rows as one person may see them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from incidents.models import Incident
from incidents.queries import incident_rows
from people.models import Person

HEADING = (
    "Number",
    "State",
    "Restricted",
    "Urgency",
    "Category",
    "Infringement",
    "Themes",
    "About",
    "People",
    "Where",
    "Happened",
    "Reported",
    "Late",
    "With",
    "Closed",
)


def rows_of(person: Person, powers: Collection[str], keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the rows of some incidents in the order of ``keys``; hidden ones are left out."""
    found = {one.pk: one for one in incident_rows(person, powers).filter(pk__in=keys)}
    return [_cells(found[key]) for key in keys if key in found]


def _cells(incident: Incident) -> tuple[Any, ...]:
    return (
        incident.reference,
        incident.get_state_display(),
        incident.get_restriction_display(),
        incident.get_severity_display(),
        incident.category.code if incident.category else "",
        incident.infringement.label if incident.infringement else "",
        "; ".join(row.theme.label for row in incident.themes_given),
        incident.get_subject_kind_display(),
        "; ".join(f"{row} ({row.get_part_display()})" for row in incident.people),
        ", ".join(
            words for words in (incident.get_place_display(), incident.place_detail) if words
        ),
        _moment(incident.occurred_at),
        _moment(incident.reported_at),
        "yes" if incident.late else "no",
        incident.handler or "",
        _moment(incident.closed_at),
    )


def _moment(value: datetime | None) -> str:
    return f"{localtime(value):%Y-%m-%d %H:%M}" if value else ""
