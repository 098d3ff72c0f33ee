"""Read the list of cameras: which are up, to be reviewed, or not yet written down (AST-26)."""

from datetime import date

from django.db.models import QuerySet
from django.http import Http404

from assets.models import Camera
from people.models import School


def camera_rows(school: School) -> QuerySet[Camera, Camera]:
    """Return every camera of a school, those taken down too, ready for a list."""
    return Camera.objects.filter(school=school).select_related("school", "asset")


def cameras_up(school: School) -> QuerySet[Camera, Camera]:
    """Return the cameras that watch a place now."""
    return camera_rows(school).filter(ended_at=None)


def to_review(school: School, on: date) -> QuerySet[Camera, Camera]:
    """Return the cameras whose yearly review has come."""
    return cameras_up(school).filter(review_date__lte=on)


def to_write_down(school: School) -> QuerySet[Camera, Camera]:
    """Return the cameras that are not in the record of processing as they are now."""
    return cameras_up(school).filter(processing_at=None)


def camera_or_404(school: School, pk: int) -> Camera:
    """Return one camera of a school with its people."""
    along = ("entered_by", "reviewed_by", "processing_by", "ended_by")
    found = camera_rows(school).select_related(*along).filter(pk=pk).first()
    if found is None:
        raise Http404("no such camera")
    return found
