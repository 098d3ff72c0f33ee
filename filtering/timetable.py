"""What runs by the clock for filtering."""

from typing import Any

TEN_MINUTES = 10 * 60

TIMETABLE: dict[str, dict[str, Any]] = {}
