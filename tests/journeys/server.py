"""A server for one run of the journeys: a database, a folder and processes of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import redis

from tests import template_database

REPOSITORY = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """Where the journeys' server answers, and the folder with its mail and files."""

    address: str
    var: Path
    environment: dict[str, str]

    def sweeps(self, days: int) -> None:
        """Let the clock's work on the filter be done as if so many days had gone by."""
        _run(self.environment, "tests.journeys.sweeping", str(days))

    def reminds(self, *moments: str) -> None:
        """Let duties be opened and closed and people reminded as at moments in London."""
        _run(self.environment, "tests.journeys.reminding", *moments)

    def reminds_borrowers(self, *days: int) -> None:
        """Let people be reminded of what they borrowed, so many days from now."""
        _run(self.environment, "tests.journeys.borrowing", *map(str, days))

    def mail_to(self, address: str) -> list[str]:
        """Return the mails written to an address, oldest first."""
        mails = sorted((self.var / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime)
        return [text for text in map(Path.read_text, mails) if f"To: {address}" in text]


@contextmanager
def running(var: Path, worker: str) -> Iterator[Server]:
    """Make the database and its schools, serve them, and leave nothing behind."""
    name = f"{os.environ['TEST_DATABASE']}_journeys_{worker}"
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl(),
        "CACHE_PREFIX": name,
        "SAFEGUARD_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
        "PORT": str(port),
        "SITE_URL": address,
        "WEB_WORKERS": "1",
    }
    with _database(name), _keys(name), _processes(environment) as processes:
        _run(environment, "tests.journeys.world")
        _wait_until_it_answers(port, processes)
        yield Server(address, var, environment)


@contextmanager
def _database(name: str) -> Iterator[None]:
    """Copy the run's migrated template, and drop the copy in the end."""
    template_database.drop(name)
    template_database.copy(os.environ["TEST_TEMPLATE"], name)
    try:
        yield
    finally:
        template_database.drop(name)


@contextmanager
def _processes(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Start web and worker while the schools are being made; end them in the end."""
    processes = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.serving"], cwd=REPOSITORY, env=environment
    )
    try:
        yield processes
    finally:
        processes.terminate()
        processes.wait(PATIENCE_SECONDS)


def _run(environment: dict[str, str], module: str, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=REPOSITORY,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def _wait_until_it_answers(port: int, processes: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up and processes.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError("The journeys' server did not come up.")


@contextmanager
def _keys(prefix: str) -> Iterator[None]:
    """Take the run's keys out of the cache and the queue in the end."""
    try:
        yield
    finally:
        with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
            for key in client.scan_iter(f"{prefix}:*"):
                client.delete(key)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
