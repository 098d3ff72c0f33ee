"""What of the agreements waits for somebody on their home page."""

from datetime import datetime, time

from agreements.models import FollowUp
from agreements.queries.follow_ups import open_follow_ups
from common.duties import Need
from common.pages import page_url
from common.requests import SchoolRequest
from people.calendar import LONDON

MOST = 12


def needs_of_follow_ups(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return what follows from agreements and consents for the person of the request."""
    rows = open_follow_ups(request.person, request.powers)[:MOST]
    return [_need(request, row, at) for row in rows]


def _need(request: SchoolRequest, row: FollowUp, at: datetime) -> Need:
    due = datetime.combine(row.due_date, time(16), LONDON)
    return Need(
        what=row.words,
        why=row.get_kind_display(),
        url=page_url(request.school, "follow_up_finish", row.pk),
        label="Do this",
        due_at=due,
        late=due < at,
    )
