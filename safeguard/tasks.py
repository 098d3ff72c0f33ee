"""The worker's heartbeat, which the health page reads."""

import time
from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.core.cache import cache

HEARTBEAT_KEY = "worker-heartbeat"


@shared_task
def beat_heart() -> None:
    """Note that a worker took a task off the queue just now."""
    cache.set(HEARTBEAT_KEY, int(time.time()), timeout=None)


@worker_ready.connect
def note_first_beat(**_: Any) -> None:
    """Count a worker as well from the moment it is ready, before the first entry falls due."""
    beat_heart()
