"""One school cannot see another's duties; what became of them is never deleted."""

from django.db import migrations

from common.row_security import NeverDeleted, OnlyChanges, RowSecurity

TABLES = ("reminders_dutyoccurrence", "reminders_calendarfeed")


class Migration(migrations.Migration):
    dependencies = [("reminders", "0003_duties")]

    operations = [
        RowSecurity(*TABLES),
        NeverDeleted(*TABLES),
        OnlyChanges("reminders_calendarfeed", "revoked_at", "read_at"),
    ]
