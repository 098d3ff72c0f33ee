"""The place of reminders in the menu."""

from common.navigation import Item

NAVIGATION = [
    Item("Duties", "duty_list", "list-checks", 15, ("view_own_duties", "view_duties")),
    Item("Reminders sent", "reminder_list", "bell", 68, ("view_reminders",), group="School"),
]
