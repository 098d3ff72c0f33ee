"""What runs by the clock for filtering."""

from typing import Any

ONE_MINUTE = 60
TEN_MINUTES = 10 * 60
ONE_HOUR = 60 * 60

TIMETABLE: dict[str, dict[str, Any]] = {
    "end filter changes": {
        "task": "filtering.tasks.end_changes",
        "schedule": TEN_MINUTES,
        "options": {"expires": TEN_MINUTES},
    },
    "route unopened alerts": {
        "task": "filtering.tasks.sweep_alerts",
        "schedule": ONE_MINUTE,
        "options": {"expires": ONE_MINUTE},
    },
    "open weekly monitoring reports": {
        "task": "filtering.tasks.open_reports",
        "schedule": ONE_HOUR,
        "options": {"expires": ONE_HOUR},
    },
}
