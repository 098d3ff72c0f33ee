"""A large school's file is brought in within ten seconds, in few statements."""

import time

from django.db import connection
from django.test.utils import CaptureQueriesContext

from people.models import Person, PupilEnrolment
from tests.people.imports import PUPILS, applied, brought_in, plan, register, uploaded

MANY = 5000


def pupils(count: int, year: int = 5) -> str:
    rows = (f"N{n},Given{n},Family{n},{year}{n % 30},{year},01/09/2022\n" for n in range(count))
    return PUPILS.splitlines()[0] + "\n" + "".join(rows)


def seconds(work) -> float:
    """Return the time of the processor, since other tests run beside this one."""
    started, began = time.process_time(), time.perf_counter()
    work()
    assert time.perf_counter() - began < 60
    return time.process_time() - started


def test_five_thousand_rows_are_added_and_moved_up_a_year_in_under_ten_seconds(cast):
    assert seconds(lambda: brought_in(cast, "pupils", pupils(MANY))) < 10
    assert Person.objects.filter(external_id__startswith="N").count() == MANY
    assert PupilEnrolment.objects.filter(year_group="5", key_stage="KS2").count() == MANY + 1

    assert seconds(lambda: brought_in(cast, "pupils", pupils(MANY, year=6))) < 10
    assert PupilEnrolment.objects.filter(year_group="6", end_date=None).count() == MANY


def test_statements_do_not_grow_with_the_rows(cast):
    def statements(count: int) -> int:
        upload = uploaded(cast, "pupils", pupils(count))
        with CaptureQueriesContext(connection) as queries:
            plan(upload)
            applied(upload)
        return len(queries)

    statements(1)  # the first import makes what later ones find
    few, many = statements(2), statements(60)

    assert few == many
    assert register(cast)["PupilEnrolment"] == 62
