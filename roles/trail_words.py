"""What the verbs about roles mean on the trail."""

WORDS = {
    "set_up_roles": "brought the roles up to date",
    "assign_role": "gave a role",
    "arrange_cover": "arranged cover for a role",
    "end_role": "ended a role",
    "edit_role": "changed what a role is called",
    "close_role": "closed a role",
    "reopen_role": "opened a role again",
    "override_matrix": "changed what a role may do",
    "end_override": "went back to the usual rule for a role",
    "add_responsibility": "added a responsibility",
    "revise_responsibility": "changed a responsibility",
    "end_responsibility": "took a responsibility away",
    "accept_responsibilities": "accepted responsibilities",
}
