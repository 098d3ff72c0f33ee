"""The table of steps of an audit of equipment (AST-23)."""

from common.workflow import Step, Workflow

AUDIT_STATES = {
    "asked": "Asked for",
    "reported": "Report is here",
    "closed": "Closed",
}
AUDIT = Workflow(
    noun="audit",
    states=AUDIT_STATES,
    steps=(
        Step(
            "report_audit",
            "File its report",
            ("asked",),
            "reported",
            "commission_audit",
            page="audit_report",
            main=True,
        ),
        Step(
            "add_audit_action",
            "Add an action",
            ("reported",),
            "",
            "commission_audit",
            page="audit_action_create",
        ),
        Step(
            "close_audit",
            "Close it",
            ("reported",),
            "closed",
            "commission_audit",
            page="audit_close",
            main=True,
        ),
    ),
)
