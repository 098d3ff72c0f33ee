"""Which texts about roles are about people, and why they are kept."""

PERSONAL = {
    "roleassignment.reason": "Why somebody got a role",
    "roleassignment.minute_reference": "Where the minutes record an appointment",
}
IMPERSONAL = (
    "role.code",
    "role.label",
    "role.aliases",
    "role.category",
    "roleassignment.scope",
    "matrixoverride.power",
    "matrixoverride.reason",
    "responsibility.key",
    "responsibility.statement",
    "responsibility.source",
)
