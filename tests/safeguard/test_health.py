"""The health page: 200 when every part is well, else 503 with the sick part named."""

import time

import pytest
from django.core.cache import cache
from django.test import Client

from safeguard.tasks import HEARTBEAT_KEY, beat_heart

pytestmark = pytest.mark.django_db


def test_health_is_well_when_every_part_is(client: Client) -> None:
    beat_heart()

    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {
        "status": "well",
        "sick": [],
        "parts": {"web": "well", "database": "well", "redis": "well", "worker": "well"},
    }
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("silence", [None, 61])
def test_health_names_a_worker_that_is_silent(client: Client, silence: int | None) -> None:
    cache.delete(HEARTBEAT_KEY)
    if silence is not None:
        cache.set(HEARTBEAT_KEY, int(time.time()) - silence, timeout=None)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["sick"] == ["worker"]


def test_health_names_redis_and_the_worker_it_hides(client: Client, settings) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["sick"] == ["redis", "worker"]


def test_health_names_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError, connection

    beat_heart()

    def refuse() -> None:
        raise OperationalError("could not connect")

    monkeypatch.setattr(connection, "cursor", refuse)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["sick"] == ["database"]
