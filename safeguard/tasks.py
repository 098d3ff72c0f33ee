"""The worker's heartbeat, which the health page reads."""

import time

from celery import shared_task
from django.core.cache import cache

HEARTBEAT_KEY = "worker-heartbeat"


@shared_task
def beat_heart() -> None:
    """Note that a worker took a task off the queue just now."""
    cache.set(HEARTBEAT_KEY, time.time(), timeout=None)
