"""The home page answers "what needs me now?" for every role, with as much work for many duties."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reminders.actions import open_occurrences
from reminders.models import DutyOccurrence
from tests.cast import NOW
from tests.reminders.walk import overdue

EVERYBODY = ("hana", "dora", "cara", "olga", "tom", "tess", "tina", "paul", "pia")


def queries_of_home(cast, name) -> int:
    client = cast.client(name)
    client.get(cast.url())
    with CaptureQueriesContext(connection) as seen:
        assert client.get(cast.url()).status_code == 200
    return len(seen)


def more_duties(cast) -> None:
    DutyOccurrence.objects.bulk_create(
        DutyOccurrence(
            school=cast.school,
            duty=row.duty,
            period=f"{row.period}-{number}",
            starts_date=row.starts_date,
            due_date=row.due_date,
            opened_at=NOW,
        )
        for row in DutyOccurrence.objects.all()
        for number in range(10)
    )


@pytest.mark.parametrize("name", ["hana", "tina", "olga"])
def test_home_asks_as_much_for_many_duties_as_for_few(cast, today, name):
    open_occurrences(school=cast.school, at=NOW)
    before = queries_of_home(cast, name)
    more_duties(cast)

    assert queries_of_home(cast, name) == before


@pytest.mark.parametrize("name", ["hana", "dora", "tina"])
def test_home_is_kept_while_nothing_was_done(cast, today, settings, name):
    cache.clear()
    settings.HOME_KEPT_SECONDS = 60
    open_occurrences(school=cast.school, at=NOW)
    more_duties(cast)

    assert queries_of_home(cast, name) <= 15


def test_home_is_answered_anew_once_something_was_done(cast, today, settings):
    cache.clear()
    settings.HOME_KEPT_SECONDS = 60
    client = cast.client("tess")
    before = [need.what for need in client.get(cast.url()).context["needs"]]
    task = overdue(cast, cast.tess)
    after = [need.what for need in client.get(cast.url()).context["needs"]]

    assert set(after) - set(before) == {task.label}
    assert [need.what for need in cast.client("tom").get(cast.url()).context["needs"]] == before


@pytest.mark.parametrize("name", EVERYBODY)
def test_every_need_says_what_why_and_where(cast, today, name):
    open_occurrences(school=cast.school, at=NOW)
    client = cast.client(name)

    needs = client.get(cast.url()).context["needs"]
    assert all(need.what and need.why and need.label for need in needs)
    assert {client.get(need.url).status_code for need in needs} <= {200}
    dated = [need.due_at for need in needs if need.due_at]
    assert dated == sorted(dated)
    assert [need.due_at for need in needs][: len(dated)] == dated  # those without a date last
