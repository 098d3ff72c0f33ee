"""The list of disposals as a sheet: its columns, and its rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from assets.models import DisposalBatch
from assets.queries.disposal import disposals_of
from people.models import School

HEADING = (
    *("Number", "State", "Route", "Taken by", "Why", "Prepared", "Prepared by", "Decided"),
    *("Decided by", "Collected", "Handed over by", "Seen by", "Confirmed"),
    *("Devices", "Counted out"),
    *("Waste tracking", "Papers due", "Closed", "Seal"),
)


def rows_of(school: School, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the rows of some disposals in the order of ``keys``."""
    rows = disposals_of(school).select_related("decided_by", "handed_over_by", "witnessed_by")
    found = {one.pk: one for one in rows.filter(pk__in=keys)}
    return [_cells(found[key]) for key in keys if key in found]


def _cells(batch: DisposalBatch) -> tuple[Any, ...]:
    return (
        batch.reference,
        batch.get_state_display(),
        batch.get_route_display(),
        batch.company or batch.recipient,
        batch.reason,
        _moment(batch.prepared_at),
        batch.prepared_by,
        _moment(batch.decided_at),
        batch.decided_by or "",
        _moment(batch.collected_at),
        batch.handed_over_by or "",
        batch.witnessed_by or "",
        _moment(batch.witnessed_at),
        batch.devices,  # type: ignore[attr-defined]
        "" if batch.count_out is None else batch.count_out,
        batch.tracking_reference,
        batch.papers_due_date or "",
        _moment(batch.finished_at),
        batch.seal,
    )


def _moment(value: datetime | None) -> str:
    return f"{localtime(value):%Y-%m-%d %H:%M}" if value else ""
