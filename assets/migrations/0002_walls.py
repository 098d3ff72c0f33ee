"""One school cannot see another's equipment, and what was proved of it never changes."""

from django.db import migrations

from common.row_security import AppendOnly, NeverDeleted, OnlyChanges, RowSecurity

CHANGING = (
    "assets_room",
    "assets_asset",
    "assets_medium",
    "assets_software",
    "assets_installation",
    "assets_assetimport",
    "assets_stocktake",
    "assets_stockmark",
    "assets_loan",
    "assets_upkeep",
    "assets_quarantine",
    "assets_loss",
    "assets_disposalcompany",
    "assets_disposalbatch",
    "assets_batchitem",
    "assets_disposalpaper",
    "assets_personaldevice",
    "assets_exemption",
    "assets_recordingpermission",
    "assets_recordinguse",
    "assets_confiscation",
    "assets_searchrecord",
)
WRITTEN_ONCE = (
    "assets_assetevent",
    "assets_companypaper",
    "assets_sanitisation",
    "assets_recordingnote",
    "assets_itemevent",
)


class Migration(migrations.Migration):
    dependencies = [("assets", "0001_initial")]

    operations = [
        RowSecurity(*CHANGING, *WRITTEN_ONCE),
        NeverDeleted(*CHANGING),
        AppendOnly(*WRITTEN_ONCE),
        OnlyChanges("assets_room", "name", "ended_at"),
        OnlyChanges("assets_medium", "removed_at", "removed_why"),
        OnlyChanges("assets_installation", "removed_date"),
        OnlyChanges(
            "assets_quarantine",
            "police_reference",
            "police_at",
            "released_by_id",
            "released_at",
            "released_why",
        ),
        OnlyChanges(
            "assets_loss",
            "incident_reference",
            "no_incident_reason",
            "found_at",
            "found_by_id",
            "found_note",
            "police_reference",
        ),
        OnlyChanges("assets_loan", "version", when="OLD.returned_at IS NOT NULL"),
        OnlyChanges("assets_stocktake", "version", when="OLD.closed_at IS NOT NULL"),
        OnlyChanges("assets_batchitem", "removed_at"),
        OnlyChanges("assets_disposalpaper", "replaced_by_id"),
        OnlyChanges("assets_disposalbatch", "version", when="OLD.state = 'disposed'"),
        OnlyChanges("assets_exemption", "ended_by_id", "ended_at"),
        OnlyChanges(
            "assets_recordinguse", "moved_to", "deleted_at", "confirmed_by_id", "confirmed_at"
        ),
        OnlyChanges(
            "assets_searchrecord",
            "version",
            "parents_told_at",
            "parents_told_by_id",
            "parents_told_how",
            "incident_reference",
            "confiscation_id",
        ),
    ]
