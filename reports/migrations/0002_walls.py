"""One school cannot see another's reports, and what was issued or signed never changes."""

from django.db import migrations

from common.row_security import AppendOnly, NeverDeleted, OnlyChanges, RowSecurity

CHANGING = (
    "reports_governorreport",
    "reports_governorreview",
    "reports_governorquestion",
    "reports_governoraction",
)
WRITTEN_ONCE = ("reports_reportfile", "reports_reportreading", "reports_reviewattendee")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        RowSecurity(*CHANGING, *WRITTEN_ONCE),
        NeverDeleted(*CHANGING),
        AppendOnly(*WRITTEN_ONCE),
        OnlyChanges("reports_governorreport", when="OLD.state = 'issued'"),
        OnlyChanges("reports_governorreview", when="OLD.state = 'signed'"),
        OnlyChanges(
            "reports_governorquestion",
            "answer",
            "evidence",
            "answered_by_id",
            "answered_at",
        ),
    ]
