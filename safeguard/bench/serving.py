"""Run everything as ``make run`` does and ask the list from several clients at once."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from django.conf import settings
from django.db import connections

CLIENTS = 4
SECONDS = 15
PATIENCE_SECONDS = 60
MEGABYTE = 1024 * 1024


def measure_serving(path: str, cookie: str) -> dict[str, Any]:
    """Return requests a second on a page from ``CLIENTS`` clients, and the memory in use then."""
    connections.close_all()  # ours would count among the server's processes
    with _everything_running() as (port, supervisor):
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}", "Host": "localhost"}
        _ask_for(3, port, path, headers)
        with ThreadPoolExecutor(CLIENTS) as pool:
            done = list(pool.map(lambda _: _ask_for(SECONDS, port, path, headers), range(CLIENTS)))
        return {
            "clients": CLIENTS,
            "requests_per_second": round(sum(done) / SECONDS, 1),
            **_memory(supervisor),
        }


def _ask_for(seconds: float, port: int, path: str, headers: dict[str, str]) -> int:
    """Ask for a page again and again on one connection; return how many answers came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    until, answers = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}")
        answers += 1
    connection.close()
    return answers


@contextmanager
def _everything_running() -> Iterator[tuple[int, psutil.Process]]:
    """Start web, worker and beat under their supervisor on a free port; stop them afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PORT": str(port), "SAFEGUARD_VAR": str(settings.VAR_DIR)}
    process = subprocess.Popen(
        [sys.executable, "-m", "safeguard.supervisor"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_until_well(port)
        yield port, psutil.Process(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)


def _wait_until_well(port: int) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.3)
    raise RuntimeError("Safeguard did not come up for the bench.")


def _memory(supervisor: psutil.Process) -> dict[str, float]:
    """Return the largest web worker and the sum of everything, in megabytes.

    The sum is given twice: with each shared page counted once, and as plain resident sizes, where
    a page that ten processes share counts ten times.
    """
    started = supervisor.children(recursive=True)
    web = [one for one in started if "gunicorn" in " ".join(one.cmdline())]
    workers = [one for one in web if one.parent() in web]
    servers = [one for root in _servers() for one in (root, *root.children(recursive=True))]
    sizes = [size for one in (supervisor, *started, *servers) if (size := _sizes(one))]
    return {
        "web_worker_mb": round(max(one.memory_info().rss for one in workers) / MEGABYTE, 1),
        "all_processes_mb": round(sum(share for share, _ in sizes) / MEGABYTE, 1),
        "all_processes_rss_mb": round(sum(resident for _, resident in sizes) / MEGABYTE, 1),
    }


def _sizes(process: psutil.Process) -> tuple[int, int] | None:
    """Return a process's share of memory and its resident size, or None when it has just ended."""
    try:
        full = process.memory_full_info()
    except psutil.NoSuchProcess:
        return None
    return int(getattr(full, "pss", full.rss)), int(full.rss)


def _servers() -> list[psutil.Process]:
    """Return the embedded servers that keep their data beside ours, where we use them."""
    folder = Path(settings.VAR_DIR)
    found = []
    for name in ("postgres/postmaster.pid", "valkey/valkey.pid"):
        path = folder / name
        if path.exists():
            found.append(psutil.Process(int(path.read_text().split("\n", 1)[0])))
    return found
