"""Web server, worker and beat under one supervisor, on embedded servers where no others are named.

Runs without Django, so that watching the others costs little memory. ``manage.py serve`` becomes
this program once everything is prepared. A ready-made supervisor was measured and left out: it
keeps a copy of itself for each process it watches (docs/adr/0001-embedded-services.md).
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import FrameType

from safeguard.embedded import services

GRACE_SECONDS = 20
LOOK_SECONDS = 0.2
PR_SET_PDEATHSIG = 1
CELERY = (sys.executable, "-m", "celery", "--app", "safeguard", "--quiet")
MEMORY = {
    "MALLOC_ARENA_MAX": "2",  # threads share their free memory
    # A demonstration on a bare machine may well run as root; it says so nowhere else either.
    "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
}


def commands(var: Path) -> dict[str, tuple[str, ...]]:
    """Return what runs side by side, by name."""
    return {
        "web": (sys.executable, "-m", "gunicorn", "--config", "python:safeguard.gunicorn_config"),
        "worker": (
            *(*CELERY, "worker", "--concurrency", "1", "--loglevel", "WARNING"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            *("--max-tasks-per-child", "200", "--max-memory-per-child", "250000"),
        ),
        "beat": (
            *(*CELERY, "beat", "--loglevel", "WARNING", "--pidfile", ""),
            *("--schedule", str(var / "run" / "beat-schedule")),
        ),
    }


class Supervisor:
    """Runs the processes until a signal, or until one of them ends; then ends the others."""

    def __init__(
        self, wanted: Mapping[str, tuple[str, ...]], environment: Mapping[str, str]
    ) -> None:
        self.asked_to_stop = False
        self.wanted = wanted
        self.environment = environment
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def run(self) -> int:
        """Return 0 after a signal, 1 when a process ended by itself."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        try:
            for name, command in self.wanted.items():
                self.running[name] = self._start(command)
            while not self.asked_to_stop and not self._ended():
                time.sleep(LOOK_SECONDS)
            for name in self._ended():
                sys.stderr.write(f"The {name} process ended by itself; stopping the others.\n")
            return 1 if self._ended() else 0
        finally:
            self._stop()

    def _ask_to_stop(self, _: int, __: FrameType | None) -> None:
        self.asked_to_stop = True

    def _start(self, command: tuple[str, ...]) -> subprocess.Popen[bytes]:
        """Start a process in a session of its own: Ctrl-C reaches the supervisor alone."""
        return subprocess.Popen(  # noqa: S603  our own commands
            command,
            stdin=subprocess.DEVNULL,
            env=dict(self.environment),
            start_new_session=True,
            preexec_fn=_end_with_the_supervisor,  # noqa: PLW1509  there are no threads here
        )

    def _ended(self) -> list[str]:
        return [name for name, process in self.running.items() if process.poll() is not None]

    def _stop(self) -> None:
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        give_up = time.monotonic() + GRACE_SECONDS
        for process in self.running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, give_up - time.monotonic()))
            with suppress(ProcessLookupError):  # what is left of its session, if anything
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _end_with_the_supervisor() -> None:
    """Have Linux end this process when the supervisor is killed and cannot do so itself."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def main() -> int:
    """Run until Ctrl-C, SIGTERM or a closed terminal."""
    var = Path(os.environ["SAFEGUARD_VAR"])
    with services():
        return Supervisor(commands(var), {**MEMORY, **os.environ}).run()


if __name__ == "__main__":
    sys.exit(main())
