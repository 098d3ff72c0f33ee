"""PostgreSQL and Valkey from Python wheels, for trying and testing on a bare machine.

Whoever uses the two servers holds a shared lock on ``run/attached.lock``. The kernel drops it when
a process ends, however it ends, so the last one to leave can tell that it is the last and stops
both. ``run/door.lock`` lets one process at a time start or stop them.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from safeguard.embedded_postgres_server import EmbeddedPostgres
from safeguard.embedded_valkey_server import EmbeddedValkey

REPOSITORY = Path(__file__).resolve().parent.parent
OWN = "SAFEGUARD_EMBEDDED"  # which addresses this module has put into the environment
LONGEST_SOCKET_FOLDER = 80  # a Unix socket's whole path may not pass 107 bytes


@contextmanager
def services() -> Iterator[None]:
    """Run the body with ``DATABASE_URL`` and ``REDIS_URL`` set, starting what is not named already.

    Does nothing in production, where settings refuse to start without real servers (see
    docs/adr/0001-embedded-services.md).
    """
    named = {**_env_file(), **os.environ}
    needed = [name for name in ("DATABASE_URL", "REDIS_URL") if not named.get(name)]
    if named.get("SAFEGUARD_ENV") == "production" or not needed:
        yield
        return
    var = Path(os.environ.get("SAFEGUARD_VAR") or REPOSITORY / "var").resolve()
    with attached(var) as addresses:
        os.environ.update({name: addresses[name] for name in needed})
        os.environ[OWN] = " ".join(needed)
        try:
            yield
        finally:
            for name in (*needed, OWN):
                os.environ.pop(name, None)


def own_addresses() -> set[str]:
    """Return the variables that :func:`services` has set, with its own note of them."""
    return {*os.environ.get(OWN, "").split(), OWN} - {""}


def _env_file() -> dict[str, str]:
    """Return what ``.env`` sets, which Django's settings read only later."""
    path = REPOSITORY / ".env"
    lines = path.read_text().splitlines() if path.exists() else []
    pairs = [line.partition("=") for line in lines if "=" in line and not line.startswith("#")]
    return {name.strip(): value.strip() for name, _, value in pairs}


@contextmanager
def attached(var: Path) -> Iterator[dict[str, str]]:
    """Attach to the servers whose data is in ``var``, starting them first if need be.

    Yields their addresses. The last process to leave stops both; nothing is lost.
    """
    run = var / "run"
    run.mkdir(parents=True, exist_ok=True)
    sockets = _socket_folder(run)
    servers = (EmbeddedPostgres(var / "postgres", sockets), EmbeddedValkey(var / "valkey", sockets))
    with _open(run / "attached.lock") as attachment:
        try:
            with _lock(run / "door.lock"):
                fcntl.flock(attachment, fcntl.LOCK_SH)
                for server in servers:
                    server.ensure_running()
            yield {
                "DATABASE_URL": servers[0].url("safeguard", "safeguard"),
                "REDIS_URL": servers[1].url(),
            }
        finally:
            with _lock(run / "door.lock"):
                if _is_last(attachment):
                    _stop_all(servers)
                    with suppress(OSError):
                        sockets.rmdir()


def _stop_all(servers: Sequence[EmbeddedPostgres | EmbeddedValkey]) -> None:
    """Stop every server, also when stopping one of them fails."""
    with ExitStack() as stack:
        for server in servers:
            stack.callback(server.stop)


def _is_last(attachment: IO[str]) -> bool:
    fcntl.flock(attachment, fcntl.LOCK_UN)
    try:
        fcntl.flock(attachment, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open(path: Path) -> IO[str]:
    return path.open("a")


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with _open(path) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _socket_folder(run: Path) -> Path:
    """Return a folder for the sockets that only we may enter: whoever reaches them is trusted."""
    folder = run / "sockets"
    if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
        name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"safeguard-{os.geteuid()}-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
