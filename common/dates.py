"""Dates and times as people here write them: Tue 3 Mar 2026, 14:05, in Europe/London."""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.dateformat import format as drawn

Moment = date | datetime | time


def _local(value: Moment) -> Moment:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def uk_date(value: date | datetime | None) -> str:
    """Return ``Tue 3 Mar 2026``; a moment is first taken to local time; nothing gives nothing."""
    return drawn(_local(value), "D j M Y") if value else ""


def uk_time(value: datetime | time | None) -> str:
    """Return ``14:05`` in local time; nothing gives nothing, midnight is ``00:00``."""
    return drawn(_local(value), "H:i") if value is not None and value != "" else ""


def uk_datetime(value: datetime | None) -> str:
    """Return ``Tue 3 Mar 2026 at 14:05`` in local time; nothing gives nothing."""
    return f"{uk_date(value)} at {uk_time(value)}" if value else ""
