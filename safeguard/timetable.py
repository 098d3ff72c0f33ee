"""What Celery beat starts and when: our own heartbeat, and each app's ``timetable.py``."""

from typing import Any

from common.discovery import discover

HEARTBEAT_SECONDS = 20

OWN = {
    "heartbeat": {
        "task": "safeguard.tasks.beat_heart",
        "schedule": HEARTBEAT_SECONDS,
        "options": {"expires": HEARTBEAT_SECONDS},
    },
}


def collect() -> dict[str, dict[str, Any]]:
    """Return the whole timetable; an app's entries are its ``timetable.TIMETABLE``.

    Refuses two entries of one name, because one of them would silently never run.
    """
    timetable: dict[str, dict[str, Any]] = dict(OWN)
    for label, module in discover("timetable"):
        if label == "safeguard":
            continue
        for name, entry in module.TIMETABLE.items():
            if name in timetable:
                raise ValueError(f"Two entries of the timetable are called {name!r}.")
            timetable[name] = entry
    return timetable
