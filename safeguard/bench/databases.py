"""Databases of the bench's own, beside the one in use, so that nothing of it is touched."""

import os
import subprocess
import sys
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.conf import settings
from psycopg2 import sql

# One higher when a school's rows change, so that a database with the older ones is not taken.
EDITION = 5
PREFIX = f"safeguard_bench_v{EDITION}"
EMPTY = "empty"  # migrated once; the others begin as copies of it


def environment_of(rows: int | str) -> dict[str, str]:
    """Return the environment of a process that works on the database with so many incidents.

    Or on the one with many schools, by its name.

    Its cache and queue have a prefix of their own, so no worker picks up what the bench queues.
    """
    own = {"DATABASE_URL": _address(rows), "CACHE_PREFIX": f"{PREFIX}_{rows}", "DEBUG": "0"}
    return {**os.environ, **own, "LOG_LEVEL": "ERROR"}


def ensure_database(rows: int | str) -> None:
    """Make the database unless it is there from an earlier bench, and bring it up to date."""
    if rows != EMPTY and not _is_there(rows):
        ensure_database(EMPTY)
    if not _is_there(rows):
        template = "template1" if rows == EMPTY else _name(EMPTY)
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        _run(made.format(sql.Identifier(_name(rows)), sql.Identifier(template)))
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "--verbosity=0"]
    subprocess.run(command, env=environment_of(rows), check=True)  # noqa: S603  ourselves


def _is_there(rows: int | str) -> bool:
    return bool(_run(sql.SQL("SELECT 1 FROM pg_database WHERE datname = %s"), _name(rows)))


def _run(statement: sql.Composable, *values: str) -> list[tuple[Any, ...]]:
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def _name(rows: int | str) -> str:
    return f"{PREFIX}_{rows}"


def _address(rows: int | str) -> str:
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{_name(rows)}")).replace(
        ":/safeguard", ":///safeguard"
    )
