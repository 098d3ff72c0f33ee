"""The embedded servers: started, shared, stopped by the last one, and recovered after a kill."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg2
import pytest
import redis

from safeguard.embedded import attached, services

ATTACHED_PROGRAM = """
import sys, time
from pathlib import Path
from safeguard.embedded import attached
with attached(Path(sys.argv[1])):
    print("up", flush=True)
    time.sleep(60)
"""


@contextmanager
def query(address: str) -> Iterator[psycopg2.extensions.cursor]:
    connection = psycopg2.connect(address)
    connection.autocommit = True
    with connection.cursor() as cursor:
        yield cursor
    connection.close()


def postgres_pid(var: Path) -> int:
    return int((var / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])


def running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_role_is_ordinary_and_extensions_are_there(var: Path) -> None:
    with attached(var) as addresses, query(addresses["DATABASE_URL"]) as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb FROM pg_roles"
            " WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("safeguard", False, False, True)
        cursor.execute("CREATE DATABASE another")
        cursor.execute("SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1")
        assert cursor.fetchall() == [("btree_gist",), ("pg_trgm",), ("unaccent",)]
        with query(addresses["DATABASE_URL"].replace("/safeguard?", "/another?")) as other:
            other.execute("SELECT count(*) FROM pg_extension")
            assert other.fetchone() == (4,)


def test_sockets_are_private(var: Path) -> None:
    with attached(var) as addresses:
        sockets = Path(addresses["DATABASE_URL"].partition("host=")[2])

        assert sockets.stat().st_mode & 0o777 == 0o700
        with query(addresses["DATABASE_URL"]) as cursor:
            cursor.execute("SHOW listen_addresses")
            assert cursor.fetchone() == ("",)


def test_what_was_written_is_there_after_a_restart(var: Path) -> None:
    with attached(var) as addresses:
        with query(addresses["DATABASE_URL"]) as cursor:
            cursor.execute("CREATE TABLE kept AS SELECT 7 AS number")
        redis.Redis.from_url(addresses["REDIS_URL"]).set("kept", "7")
        pid = postgres_pid(var)
    assert not running(pid)

    with attached(var) as addresses:
        with query(addresses["DATABASE_URL"]) as cursor:
            cursor.execute("SELECT number FROM kept")
            assert cursor.fetchone() == (7,)
        assert redis.Redis.from_url(addresses["REDIS_URL"]).get("kept") == b"7"


def test_last_to_leave_stops_the_servers(var: Path) -> None:
    with attached(var) as first:
        with attached(var) as second:
            assert second == first
            pid = postgres_pid(var)
        assert running(pid)
        assert redis.Redis.from_url(first["REDIS_URL"]).ping()
    assert not running(pid)


def test_servers_of_a_killed_program_are_taken_over(var: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", ATTACHED_PROGRAM, str(var)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert program.stdout is not None
    assert program.stdout.readline() == b"up\n"
    program.send_signal(signal.SIGKILL)
    program.wait()
    program.stdout.close()
    pid = postgres_pid(var)
    assert running(pid)

    with attached(var):
        assert postgres_pid(var) == pid

    assert not running(pid)


def test_killed_servers_start_again_with_what_was_written(var: Path) -> None:
    with attached(var) as addresses:
        with query(addresses["DATABASE_URL"]) as cursor:
            cursor.execute("CREATE TABLE kept AS SELECT 7 AS number")
        pid = postgres_pid(var)
        psutil.Process(pid).kill()
        redis_pid = int((var / "valkey" / "valkey.pid").read_text())
        psutil.Process(redis_pid).kill()
        while running(pid) or running(redis_pid):
            time.sleep(0.02)

        with attached(var) as again, query(again["DATABASE_URL"]) as cursor:
            cursor.execute("SELECT number FROM kept")
            assert cursor.fetchone() == (7,)


def test_number_left_behind_by_a_dead_server_is_no_obstacle(var: Path) -> None:
    with attached(var):
        left_behind = (var / "postgres" / "postmaster.pid").read_text()
    lines = left_behind.split("\n")
    (var / "postgres" / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]))

    with attached(var) as addresses, query(addresses["DATABASE_URL"]) as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_first_start_that_was_cut_short_is_begun_again(var: Path) -> None:
    (var / "postgres").mkdir()
    (var / "postgres" / "half").write_text("x")

    with attached(var) as addresses, query(addresses["DATABASE_URL"]) as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


def test_long_path_gets_a_short_socket(var: Path) -> None:
    with attached(var / ("long" * 20)) as addresses, query(addresses["DATABASE_URL"]) as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
        sockets = Path(addresses["DATABASE_URL"].partition("host=")[2])
        assert sockets.stat().st_mode & 0o777 == 0o700


def test_named_servers_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    monkeypatch.setenv("REDIS_URL", "redis://somewhere/else")
    monkeypatch.setenv("SAFEGUARD_VAR", str(tmp_path))

    with services():
        assert os.environ["DATABASE_URL"] == "postgresql://somewhere/else"

    assert list(tmp_path.iterdir()) == []
