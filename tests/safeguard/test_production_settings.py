"""Production settings: loud about everything missing or unsafe, and clean when all is well."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
GOOD = {
    "SAFEGUARD_ENV": "production",
    "SECRET_KEY": "Zk3v9QwLr8Tn2Xc5Bm7Ya1Pd4Fg6Hj0KsUe-Rt5Wo2Qi8Nb6Mv3Cx1Lz9",
    "DATABASE_URL": "postgresql://safeguard:password@database.example.org/safeguard",
    "REDIS_URL": "redis://:password@redis.example.org:6379/0",
    "ALLOWED_HOSTS": "safeguard.example.org",
    "SITE_URL": "https://safeguard.example.org",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "safeguard@example.org",
}


def manage(tmp_path: Path, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "SAFEGUARD_VAR": str(tmp_path), **GOOD, **changes}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_deployment_check_is_clean_under_good_settings(tmp_path: Path) -> None:
    result = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")

    assert result.stderr == ""
    assert result.stdout == "System check identified no issues (0 silenced).\n"
    assert result.returncode == 0


def test_every_missing_variable_is_named_at_once(tmp_path: Path) -> None:
    result = manage(tmp_path, "check", **{name: "" for name in GOOD if name != "SAFEGUARD_ENV"})

    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    named = [line.split()[1] for line in result.stderr.splitlines() if line.startswith("  - ")]
    assert named == [
        "SECRET_KEY",
        "DATABASE_URL",
        "REDIS_URL",
        "ALLOWED_HOSTS",
        "SITE_URL",
        "EMAIL_URL",
        "DEFAULT_FROM_EMAIL",
    ]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is too weak: give it at least 50 random characters."),
        ("SECRET_KEY", "a" * 60, "SECRET_KEY is too weak: give it at least 50 random characters."),
        ("DEBUG", "True", "DEBUG is on: it shows private data on error pages."),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS holds *: name each host."),
        ("DATABASE_URL", "sqlite:///x", "DATABASE_URL is not a PostgreSQL address."),
        (
            "DATABASE_URL",
            "postgresql://safeguard@/safeguard?host=/var/run/sockets",
            "DATABASE_URL is the embedded database, which trusts whoever reaches it.",
        ),
        (
            "REDIS_URL",
            "unix:///var/run/valkey.sock?db=0",
            "REDIS_URL is the embedded store, which is for trying and testing only.",
        ),
        (
            "SITE_URL",
            "http://safeguard.example.org",
            "SITE_URL is not https: sign-ins would cross the network unprotected.",
        ),
    ],
)
def test_unsafe_variable_is_refused_in_words(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    result = manage(tmp_path, "check", **{name: value})

    assert result.returncode == 1
    assert [line for line in result.stderr.splitlines() if line.startswith("  - ")] == [
        f"  - {sentence}"
    ]


def test_unknown_environment_is_refused(tmp_path: Path) -> None:
    result = manage(tmp_path, "check", SAFEGUARD_ENV="staging")

    assert result.returncode == 1
    assert result.stderr == "SAFEGUARD_ENV must be one of development, production.\n"


def test_production_never_starts_the_embedded_servers(tmp_path: Path) -> None:
    manage(tmp_path, "check", DATABASE_URL="", REDIS_URL="")

    assert list(tmp_path.iterdir()) == []


def test_demo_is_refused_in_production(tmp_path: Path) -> None:
    result = manage(
        tmp_path,
        "shell",
        "--no-imports",
        "-c",
        "from django.conf import settings; print(settings.DEMO_ALLOWED)",
    )

    assert result.stdout == "False\n"
