"""What runs by the clock for people: unsent mail, and sweeps over what was left lying."""

FIVE_MINUTES = 5 * 60
HOUR = 60 * 60

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
    "sweep people": {
        "task": "people.tasks.sweep_people",
        "schedule": HOUR,
        "options": {"expires": HOUR},
    },
}
