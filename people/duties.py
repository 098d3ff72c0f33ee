"""What of accounts, machines and the calendar falls due and recurs."""

from datetime import datetime

from django.utils.timezone import localdate

from common.duties import Need, RecurringDuty
from common.pages import page_url
from common.requests import SchoolRequest
from people.calendar import SchoolCalendar

RECURRING = (
    RecurringDuty(
        code="account_review",
        label="Review of who has an account",
        roles=("tech", "acct_admin"),
        words="Once in a period the accounts are gone through, so that nobody keeps access they "
        "no longer need. This stops when you say how it was met.",
        requirement="R-CY-3",
    ),
    RecurringDuty(
        code="restore_test",
        label="Test that a backup can be restored",
        roles=("tech",),
        words="A backup is only as good as its last restore. This stops when you say how the test "
        "went.",
        requirement="ACC-16",
    ),
    RecurringDuty(
        code="security_review",
        label="Review of system security",
        roles=("tech", "msp"),
        words="The security of the school’s systems is reviewed regularly. This stops when you say "
        "how it was met.",
        requirement="ACC-19",
        period="year",
        remind_days=(20, 10, 0),
    ),
)


def needs(request: SchoolRequest, *, at: datetime) -> list[Need]:
    """Return that term dates are missing, to those who enter them (SYS-05)."""
    if not request.may("edit_calendar"):
        return []
    missing = SchoolCalendar.of(request.school).years_missing(localdate(at))
    return [
        Need(
            what=f"Enter the term dates of {year}/{(year + 1) % 100:02d}",
            why="Without them nothing termly falls due, and deadlines count every weekday",
            url=page_url(request.school, "year_add"),
            label="Enter the dates",
        )
        for year in missing
    ]
