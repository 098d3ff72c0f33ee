"""The places of people, settings and the calendar in the menu."""

from common.navigation import Item

NAVIGATION = [
    Item("People", "person_list", "users", 60, ("view_people",), group="School"),
    Item("Bring in people", "import_list", "upload", 65, ("import_people",), group="School"),
    Item(
        "Calendar",
        "calendar_detail",
        "calendar",
        76,
        ("view_settings", "edit_calendar"),
        group="School",
    ),
    Item(
        "Settings",
        "setting_list",
        "settings",
        78,
        ("view_settings", "edit_settings"),
        group="School",
    ),
]
