"""Dates and times as people here write them: Tue 3 Mar 2026, 14:05, in Europe/London."""

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

Moment = date | datetime | time
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def _local(value: Moment) -> Moment:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def whole_minute(moment: datetime) -> datetime:
    """Return the minute a moment lies in: what people enter knows no seconds."""
    return moment.replace(second=0, microsecond=0)


def uk_date(value: date | datetime | None) -> str:
    """Return ``Tue 3 Mar 2026``; a moment is first taken to local time; nothing gives nothing."""
    if not value:
        return ""
    day: Any = _local(value)
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def uk_time(value: datetime | time | None) -> str:
    """Return ``14:05`` in local time; nothing gives nothing, midnight is ``00:00``."""
    if value is None or value == "":
        return ""
    clock: Any = _local(value)
    return f"{clock.hour:02}:{clock.minute:02}"


def uk_datetime(value: datetime | None) -> str:
    """Return ``Tue 3 Mar 2026 at 14:05`` in local time; nothing gives nothing."""
    return f"{uk_date(value)} at {uk_time(value)}" if value else ""
