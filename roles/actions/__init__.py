"""What can be done to a school's roles: give, end, cover and word them, and set their powers."""

from roles.actions.assignments import arrange_cover, assign_role, end_role
from roles.actions.catalogue import close_role, edit_role, reopen_role, set_up_roles
from roles.actions.matrix import apply_matrix, end_override, override_matrix
from roles.actions.responsibilities import (
    accept_responsibilities,
    add_responsibility,
    end_responsibility,
    revise_responsibility,
)

__all__ = [
    "accept_responsibilities",
    "add_responsibility",
    "apply_matrix",
    "arrange_cover",
    "assign_role",
    "close_role",
    "edit_role",
    "end_override",
    "end_responsibility",
    "end_role",
    "override_matrix",
    "reopen_role",
    "revise_responsibility",
    "set_up_roles",
]
