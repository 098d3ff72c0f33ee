"""What runs by the clock for people: unsent mail, and the sweep over background work."""

FIVE_MINUTES = 5 * 60

TIMETABLE = {
    "send waiting notices": {
        "task": "people.tasks.send_waiting_notices",
        "schedule": FIVE_MINUTES,
        "options": {"expires": FIVE_MINUTES},
    },
    "sweep jobs": {
        "task": "people.tasks.sweep_jobs",
        "schedule": FIVE_MINUTES,
        "options": {"expires": FIVE_MINUTES},
    },
}
