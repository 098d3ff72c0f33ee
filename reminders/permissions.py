"""Powers over reminders."""

POWERS = {
    "view_reminders": "See who was reminded of what and when",
}
