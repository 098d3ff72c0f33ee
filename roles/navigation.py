"""The places of roles in the menu."""

from common.navigation import Item

NAVIGATION = [
    Item("Roles", "role_list", "key-round", 70, ("view_roles",), group="School"),
    Item("Who may do what", "permission_list", "shield-check", 71, ("view_roles",), group="School"),
]
