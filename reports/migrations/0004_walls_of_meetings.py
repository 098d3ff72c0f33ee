"""One school cannot see another's meetings, and who took part is never taken back."""

from django.db import migrations

from common.row_security import AppendOnly, NeverDeleted, RowSecurity


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_meetings")]

    operations = [
        RowSecurity("reports_meeting", "reports_meetingattendee"),
        NeverDeleted("reports_meeting"),
        AppendOnly("reports_meetingattendee"),
    ]
