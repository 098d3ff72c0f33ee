"""Whether web, database, Redis and worker are well, for load balancers and people on call."""

import time

import structlog
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse

from common.access import open_to_everyone
from safeguard.tasks import HEARTBEAT_KEY
from safeguard.timetable import HEARTBEAT_SECONDS

# Three missed heartbeats, so that one slow task does not raise an alarm.
WORKER_SILENCE_SECONDS = 3 * HEARTBEAT_SECONDS
log = structlog.get_logger(__name__)


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _redis() -> bool:
    cache.set("health", "well", timeout=60)
    return cache.get("health") == "well"


def _worker() -> bool:
    heard = cache.get(HEARTBEAT_KEY)
    return heard is not None and time.time() - heard < WORKER_SILENCE_SECONDS


PARTS = {"database": _database, "redis": _redis, "worker": _worker}


@open_to_everyone
def healthz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Answer 200 when every part is well, else 503 with the sick parts named."""
    report = {"web": "well"}
    for part, is_well in PARTS.items():
        try:
            report[part] = "well" if is_well() else "sick"
        except Exception:
            # Whatever is wrong with a part, the answer names the part.
            log.exception("health", part=part)
            report[part] = "sick"
    sick = [part for part, state in report.items() if state == "sick"]
    return JsonResponse(
        {"status": "sick" if sick else "well", "sick": sick, "parts": report},
        status=503 if sick else 200,
        headers={"Cache-Control": "no-store"},
    )
