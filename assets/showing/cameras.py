"""A camera as its page shows it: what is known, what waits, and what happens next (AST-26)."""

from datetime import date
from typing import Any

from assets.models import Camera
from common.dates import uk_date
from common.pages import page_url
from common.requests import SchoolRequest

RECORDED = "Not in the record of processing"
NO_NOTICE = "No notice"
REVIEW = "Review due"


def camera_flags(camera: Camera, today: date) -> list[str]:
    """Return what somebody should see at once about a camera that is up."""
    if camera.ended_at:
        return []
    waits = (
        (camera.notice_date is None, NO_NOTICE),
        (camera.review_date <= today, REVIEW),
        (camera.processing_at is None, RECORDED),
    )
    return [words for so, words in waits if so]


def camera_facts(camera: Camera) -> list[dict[str, str]]:
    """Return what is known of a camera, row by row."""
    rows = (
        ("Watches", camera.place),
        ("For", camera.purpose),
        ("Recordings are kept", _days(camera.retention_days)),
        ("May look at recordings", camera.viewers),
        ("Notice since", uk_date(camera.notice_date) or "There is none"),
        ("In the register of equipment", camera.asset.tag if camera.asset else ""),
        ("Entered", _who(camera.entered_at, camera.entered_by)),
        ("Last reviewed", _who(camera.reviewed_at, camera.reviewed_by, camera.review_note)),
        ("Next review", "" if camera.ended_at else uk_date(camera.review_date)),
        ("In the record of processing", _who(camera.processing_at, camera.processing_by)),
        ("Taken down", _who(camera.ended_at, camera.ended_by, camera.ended_why)),
    )
    return [{"label": label, "value": value} for label, value in rows if value]


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _who(at: Any, by: Any, words: str = "") -> str:
    told = f"{uk_date(at)}, {by}" if at else ""
    return f"{told}: {words}" if told and words else told


def camera_steps(request: SchoolRequest, camera: Camera, today: date) -> dict[str, Any]:
    """Return the panel “Next step” of a camera: what waits first, then the rest."""
    if camera.ended_at:
        return {"lead": "This camera was taken down. Its record stays."}
    pages = [
        ("camera_record", "note_processing", "It is in the record of processing", RECORDED),
        ("camera_review", "edit_cameras", "Review it", REVIEW),
        ("camera_edit", "edit_cameras", "Change it", NO_NOTICE),
        ("camera_end", "edit_cameras", "It was taken down", ""),
    ]
    flags = camera_flags(camera, today)
    if camera.processing_at:
        del pages[0]
    open_now = [one for one in pages if request.may(one[1])]
    main = next((one for one in open_now if one[3] in flags), None)
    links = {
        page: {"label": label, "url": page_url(request.school, page, camera.pk)}
        for page, _power, label, _flag in open_now
    }
    deed = links.pop(main[0]) if main else None
    lead = "" if open_now else "There is nothing for you to do here now."
    return {"lead": lead, "deed": deed, "deeds": list(links.values())}
