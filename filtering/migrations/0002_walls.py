"""One school cannot see another's filtering, and what was logged or signed never changes."""

from django.db import migrations

from common.row_security import AppendOnly, NeverDeleted, OnlyChanges, RowSecurity

CHANGING = (
    "filtering_service",
    "filtering_profile",
    "filtering_rule",
    "filtering_changerequest",
    "filtering_changetarget",
    "filtering_changeprofile",
    "filtering_separationexception",
    "filtering_failurereport",
    "filtering_alertsource",
    "filtering_alertimport",
    "filtering_alert",
    "filtering_alertsample",
    "filtering_monitoringreport",
    "filtering_monitoringfinding",
    "filtering_checkpoint",
    "filtering_review",
    "filtering_reviewparticipant",
    "filtering_reviewaction",
)
WRITTEN_ONCE = (
    "filtering_attestation",
    "filtering_logentry",
    "filtering_hookdelivery",
    "filtering_alertevent",
    "filtering_filtercheck",
    "filtering_checkresult",
    "filtering_reviewsignature",
)


class Migration(migrations.Migration):
    dependencies = [("filtering", "0001_initial")]

    operations = [
        RowSecurity(*CHANGING, *WRITTEN_ONCE),
        NeverDeleted(*CHANGING),
        AppendOnly(*WRITTEN_ONCE),
        OnlyChanges("filtering_service", "ended_at", "ended_by_id"),
        OnlyChanges(
            "filtering_profile", "ended_at", "ended_by_id", "confirmed_at", "confirmed_by_id"
        ),
        OnlyChanges("filtering_rule", "ended_at", "ended_by_id", "ended_change_id"),
        OnlyChanges("filtering_separationexception", "ended_at", "ended_by_id"),
        OnlyChanges(
            "filtering_monitoringreport",
            "seen_by_id",
            "seen_at",
            "version",
            when="OLD.signed_at IS NOT NULL",
        ),
        OnlyChanges("filtering_review", "version", when="OLD.state = 'closed'"),
    ]
