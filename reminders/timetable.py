"""What runs by the clock for reminders."""

TEN_MINUTES = 10 * 60

TIMETABLE = {
    "sweep reminders": {
        "task": "reminders.tasks.sweep_reminders",
        "schedule": TEN_MINUTES,
        "options": {"expires": TEN_MINUTES},
    },
}
