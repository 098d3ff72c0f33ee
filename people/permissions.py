"""Powers over the school's people, calendar and settings."""

POWERS = {
    "view_people": "See the register of people",
    "import_people": "Bring in people from the school's MIS",
    "view_settings": "See the school's settings",
    "edit_settings": "Change the school's settings",
    "edit_calendar": "Change terms and closures",
}
