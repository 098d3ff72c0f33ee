"""A migrated database that each test run copies: migrating takes many seconds, copying takes none.

It is named after the content of the migrations and powers, so a changed one makes a new one.
"""

import fcntl
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql

REPOSITORY = Path(__file__).resolve().parent.parent


def prepare(database_url: str) -> str:
    """Return the name of the migrated database, made now if need be; drop what dead runs left."""
    name = f"template_{_digest()}"
    with _lock(), _cursor(database_url) as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        existing = {row[0] for row in cursor.fetchall()}
        for other in existing:
            if other != name and _is_left_over(other):
                _drop(cursor, other)
        if name not in existing:
            making = f"{name}_unfinished"
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
            _migrate(urlsplit(database_url)._replace(path=f"/{making}").geturl())
            cursor.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(making), sql.Identifier(name)
                )
            )
    return name


def copy(template: str, name: str) -> None:
    """Make a database like another, to which nobody may be connected."""
    with _lock(), _cursor(os.environ["DATABASE_URL"]) as cursor:
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        cursor.execute(words.format(sql.Identifier(name), sql.Identifier(template)))


def drop(name: str) -> None:
    """Drop a database, if it exists, and end the connections of ours that still lead to it.

    Not WITH (FORCE): that is refused while the server's own vacuum is at work in the database;
    without it the server asks its vacuum to leave, and waits.
    """
    with _cursor(os.environ["DATABASE_URL"]) as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = current_user",
            [name],
        )
        words = sql.SQL("DROP DATABASE IF EXISTS {}")
        cursor.execute(words.format(sql.Identifier(name)))


def _digest() -> str:
    paths = sorted(REPOSITORY.glob("*/migrations/*.py"))
    paths += sorted(REPOSITORY.glob("*/permissions.py"))  # migrating writes a row for each power
    paths += [
        REPOSITORY / "common/row_security.py",
        REPOSITORY / "requirements" / "development.lock",
        REPOSITORY / "safeguard/settings.py",
    ]
    content = b"".join(str(path).encode() + path.read_bytes() for path in paths)
    return hashlib.sha256(content).hexdigest()[:12]


def _is_left_over(name: str) -> bool:
    """Say whether a database is an older template or belongs to a test run that is gone."""
    if name.startswith("template_"):
        return True
    run = re.match(r"test_safeguard_(\d+)", name)
    return run is not None and not Path(f"/proc/{run[1]}").exists() and Path("/proc").exists()


def _drop(cursor: psycopg2.extensions.cursor, name: str) -> None:
    with suppress(psycopg2.Error):  # another run is copying it at this moment
        cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def _migrate(database_url: str) -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "safeguard.settings",
    }
    result = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise RuntimeError(f"The migrations do not run:\n{result.stderr}")


@contextmanager
def _lock() -> Iterator[None]:
    path = REPOSITORY / "var" / "run" / "template.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _cursor(database_url: str) -> Iterator[psycopg2.extensions.cursor]:
    connection = psycopg2.connect(database_url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()
