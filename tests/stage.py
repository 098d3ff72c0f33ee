"""The stage of the tests: two schools, their people and, if a file asks for one, a ladder.

Each worker sets it once, committed in a database of its own and measured for the planner: setting
it costs half a second, and a plan made without figures can cost a minute. A file works in that
database, in a transaction that ends with it; each test runs in a savepoint and leaves no trace.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction

from common.scope import school_scope
from people.models import Person, School
from policies.actions import load_policy, put_in_force
from policies.models import PolicyVersion
from tests import template_database
from tests.cast import NOW, START, Cast, make_cast, make_other


class Stages:
    """The databases of a worker in which a stage is set, made when first asked for."""

    def __init__(self) -> None:
        self.home = connection.settings_dict["NAME"]
        self.made: list[str] = []
        self.casts: dict[str, Cast] = {}
        self.ladder = 0

    @contextmanager
    def entered(self, *, laddered: bool) -> Iterator[dict[str, Cast]]:
        """Let the connection lead to a stage, with a ladder in force or without."""
        name = self._laddered() if laddered else self._plain()
        with self._connected(name):
            cache.clear()  # records of another file have the same numbers
            yield self.casts

    def drop(self) -> None:
        """Drop every database that was made."""
        for name in self.made:
            template_database.drop(name)

    def _plain(self) -> str:
        name = f"{self.home}_stage"
        if name not in self.made:
            with self._making(self.home, name):
                self.casts = {"cast": make_cast(), "other": make_other()}
        return name

    def _laddered(self) -> str:
        name = f"{self.home}_ladder"
        if name not in self.made:
            with self._making(self._plain(), name):
                self.ladder = put_ladder_in_force(self.casts["cast"]).pk
        return name

    @contextmanager
    def _making(self, template: str, name: str) -> Iterator[None]:
        connection.close()
        template_database.copy(template, name)
        self.made.append(name)
        with self._connected(name):
            with transaction.atomic():
                yield
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")

    @contextmanager
    def _connected(self, name: str) -> Iterator[None]:
        before = connection.settings_dict["NAME"]
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before


def put_ladder_in_force(cast: Cast) -> PolicyVersion:
    """Put the A–D ladder in force at the cast's school since the start of the year."""
    with school_scope(cast.school.pk):
        version = load_policy(school=cast.school, data_name="abcd", by=cast.hana, at=NOW)
        put_in_force(
            school=cast.school,
            version=version,
            from_date=START,
            by=cast.hana,
            at=NOW,
            reason="The school has worked by it since September.",
        )
    return version


@pytest.fixture(scope="session")
def stages(django_db_setup, django_db_blocker) -> Iterator[Stages]:
    """Give the databases of this worker in which a stage is set."""
    with django_db_blocker.unblock():
        stages = Stages()
        yield stages
        stages.drop()


@pytest.fixture(scope="module")
def stage(request, stages, django_db_blocker) -> Iterator[dict[str, Cast]]:
    """Give both schools for the tests of a file; what these add ends with it."""
    laddered = any(
        item.path == request.path and "ladder_stage" in item.fixturenames
        for item in request.session.items
    )
    with (
        django_db_blocker.unblock(),
        stages.entered(laddered=laddered) as casts,
        transaction.atomic(),
    ):
        yield casts
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def ladder_stage(stage, stages) -> int:
    """Give the number of the ladder in force at the cast's school since the start of the year."""
    return stages.ladder


def fresh(made: Cast) -> Cast:
    """Return a cast read anew, so that no test meets what another has changed in memory."""
    school = School.objects.get(pk=made.school.pk)
    people = Person.objects.select_related("user").in_bulk(
        [p.pk for p in vars(made.people).values()]
    )
    again = Cast(school)
    for name, person in vars(made.people).items():
        setattr(again.people, name, people[person.pk])
        people[person.pk].school = school
    return again


@contextmanager
def once(stage: dict[str, Cast], at: datetime = NOW) -> Iterator[Cast]:
    """Give the cast to a fixture of a file, which makes what all its tests meet."""
    school = stage["cast"].school
    with school_scope(school.pk), time_machine.travel(at, tick=True):
        yield fresh(stage["cast"])


@pytest.fixture
def cast(stage, db) -> Iterator[Cast]:
    """Give the school "oak-hill" and its people; the test runs inside its scope."""
    with school_scope(stage["cast"].school.pk):
        yield fresh(stage["cast"])


@pytest.fixture
def other(stage, db) -> Cast:
    """Give the school "far-away"; not in its scope."""
    with school_scope(stage["other"].school.pk):
        return fresh(stage["other"])


@pytest.fixture
def ladder(ladder_stage, cast) -> PolicyVersion:
    """Give the ladder in force."""
    return PolicyVersion.objects.get(pk=ladder_stage)


@pytest.fixture
def today() -> Iterator[None]:
    """Let the clock of pages and background work stand at the cast's day."""
    with time_machine.travel(NOW, tick=True):
        yield
