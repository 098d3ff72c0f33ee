"""A calendar address is private: shown once, read without a sign-in, empty of names, revocable."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from audit.queries import trail
from common.errors import Refusal
from people.models import Person
from reminders.actions import make_feed, revoke_feed
from reminders.models import CalendarFeed
from tests.cast import NOW
from tests.reminders.samples_duties import occurrence
from tests.reminders.walk import DAY, overdue


@pytest.fixture(autouse=True)
def fresh_rates(today):
    cache.clear()


def read(cast, token, client=None):
    return (client or Client()).get(cast.url(f"calendar/{token}.ics"))


def events(response) -> list[tuple[date, str]]:
    parsed = Calendar.from_ical(response.content)
    found = parsed.walk("VEVENT")
    assert all(event["DTEND"].dt - event["DTSTART"].dt == DAY for event in found)
    return sorted((event["DTSTART"].dt, str(event["SUMMARY"])) for event in found)


def test_calendar_holds_the_open_duties_of_the_person_s_roles(cast):
    occurrence(cast)
    response = read(cast, make_feed(person=cast.tina, by=cast.tina, at=NOW))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    found = events(response)
    assert (date(2026, 12, 18), "Due: Passwords are enforced") in found
    assert (date(2027, 7, 21), "Due: Review of system security") in found
    assert [words for _, words in found if "serious incident" in words] == []


def test_other_things_are_counted_by_day_without_names_or_cases(cast):
    for _ in range(2):
        overdue(cast, cast.tess)
    response = read(cast, make_feed(person=cast.tess, by=cast.tess, at=NOW))

    assert (NOW.date() - DAY, "2 things are due") in events(response)
    text = response.content.decode()
    names = {name for person in Person.objects.all() for name in person.full_name.split()}
    assert [name for name in names - {"Oak", "Hill"} if name in text] == []
    assert "2026-0001" not in text


def test_each_event_has_a_number_of_its_own_that_stays(cast):
    occurrence(cast)
    token = make_feed(person=cast.tina, by=cast.tina, at=NOW)
    numbers = [
        [str(event["UID"]) for event in Calendar.from_ical(read(cast, token).content).events]
        for _ in range(2)
    ]

    assert numbers[0] == numbers[1]
    assert len(set(numbers[0])) == len(numbers[0]) > 5


def test_answer_is_kept_nowhere_and_sets_no_cookie(cast):
    response = read(cast, make_feed(person=cast.tina, by=cast.tina, at=NOW))

    assert response["Cache-Control"] == "private, no-store"
    assert response.cookies == {}


def test_address_is_stored_as_a_fingerprint_only(cast):
    token = make_feed(person=cast.tina, by=cast.tina, at=NOW)

    feed = CalendarFeed.objects.get()
    assert token not in str(vars(feed))
    assert len(feed.digest) == 64
    assert [entry.verb for entry in trail(cast.school.pk).filter(verb="make_feed")] == ["make_feed"]
    assert token not in str(trail(cast.school.pk).values_list("facts", "subject_label"))


def test_new_address_ends_the_old_one_and_ending_ends_all(cast):
    old = make_feed(person=cast.tina, by=cast.tina, at=NOW)
    new = make_feed(person=cast.tina, by=cast.tina, at=NOW)
    assert [read(cast, token).status_code for token in (old, new)] == [404, 200]

    revoke_feed(person=cast.tina, by=cast.tina, at=NOW)
    assert [read(cast, token).status_code for token in (old, new, "guess")] == [404] * 3
    with pytest.raises(Refusal, match="no calendar address"):
        revoke_feed(person=cast.tina, by=cast.tina, at=NOW)


def test_address_of_another_person_is_not_made(cast):
    with pytest.raises(Refusal, match="by the person it belongs to"):
        make_feed(person=cast.tina, by=cast.hana, at=NOW)
    with pytest.raises(Refusal, match="no duties"):
        make_feed(person=cast.paul, by=cast.paul, at=NOW)


def test_address_is_dead_when_its_person_has_left_or_lost_their_roles(cast):
    token = make_feed(person=cast.tina, by=cast.tina, at=NOW)
    assert read(cast, token).status_code == 200
    cast.tina.assignments.update(end_date=NOW.date() - DAY)
    assert read(cast, token).status_code == 404
    cast.tina.assignments.update(end_date=None)
    Person.objects.filter(pk=cast.tina.pk).update(left_date=NOW.date() - DAY)
    assert read(cast, token).status_code == 404


def test_address_is_none_of_another_school(cast, other):
    token = make_feed(person=cast.tina, by=cast.tina, at=NOW)
    assert Client().get(other.url(f"calendar/{token}.ics")).status_code == 404


def test_reading_is_noted_once_a_day(cast):
    token = make_feed(person=cast.tina, by=cast.tina, at=NOW)
    read(cast, token)
    first = CalendarFeed.objects.get().read_at
    read(cast, token)
    assert CalendarFeed.objects.get().read_at == first
    with time_machine.travel(NOW + timedelta(days=2)):
        read(cast, token)
    assert CalendarFeed.objects.get().read_at > first


def test_too_many_readings_have_to_wait(cast):
    token = make_feed(person=cast.tina, by=cast.tina, at=NOW)
    answers = [read(cast, token).status_code for _ in range(31)]
    assert (answers.count(200), answers[-1]) == (30, 429)


def test_page_makes_shows_once_and_ends_the_address(cast, settings):
    settings.SITE_URL = "https://safeguard.example"
    client = cast.client("tina")
    assert "You have no calendar address" in client.get(cast.url("my-calendar/")).content.decode()

    made = client.post(cast.url("my-calendar/new"))
    assert made["Cache-Control"] == "no-store"
    address = made.context["address"]
    assert address.startswith("https://safeguard.example/oak-hill/calendar/")
    assert address in made.content.decode()
    assert Client().get(address.removeprefix("https://safeguard.example")).status_code == 200

    again = client.get(cast.url("my-calendar/")).content.decode()
    assert address not in again
    assert "Tue 15 Sep 2026" in again
    client.post(cast.url("my-calendar/end"))
    assert Client().get(address.removeprefix("https://safeguard.example")).status_code == 404


@pytest.mark.parametrize("name", ["pia", "paul"])
def test_pupils_and_parents_have_no_calendar(cast, name):
    assert cast.client(name).get(cast.url("my-calendar/")).status_code == 403
