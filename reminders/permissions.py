"""Powers over duties and reminders."""

POWERS = {
    "view_own_duties": "See one's own recurring duties and say how they were met",
    "view_duties": "See every recurring duty of the school and what became of it",
    "keep_feed": "Read one's duties in a calendar program",
    "view_reminders": "See who was reminded of what and when",
}
