"""One school cannot see another's reminders, and who was reminded does not vanish."""

from django.db import migrations

from common.row_security import NeverDeleted, RowSecurity

TABLES = ("reminders_digest", "reminders_reminder")


class Migration(migrations.Migration):
    dependencies = [("reminders", "0001_initial"), ("people", "0002_walls")]

    operations = [RowSecurity(*TABLES), NeverDeleted(*TABLES)]
