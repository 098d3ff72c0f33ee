"""May this be done to a meeting now, and by whom? (REP-04, REP-16)."""

from collections.abc import Collection
from datetime import date, datetime

from django.utils.timezone import localdate

from common.errors import Refusal, StaleRecord
from reports.models import Meeting

Kind = Meeting.Kind
SEES: dict[str, str] = {
    Kind.LEADERS: "view_leaders_meetings",
    Kind.COMMITTEE: "view_meetings",
    Kind.GOVERNORS: "view_meetings",
}


def kinds_for(powers: Collection[str]) -> list[str]:
    """Return the kinds of meeting that a holder of some powers sees."""
    return [kind for kind, power in SEES.items() if power in powers]


def check_kind(kind: str, powers: Collection[str]) -> None:
    """Refuse a meeting of a kind that the person does not see."""
    if kind not in kinds_for(powers):
        raise Refusal("Choose a kind of meeting that you see.")


def check_committee(kind: str, committee: str) -> None:
    """Refuse a committee without a name, as there may be several."""
    if kind == Kind.COMMITTEE and not committee.strip():
        raise Refusal("Say which committee it is.")


def check_seen(meeting: Meeting, version: int) -> None:
    """Refuse a change made on a page that was opened before somebody else's change."""
    if meeting.version != version:
        raise StaleRecord(
            "Somebody changed this meeting after you opened the page. Nothing was saved, and what "
            "you typed is still here. Look at what changed, then send it again."
        )


def check_held(on_date: date, *, at: datetime) -> None:
    """Refuse to record a meeting on a day to come."""
    if on_date > localdate(at):
        raise Refusal("The meeting cannot have been on a day to come.")
