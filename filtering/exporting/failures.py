"""The list of reports about filtering as a sheet: its columns, and its rows."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from filtering.models import FailureReport
from filtering.queries.failures import failure_rows, shown_reporter
from filtering.workflow import FAILURE_STATES
from people.models import Person

HEADING = (
    *("Number", "State", "What about", "Site on the web", "What happened", "Device", "Where"),
    *("Seen", "A pupil saw it", "Reported", "Reported by", "Joined", "To be taken on by"),
    *("Taken on", "Passed to", "Ticket", "Mended", "Cause", "Tested", "Incident", "Closed"),
)


def rows_of(person: Person, powers: Collection[str], keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the rows of some reports in the order of ``keys``; hidden ones are left out."""
    found = {one.pk: one for one in failure_rows(person, powers).filter(pk__in=keys)}
    return [_cells(found[key], person, powers) for key in keys if key in found]


def _cells(failure: FailureReport, person: Person, powers: Collection[str]) -> tuple[Any, ...]:
    return (
        failure.reference,
        FAILURE_STATES[failure.standing],  # type: ignore[attr-defined]
        failure.get_kind_display(),
        failure.domain or failure.address,
        failure.what,
        failure.device,
        failure.site,
        moment(failure.seen_at),
        failure.get_exposed_display(),
        moment(failure.reported_at),
        shown_reporter(failure.reported_by, person, powers),
        failure.joined or "",
        moment(failure.due_at),
        moment(failure.acknowledged_at),
        failure.provider,
        failure.provider_ticket,
        moment(failure.fixed_at),
        failure.cause,
        moment(failure.verified_at),
        failure.incident_reference or failure.no_incident_reason,
        moment(failure.closed_at),
    )


def moment(value: datetime | None) -> str:
    """Return a moment as a sheet sorts it."""
    return f"{localtime(value):%Y-%m-%d %H:%M}" if value else ""
