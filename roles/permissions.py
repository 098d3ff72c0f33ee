"""Powers over roles."""

POWERS = {
    "view_roles": "See who holds which role now and in the past",
    "assign_roles": "Give, end and cover roles",
    "override_matrix": "Change what a role may do at this school",
    "edit_responsibilities": "Word what each role is responsible for",
}
