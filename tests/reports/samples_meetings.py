"""Records for the pages of meetings, and rows for their list."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from reports.actions import meetings as deeds
from reports.models import GovernorAction, Meeting
from tests.cast import NOW, Cast
from tests.list_page import ListPage

DAY = NOW.date()


def plan(cast: Cast, number: int = 1, **given: Any) -> Meeting:
    """Return a meeting that was entered."""
    values = {"kind": "committee", "committee": "Safeguarding committee", "on_date": DAY}
    submission = UUID(int=7_000 + number, version=4)
    return deeds.plan_meeting(
        school=cast.school, submission=submission, **values | given, by=cast.dora, at=NOW
    )


def hold(cast: Cast, meeting: Meeting, **given: Any) -> Meeting:
    """Return a meeting that was recorded."""
    values: dict[str, Any] = {
        "version": meeting.version,
        "on_date": meeting.on_date,
        "attendees": [cast.dora, cast.olga],
        "items": "More requests to open pages. The log is complete.",
        "minute": "Item 6",
        "by": cast.dora,
        "at": NOW,
    }
    return deeds.hold_meeting(meeting=meeting, **values | given)


def action(cast: Cast, meeting: Meeting, **given: Any) -> GovernorAction:
    """Return something that a recorded meeting asks for."""
    values: dict[str, Any] = {
        "version": Meeting.objects.get(pk=meeting.pk).version,
        "words": "Bring the figures of guests.",
        "owner": cast.tina,
        "due_date": DAY + timedelta(days=3),
        "by": cast.dora,
        "at": NOW,
    }
    return deeds.add_meeting_action(meeting=meeting, **values | given)


def planned(cast: Cast) -> Meeting:
    """Return a meeting that is planned."""
    return plan(cast)


def held(cast: Cast) -> Meeting:
    """Return a meeting that was recorded and asks for something."""
    meeting = hold(cast, plan(cast, 2))
    action(cast, meeting)
    return meeting


def _one_more(cast: Cast, number: int) -> None:
    meeting = plan(cast, 100 + number, on_date=date(2026, 9, 3) + timedelta(days=number % 9))
    if number % 2:
        action(cast, hold(cast, meeting, on_date=date(2026, 9, 3)))


BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(("meeting_cancel", "meeting_hold"), lambda made: {"pk": made.once(planned).pk}),
    **dict.fromkeys(
        ("meeting_detail", "meeting_action_add"), lambda made: {"pk": made.once(held).pk}
    ),
}
LISTS: dict[str, ListPage] = {"meeting_list": ListPage(_one_more)}
