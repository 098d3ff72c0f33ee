"""What runs by the clock for agreements."""

HOUR = 60 * 60

TIMETABLE = {
    "sweep agreements": {
        "task": "agreements.tasks.sweep_agreements",
        "schedule": HOUR,
        "options": {"expires": HOUR},
    },
}
