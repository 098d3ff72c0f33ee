"""What a container's health check runs, without Django: ``python -m safeguard.probe web``.

``web`` asks /healthz as a visitor would. ``heartbeat`` looks whether the worker took beat's latest
task: it serves the worker and beat, which have no address to ask.
"""

import os
import sys
import time
import urllib.error
import urllib.request
from typing import Any

import redis

HEARTBEAT_SECONDS = 90


def web() -> bool:
    """Return whether the web process on this machine calls everything well."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/healthz",
        headers={"Host": os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()},
    )
    try:
        with urllib.request.urlopen(request, timeout=8) as answer:  # noqa: S310
            return answer.status == 200
    except urllib.error.URLError:
        return False


def heartbeat() -> bool:
    """Return whether a worker took a task from the queue a short while ago."""
    key = f"{os.environ.get('CACHE_PREFIX', 'safeguard')}:1:worker-heartbeat"
    try:
        heard: Any = redis.Redis.from_url(os.environ["REDIS_URL"], socket_timeout=5).get(key)
    except redis.RedisError:
        return False
    return heard is not None and time.time() - int(heard) < HEARTBEAT_SECONDS


PROBES = {"web": web, "heartbeat": heartbeat}

if __name__ == "__main__":
    sys.exit(0 if PROBES[sys.argv[1]]() else 1)
