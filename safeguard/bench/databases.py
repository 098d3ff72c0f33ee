"""Databases of the bench's own, beside the one in use, so that nothing of it is touched."""

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

# One higher when a school's rows change, so that a database with the older ones is not taken.
EDITION = 5
PREFIX = f"safeguard_bench_v{EDITION}"


def environment_of(rows: int | str) -> dict[str, str]:
    """Return the environment of a process that works on the database with so many incidents.

    Or on the one with many schools, by its name.

    Its cache and queue have a prefix of their own, so no worker picks up what the bench queues.
    """
    own = {"DATABASE_URL": _address(rows), "CACHE_PREFIX": f"{PREFIX}_{rows}", "DEBUG": "0"}
    return {**os.environ, **own, "LOG_LEVEL": "ERROR"}


def ensure_database(rows: int | str) -> None:
    """Make the database unless it is there from an earlier bench."""
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_name(rows)])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_name(rows))))
    connection.close()


def _name(rows: int | str) -> str:
    return f"{PREFIX}_{rows}"


def _address(rows: int | str) -> str:
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{_name(rows)}")).replace(
        ":/safeguard", ":///safeguard"
    )
