"""Web server, worker and beat under one supervisor, on embedded servers where no others are named.

Runs without Django, so that watching the others costs little memory. ``manage.py serve`` becomes
this program once everything is prepared.
"""

import os
import shlex
import signal
import sys
from pathlib import Path
from types import FrameType

from honcho.manager import Manager

from safeguard.embedded import services

CELERY = (sys.executable, "-m", "celery", "--app", "safeguard", "--quiet")
COMMANDS = {
    "web": (sys.executable, "-m", "gunicorn", "--config", "python:safeguard.gunicorn_config"),
    "worker": (
        *(*CELERY, "worker", "--concurrency", "1", "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle", "--max-tasks-per-child", "200"),
        *("--max-memory-per-child", "250000"),
    ),
    "beat": (*CELERY, "beat", "--loglevel", "WARNING", "--pidfile", ""),
}


def main() -> int:
    """Run until a signal, or until one of the processes stops; then stop the others too."""
    schedule = Path(os.environ["SAFEGUARD_VAR"]) / "run" / "beat-schedule"
    with services():
        manager = Manager()
        for name, command in COMMANDS.items():
            extra = ("--schedule", str(schedule)) if name == "beat" else ()
            manager.add_process(name, shlex.join([*command, *extra]), env=dict(os.environ))
        signal.signal(signal.SIGHUP, _hang_up)
        manager.loop()
    asked_to_stop = manager.returncode in {130, 143}
    return 0 if asked_to_stop else manager.returncode or 1


def _hang_up(_: int, __: FrameType | None) -> None:
    """Treat a closed terminal like a request to stop."""
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main())
