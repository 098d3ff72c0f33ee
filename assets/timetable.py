"""What runs by the clock for equipment and devices."""

from typing import Any

TEN_MINUTES = 10 * 60
HOUR = 60 * 60

TIMETABLE: dict[str, dict[str, Any]] = {
    "end own devices and recording": {
        "task": "assets.tasks.end_by_day",
        "schedule": TEN_MINUTES,
        "options": {"expires": TEN_MINUTES},
    },
    "throw away files of equipment": {
        "task": "assets.tasks.cancel_abandoned_imports",
        "schedule": HOUR,
        "options": {"expires": HOUR},
    },
}
