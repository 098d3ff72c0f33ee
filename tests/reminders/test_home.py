"""The home page answers "what needs me now?" for every role, with as much work for many duties."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from incidents import actions
from incidents.actions import Involved
from incidents.vocabulary import Part
from people.calendar import LONDON
from reminders.actions import open_occurrences
from reminders.models import DutyOccurrence
from roles.actions import end_role
from roles.models import RoleAssignment
from tests.cast import NOW
from tests.incidents import walk
from tests.reminders.walk import overdue

EVERYBODY = ("hana", "dora", "cara", "olga", "tom", "tess", "tina", "paul", "pia")


@pytest.fixture
def kept(settings):
    """Let the answers of the home page be kept for a minute."""
    cache.clear()
    settings.HOME_KEPT_SECONDS = 60


def needs_of(client, cast):
    return client.get(cast.url()).context["needs"]


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


# Statements of a page of which nothing is kept. Nine are the frame of every page, of which the
# tests' own transaction makes three; two are the calendar and what all apps ask together.
COLD = {"hana": 13, "dora": 15, "tina": 13, "tom": 15, "pia": 10, "paul": 10, "olga": 13}


@pytest.mark.parametrize("name", COLD)
def test_cold_home_asks_little(cast, today, name):
    open_occurrences(school=cast.school, at=NOW)
    walk.opened(cast)
    overdue(cast, cast.tom)

    assert queries_of_home(cast, name) <= COLD[name]


def test_what_is_kept_shows_no_case_that_became_about_oneself(cast, today, kept):
    incident = walk.opened(cast)
    client = cast.client("dora")
    assert any(incident.reference in need.what for need in needs_of(client, cast))

    about_dora = Involved(part=Part.ALLEGED, person=cast.dora)
    walk.act(actions.involve_person, incident, by=cast.hana, involved=about_dora)

    assert [need for need in needs_of(client, cast) if incident.reference in need.what] == []


def test_what_is_kept_ends_with_the_last_day_of_a_role(cast, today, kept):
    with time_machine.travel(NOW, tick=False):
        incident = walk.opened(cast)
        row = RoleAssignment.objects.get(person=cast.dora, role__code="dsl")
        end_role(assignment=row, end_date=NOW.date(), by="tests", at=NOW)
    midnight = datetime(2026, 9, 16, tzinfo=LONDON)

    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        client = cast.client("dora")
        assert any(incident.reference in need.what for need in needs_of(client, cast))
    with time_machine.travel(midnight, tick=False):
        assert not any(incident.reference in need.what for need in needs_of(client, cast))
