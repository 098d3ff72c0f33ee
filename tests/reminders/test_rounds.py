"""A round does its work once, and passes over a school where nothing can have changed."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache

from people.calendar import LONDON
from reminders.models import Digest, DutyOccurrence
from reminders.rounds import SPREAD, make_round
from tests.cast import NOW
from tests.reminders.walk import DAY, TEN_MINUTES, answer, overdue, told


@pytest.fixture(autouse=True)
def forgotten():
    cache.clear()


@pytest.fixture
def start(cast) -> datetime:
    """Give the moment at which one of the school's own hours begins."""
    return NOW.replace(minute=0) + timedelta(minutes=cast.school.pk * SPREAD % 60)


def go(cast, capture, at, *, lost=False) -> bool:
    with time_machine.travel(at, tick=False), capture(execute=not lost):
        return make_round(school_id=cast.school.pk, at=at)


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def test_round_opens_duties_and_reminds(cast, capture, start):
    overdue(cast, cast.tess)

    assert go(cast, capture, start) is True
    assert DutyOccurrence.objects.filter(state="open").exists()
    assert told() == [("Tess", "incident_task")]


def test_round_is_passed_over_while_nothing_was_done(
    cast, capture, start, django_assert_max_num_queries
):
    overdue(cast, cast.tess)
    go(cast, capture, start)

    with django_assert_max_num_queries(12):
        assert go(cast, capture, start + TEN_MINUTES) is False


def test_round_is_made_again_after_anything_was_done(cast, capture, start):
    task = overdue(cast, cast.tess)
    go(cast, capture, start)
    answer(task)

    assert go(cast, capture, start + TEN_MINUTES) is True
    assert go(cast, capture, start + TEN_MINUTES) is False


@pytest.mark.parametrize("later", [timedelta(hours=1), DAY])
def test_round_is_made_every_hour_and_every_day_anyway(cast, capture, start, later):
    go(cast, capture, start)
    assert go(cast, capture, start + later) is True


def test_round_is_made_when_the_waking_hours_begin(cast, capture):
    early = datetime(2026, 9, 15, 6, 59, tzinfo=LONDON)
    overdue(cast, cast.tess)
    go(cast, capture, early)
    assert told() == []
    assert go(cast, capture, early + timedelta(minutes=1)) is True
    assert told() == [("Tess", "incident_task")]


def test_round_is_made_for_mail_that_a_lost_worker_left(cast, capture, start):
    overdue(cast, cast.tess)
    go(cast, capture, start, lost=True)
    assert go(cast, capture, start + TEN_MINUTES / 2) is False

    assert go(cast, capture, start + TEN_MINUTES) is True
    assert Digest.objects.get().sent_at == start + TEN_MINUTES
