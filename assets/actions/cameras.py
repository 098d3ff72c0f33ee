"""Enter, change, review and take down a camera; the record of processing follows (AST-26)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from assets.conditions.common import check_power, check_version, said
from assets.models import Asset, Camera
from assets.queries.inventory import asset_by_tag
from assets.vocabulary import AssetKind
from audit.actions import record
from common.errors import Refusal, StepRefused
from people.models import Person, School

YEAR = timedelta(days=365)
LONGEST_RETENTION = 365


@dataclass(frozen=True)
class CameraDetails:
    """What has to be said of a camera: where, why, how long it keeps, who looks, since when."""

    place: str
    purpose: str
    retention_days: int
    viewers: str
    notice_date: date | None = None
    tag: str = ""

    def values(self, school: School) -> dict[str, Any]:
        """Return the fields, tidied; refuses what is missing, and a tag that is no camera's."""
        if not 0 < self.retention_days <= LONGEST_RETENTION:
            raise Refusal("Say for how many days recordings are kept, at most a year.")
        return {
            "place": said(self.place, "Say what it watches.", 120),
            "purpose": said(self.purpose, "Say what it is for."),
            "retention_days": self.retention_days,
            "viewers": said(self.viewers, "Say who may look at recordings."),
            "notice_date": self.notice_date,
            "asset": _device(school, self.tag),
        }


def _device(school: School, tag: str) -> Asset | None:
    if not tag.strip():
        return None
    asset = asset_by_tag(school, tag)
    if asset is None or asset.kind != AssetKind.CCTV:
        raise Refusal("No CCTV camera or recorder of the register has this number on its label.")
    return asset


@transaction.atomic
def enter_camera(
    *, school: School, submission: UUID, details: CameraDetails, by: Person, at: datetime
) -> Camera:
    """Enter a camera; it is reviewed within a year, and the data-protection officer is asked.

    The same ``submission`` sent twice gives the one camera. Refuses no place, purpose or viewers, a
    retention of more than a year, and a notice that is to be put up only later (AST-26).
    """
    check_power(by, "edit_cameras", at)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    made = Camera.objects.filter(submission=submission).first()
    if made:
        return made
    values = _checked(details, school, at)
    camera = Camera.objects.create(
        school=school,
        submission=submission,
        entered_by=by,
        entered_at=at,
        review_date=localdate(at) + YEAR,
        **values,
    )
    record("enter_camera", camera, by=by, at=at, facts={"days": camera.retention_days})
    return camera


@transaction.atomic
def edit_camera(
    *, camera: Camera, version: int, details: CameraDetails, by: Person, at: datetime
) -> Camera:
    """Change what is known of a camera; it is to be written down anew (AST-26).

    Refuses an old version, one that was taken down, and no change.
    """
    camera = _begun(camera, version, "edit_cameras", by, at)
    values = _checked(details, camera.school, at)
    changed = [name for name, value in values.items() if value != getattr(camera, name)]
    if not changed:
        raise Refusal("Nothing was changed.")
    for name in changed:
        setattr(camera, name, values[name])
    camera.processing_by = camera.processing_at = None
    return _finished("edit_camera", camera, by, at, {"fields": changed})


@transaction.atomic
def review_camera(
    *, camera: Camera, version: int, note: str, notice_up: bool, by: Person, at: datetime
) -> Camera:
    """Say that a camera is still needed, and why; the next review is in a year (AST-26).

    Refuses no word, and a camera whose notice is not up.
    """
    camera = _begun(camera, version, "edit_cameras", by, at)
    if not notice_up:
        raise Refusal("People must be told that they are filmed. Put the notice up first.")
    camera.review_note = said(note, "Say why it is still needed, and what you found.")
    camera.reviewed_by, camera.reviewed_at = by, at
    camera.notice_date = camera.notice_date or localdate(at)
    camera.review_date = localdate(at) + YEAR
    return _finished("review_camera", camera, by, at)


@transaction.atomic
def note_processing(*, camera: Camera, version: int, by: Person, at: datetime) -> Camera:
    """Say that a camera is in the record of processing as it is now; refuses a second time."""
    camera = _begun(camera, version, "note_processing", by, at)
    if camera.processing_at:
        raise StepRefused("It is in the record of processing already.")
    camera.processing_by, camera.processing_at = by, at
    return _finished("note_processing", camera, by, at)


@transaction.atomic
def end_camera(*, camera: Camera, version: int, why: str, by: Person, at: datetime) -> Camera:
    """Write that a camera was taken down, and why; it stays on the list."""
    camera = _begun(camera, version, "edit_cameras", by, at)
    camera.ended_why = said(why, "Say why it was taken down.")
    camera.ended_by, camera.ended_at = by, at
    return _finished("end_camera", camera, by, at)


def _checked(details: CameraDetails, school: School, at: datetime) -> dict[str, Any]:
    if details.notice_date and details.notice_date > localdate(at):
        raise Refusal("The notice is up on the day you say, not later. Leave it out until then.")
    return details.values(school)


def _begun(camera: Camera, version: int, power: str, by: Person, at: datetime) -> Camera:
    check_power(by, power, at)
    rows = Camera.objects.select_for_update(of=("self",)).select_related("school", "asset")
    camera = rows.get(pk=camera.pk)
    check_version(camera.version, version)
    if camera.ended_at:
        raise StepRefused("This camera was taken down already.")
    return camera


def _finished(
    verb: str, camera: Camera, by: Person, at: datetime, facts: dict[str, Any] | None = None
) -> Camera:
    camera.version += 1
    camera.save()
    record(verb, camera, by=by, at=at, facts=facts or {})
    return camera
