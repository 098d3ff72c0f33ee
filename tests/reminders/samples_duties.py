"""Records for the pages of duties and calendar addresses, and rows for their lists."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from reminders.actions import attest_duty, make_feed, open_occurrences
from reminders.models import DutyOccurrence
from tests.cast import NOW, Cast
from tests.incidents.walk import upload
from tests.list_page import ListPage


def occurrence(cast: Cast, duty: str = "technical_security") -> DutyOccurrence:
    """Return a duty of the present period, opened by the sweep."""
    open_occurrences(school=cast.school, at=NOW)
    return DutyOccurrence.objects.get(school=cast.school, duty=duty)


def attested(cast: Cast) -> DutyOccurrence:
    """Return a duty that was partly met, with a file that shows it."""
    row = occurrence(cast, "technical_malware")
    if row.state != "open":
        return row
    return attest_duty(
        occurrence=row,
        version=row.version,
        result="partly",
        note="Two laptops were behind.",
        action="Update both this week.",
        upload=upload(),
        by=cast.tina,
        at=NOW,
    )


def token(cast: Cast) -> str:
    """Return the secret of the headteacher's calendar address."""
    return make_feed(person=cast.hana, by=cast.hana, at=NOW)


def _grow(cast: Cast, number: int) -> None:
    starts = date(2020, 1, 1) + timedelta(days=number)
    DutyOccurrence.objects.create(
        school=cast.school,
        duty="technical_security",
        period=f"term-9{number}",
        starts_date=starts,
        due_date=starts,
        opened_at=NOW,
        state="missed" if number % 2 else "met",
        done_at=None if number % 2 else NOW,
        done_by=None if number % 2 else cast.tina,
    )


BY_PAGE: dict[str, Callable[[Any], dict[str, Any]]] = {
    "duty_attest": lambda made: {"pk": made.once(occurrence).pk},
    "duty_detail": lambda made: {"pk": made.once(attested).pk},
    "duty_evidence": lambda made: {"pk": made.once(attested).pk},
    "feed_read": lambda made: {"token": made.once(token)},
}
LISTS: dict[str, ListPage] = {"duty_list": ListPage(_grow)}
