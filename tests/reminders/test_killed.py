"""A worker process that is killed in the middle of its work: nothing is told twice, nothing lost.

Real processes, killed with SIGKILL where they wait: for the trail of a school, which the test keeps
locked, or for a mail server that never answers.
"""

import os
import signal
import socket
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes
from functools import partial
from multiprocessing import get_context
from time import monotonic, sleep
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from common.scope import school_scope
from people.models import Notice, School
from reminders.models import Digest, DutyOccurrence, Reminder
from reminders.rounds import make_round
from tests.cast import NOW, make_person, make_school
from tests.incidents.throwaway import throwaway_database

LONGEST_WAIT = 30
TRAIL = 20261  # the first number of the lock that the chain of the trail takes
LATER = timedelta(minutes=11)
WAITS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.fixture
def schools(django_db_setup, django_db_blocker) -> Any:
    """Give three schools that other processes see; each has roles that nobody holds."""
    with django_db_blocker.unblock(), throwaway_database():
        made = [make_school(slug, slug.title()) for slug in ("first", "second", "third")]
        for school in made:
            with school_scope(school.pk):
                make_person(school, "Hana", "Headley", "staff", "head", "staff")
                make_person(school, "Olga", "Overton", "governor", "os_gov")
        yield made


def work(schools: list[School], at: datetime, mail: dict[str, Any]) -> None:
    """Make a round at each school, as a worker does, with mail of its own."""
    for name, value in mail.items():
        setattr(settings, name, value)
    with time_machine.travel(at, tick=False):
        for school in schools:
            make_round(school_id=school.pk, at=at)


def worker(*given: Any) -> Any:
    """Start a process that works; it has connections of its own."""
    connections.close_all()
    process = get_context("fork").Process(target=partial(work, *given))
    process.start()
    return process


def finish(*given: Any) -> None:
    """Let a process work until it is done."""
    process = worker(*given)
    process.join(LONGEST_WAIT)
    assert process.exitcode == 0


def kill(process: Any) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.join(LONGEST_WAIT)
    assert process.exitcode == -signal.SIGKILL


@contextmanager
def trail_locked(school: School) -> Any:
    """Keep the trail of a school locked; yields what waits until somebody wants it."""
    connection = connections.create_connection(DEFAULT_DB_ALIAS)

    def somebody_waits() -> None:
        end = monotonic() + LONGEST_WAIT
        while monotonic() < end:
            cursor.execute(WAITS)
            if cursor.fetchone()[0]:
                return
            sleep(0.02)
        raise AssertionError("nobody came to the locked trail")

    with closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [TRAIL, school.pk])
        yield somebody_waits


def into(folder: Any) -> dict[str, Any]:
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(folder),
    }


def mailed(folder: Any) -> list[str]:
    """Return to whom mails went, in alphabetical order."""
    parts = [part for file in folder.iterdir() for part in file.read_bytes().split(b"-" * 79)]
    mails = [message_from_bytes(part.strip()) for part in parts if part.strip()]
    return sorted(one["To"] for one in mails)


def written(school: School) -> tuple[int, int, int]:
    """Return how many reminders, digests and duties a school has."""
    with school_scope(school.pk):
        return tuple(model.objects.count() for model in (Reminder, Digest, DutyOccurrence))


def untold(schools: list[School]) -> list[Any]:
    """Return the digests that are not sent, and how often notices went out per person."""
    found = []
    for school in schools:
        with school_scope(school.pk):
            found += Digest.objects.filter(sent_at=None)
            assert Notice.objects.filter(reason="reminders").count() == Digest.objects.count()
    return found


@pytest.mark.parametrize("opens_duties", [True, False])
def test_worker_killed_in_a_sweep_leaves_its_school_to_the_next(schools, tmp_path, opens_duties):
    """What one school had is whole, of the other nothing stays half done, and all is told once."""
    first, second, third = schools
    if not opens_duties:  # these stand already: it dies while it writes reminders
        finish(schools, NOW - timedelta(days=1, hours=4), into(tmp_path))
        assert not list(tmp_path.iterdir())
    before = written(second)
    with trail_locked(second) as somebody_waits:
        process = worker(schools, NOW, into(tmp_path))
        somebody_waits()
        kill(process)
    done = written(first)
    assert (done[0] > 0, written(second), written(third)[0]) == (True, before, 0)

    finish(schools, NOW, into(tmp_path))
    finish(schools, NOW + LATER, into(tmp_path))

    assert [written(school) for school in schools] == [done] * 3
    everybody = [f"hana@{school.slug}.example" for school in schools]
    assert [to for to in mailed(tmp_path) if to.startswith("hana")] == sorted(everybody)
    assert len(mailed(tmp_path)) == len(set(mailed(tmp_path))) == done[1] * 3
    assert untold(schools) == []


def test_worker_killed_while_it_sends_leaves_the_mail_to_the_next(schools, tmp_path):
    """The reminders stay written; the mail that no server had taken goes once."""
    only = schools[:1]
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(LONGEST_WAIT)
        mail = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": server.getsockname()[1],
        }
        process = worker(only, NOW, mail)
        with closing(server.accept()[0]):
            kill(process)
    done = written(only[0])
    assert done[0] > 0
    with school_scope(only[0].pk):
        assert set(Digest.objects.values_list("sent_at", "attempts")) == {(None, 0)}

    for at in (NOW + LATER, NOW + LATER, NOW + 2 * LATER):
        finish(only, at, into(tmp_path))

    assert written(only[0]) == done
    assert len(mailed(tmp_path)) == len(set(mailed(tmp_path))) == done[1]
    assert untold(only) == []
