"""Cameras and destroyed paper as sheets: their columns, and their rows."""

from collections.abc import Sequence
from typing import Any

from assets.exporting.own_devices import day
from assets.models import Camera, PaperDestruction
from assets.queries.cameras import camera_rows
from assets.queries.paper import destruction_rows
from people.models import School

CAMERAS = (
    *("Place", "Purpose", "Kept for days", "Who may look", "Notice since", "Tag", "Entered"),
    *("Reviewed", "Next review", "In the record of processing", "Taken down"),
)
PAPER = (
    *("Day", "How", "Company", "Records", "Amount", "Counted in", "Recorded by"),
    *("Certificate due", "Certificate", "Put on file"),
)


def camera_cells(school: School, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the rows of some cameras in the order of ``keys``. One query."""
    found = camera_rows(school).in_bulk(list(keys))
    return [_camera(found[key]) for key in keys if key in found]


def paper_cells(school: School, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return the rows of some destructions of paper in the order of ``keys``. One query."""
    found = destruction_rows(school).in_bulk(list(keys))
    return [_paper(found[key]) for key in keys if key in found]


def _camera(camera: Camera) -> tuple[Any, ...]:
    return (
        camera.place,
        camera.purpose,
        camera.retention_days,
        camera.viewers,
        day(camera.notice_date),
        camera.asset or "",
        day(camera.entered_at),
        day(camera.reviewed_at),
        day(camera.review_date),
        day(camera.processing_at),
        day(camera.ended_at),
    )


def _paper(paper: PaperDestruction) -> tuple[Any, ...]:
    return (
        day(paper.destroyed_date),
        paper.get_method_display(),
        paper.company or "",
        paper.what,
        paper.amount,
        paper.get_unit_display(),
        paper.recorded_by,
        day(paper.certificate_due_date),
        paper.certificate_number,
        day(paper.file_at),
    )
