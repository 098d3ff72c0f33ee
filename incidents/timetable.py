"""What runs by the clock for incidents: unopened reports, and files left by failed deeds."""

TEN_MINUTES = 10 * 60
ONE_DAY = 24 * 60 * 60

TIMETABLE = {
    "route unread reports": {
        "task": "incidents.tasks.route_unread_reports",
        "schedule": TEN_MINUTES,
        "options": {"expires": TEN_MINUTES},
    },
    "remove orphan files": {
        "task": "incidents.tasks.remove_orphan_files",
        "schedule": ONE_DAY,
        "options": {"expires": ONE_DAY},
    },
}
