"""One school cannot see another's incidents, and nothing about an incident vanishes."""

from django.db import migrations

from common.row_security import AppendOnly, NeverDeleted, RowSecurity

CHANGING = (
    "incidents_incident",
    "incidents_involvement",
    "incidents_incidenttheme",
    "incidents_agency",
    "incidents_referral",
    "incidents_task",
)
WRITTEN_ONCE = (
    "incidents_incidentlink",
    "incidents_decision",
    "incidents_decisionanswer",
    "incidents_sanction",
    "incidents_parentcontact",
    "incidents_event",
    "incidents_feedback",
    "incidents_closingrecord",
    "incidents_evidence",
    "incidents_custodyline",
)


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_initial"), ("policies", "0001_initial")]

    operations = [
        RowSecurity(*CHANGING, *WRITTEN_ONCE),
        RowSecurity(
            "incidents_incidentuserobjectpermission",
            through=("content_object_id", "incidents_incident"),
        ),
        NeverDeleted(*CHANGING),
        AppendOnly(*WRITTEN_ONCE),
    ]
