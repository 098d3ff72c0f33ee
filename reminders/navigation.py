"""The place of reminders in the menu."""

from common.navigation import Item

NAVIGATION = [
    Item("Reminders sent", "reminder_list", "bell", 68, ("view_reminders",), group="School")
]
