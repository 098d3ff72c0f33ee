"""What of restricted rooms and cameras needs a person, and what falls due (AST-21, AST-26)."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Expression, QuerySet
from django.utils.timezone import localdate

from assets.models import Camera
from assets.queries.cameras import to_review, to_write_down
from common.asking import answers, any_of, counts_of
from common.duties import Due, Need, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from people.calendar import LONDON
from people.models import School
from roles.queries import holders_of_power

REMINDERS = {
    "camera_review": "The yearly review of a camera",
    "camera_processing": "A camera that is not in the record of processing",
}
RECURRING: tuple[RecurringDuty, ...] = (
    RecurringDuty(
        code="server_rooms",
        label="Server rooms locked, and only those listed may enter",
        roles=("tech", "siro"),
        words="Once a year somebody looks where servers stand, whether the room is locked, and "
        "whether everybody listed may still enter. This stops once you say what you found.",
        requirement="AST-21",
        period="year",
        remind_days=(40, 15, 0),
    ),
)
REVIEW_WORDS = (
    "A camera of the school is due for its yearly review. You look after cameras. This stops once "
    "it is reviewed or taken down."
)
PROCESSING_WORDS = (
    "A camera is new or was changed, and is not in the record of processing as it is. This stops "
    "once you say that it is."
)
MOST = 6


def asks(request: SchoolRequest, *, at: datetime) -> dict[str, Expression]:
    """Return what the home page has to know of cameras, as far as the person looks after them."""
    found: dict[str, Expression] = {}
    if request.may("edit_cameras"):
        found["review"] = any_of(to_review(request.school, localdate(at)))
    if request.may("note_processing"):
        found["processing"] = counts_of(to_write_down(request.school), count=Count("pk"))
    return found


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return the cameras to review, and those to be written into the record of processing."""
    told = answers(request, asks, at=at)
    found = []
    if told.get("review"):
        rows = to_review(request.school, localdate(at)).order_by("review_date", "pk")
        found = [_review(request, camera, at) for camera in rows[:MOST]]
    if count := (told.get("processing") or {}).get("count"):
        what = "1 camera" if count == 1 else f"{count} cameras"
        url = f"{page_url(request.school, 'camera_list')}?open=processing"
        why = "They are new or changed, and not in the record of processing"
        found.append(Need(f"{what} to write down", why, url, "Look at them"))
    return found


def _review(request: SchoolRequest, camera: Camera, at: datetime) -> Need:
    due = datetime.combine(camera.review_date, time(16), LONDON)
    return Need(
        str(camera),
        "Is it still needed? It is reviewed once a year",
        page_url(request.school, "camera_review", camera.pk),
        "Review it",
        due,
        late=due < at,
    )


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:
    """Return the rows, of any school, without which there is nothing to remind of."""
    up = Camera.objects.filter(ended_at=None)
    return [up.filter(review_date__lte=on), up.filter(processing_at=None)]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield who reviews a camera whose year is over, and who writes new ones down (AST-26)."""
    for camera in to_review(school, on).order_by("pk"):
        for person in holders_of_power(school, "edit_cameras", on=on):
            period = f"{camera.pk}:{camera.review_date}"
            yield Due("camera_review", person.pk, period, REVIEW_WORDS)
    for camera in to_write_down(school).order_by("pk"):
        for person in holders_of_power(school, "note_processing", on=on):
            period = f"{camera.pk}:{camera.version}"
            yield Due("camera_processing", person.pk, period, PROCESSING_WORDS)
