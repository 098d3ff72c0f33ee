"""The stage of a file's tests, set once: two schools, their people and, if asked for, a ladder.

Setting it takes a third of a second. Each test runs in a savepoint on it and leaves no trace.
"""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction

from common.scope import school_scope
from people.models import Person, School
from policies.actions import load_policy, put_in_force
from policies.models import PolicyVersion
from tests.cast import NOW, START, Cast, make_cast, make_other


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[dict[str, Cast]]:
    """Make both schools in a transaction that ends with the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield {"cast": make_cast(), "other": make_other()}
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def ladder_stage(stage) -> int:
    """Put the A–D ladder in force at the cast's school since the start of the year."""
    cast = stage["cast"]
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
    return version.pk


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
