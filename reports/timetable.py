"""What runs by the clock for reports and reviews."""

from typing import Any

ONE_HOUR = 60 * 60

TIMETABLE: dict[str, dict[str, Any]] = {
    "plan governors' reviews": {
        "task": "reports.tasks.plan_reviews",
        "schedule": ONE_HOUR,
        "options": {"expires": ONE_HOUR},
    },
}
