"""One mail that says how much waits and where, and no more; refused, delayed or given up."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from incidents import duties
from people.models import Notice, Person
from people.queries import mail_refusals
from reminders.delivery import MOST_ATTEMPTS, NO_DOOR, deliver_digest
from reminders.models import Digest
from tests.cast import NOW
from tests.people.mail_server import MailServer
from tests.reminders.walk import TEN_MINUTES, digest_of, overdue, sweep

TESS = "tess@oak-hill.example"
NOBODY = "550 5.1.1 No such user here"


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


@pytest.fixture
def waiting(cast, capture) -> Digest:
    """Give a digest for Tess that was queued and not sent."""
    overdue(cast, cast.tess)
    sweep(cast, capture, lost=True)
    return digest_of(cast.tess)


def deliver(digest: Digest, at=NOW) -> bool:
    with time_machine.travel(at):
        sent = deliver_digest(digest_id=digest.pk, school_id=digest.school_id)
    digest.refresh_from_db()
    return sent


def test_mail_says_that_something_waits_where_and_nothing_else(cast, waiting, settings):
    settings.SITE_URL = "https://safeguard.example"

    assert [deliver(waiting), deliver(waiting)] == [True, False]

    (message,) = mail.outbox
    assert message.subject == "Something waits for you at Oak Hill Primary School"
    assert message.to == [TESS]
    assert message.body.strip().splitlines() == [
        "Hello,",
        "",
        "One thing waits for you in Safeguard at Oak Hill Primary School.",
        "",
        "Sign in to see what it is:",
        "https://safeguard.example/oak-hill/",
        "",
        "You get this because it is still to be done. Once it is done, this stops.",
        "For the safety of children this message says no more than that.",
        "Please do not reply to it.",
    ]
    names = {name for person in Person.objects.all() for name in person.full_name.split()}
    assert [name for name in names if name in message.subject + message.body] == []
    assert (waiting.attempts, waiting.failure) == (1, "")


def test_mail_says_how_many_things_wait(cast, capture):
    for _ in range(3):
        overdue(cast, cast.tess)
    sweep(cast, capture)

    assert "3 things wait for you in Safeguard at" in mail.outbox[0].body
    assert "because they are still to be done" in mail.outbox[0].body


def test_door_of_an_app_lets_in_who_cannot_sign_in_and_is_kept_nowhere(cast, capture, monkeypatch):
    asked = []

    def door(person, *, at):
        asked.append((person, at))
        return "/oak-hill/sign/a-secret/"

    monkeypatch.setattr(duties, "door", door, raising=False)
    Person.objects.filter(pk=cast.tess.pk).update(user=None)
    overdue(cast, cast.tess)
    sweep(cast, capture, lost=True)
    assert asked == []  # only at sending

    digest = digest_of(cast.tess)
    assert deliver(digest) is True
    assert [person for person, _ in asked] == [cast.tess]
    assert "/oak-hill/sign/a-secret/" in mail.outbox[0].body
    assert "Sign in" not in mail.outbox[0].body
    assert (digest.path, Notice.objects.get(reason="reminders").path) == ("", "")


def test_who_can_sign_in_is_sent_home_whatever_doors_there_are(waiting, monkeypatch):
    def door(person, *, at):
        return "/secret/"

    monkeypatch.setattr(duties, "door", door, raising=False)

    deliver(waiting)
    assert "/secret/" not in mail.outbox[0].body


def test_person_with_neither_a_sign_in_nor_a_door_gets_no_mail(cast, capture):
    Person.objects.filter(pk=cast.tess.pk).update(user=None)
    overdue(cast, cast.tess)
    sweep(cast, capture)

    digest = digest_of(cast.tess)
    assert (mail.outbox, digest.sent_at, digest.failure) == ([], None, NO_DOOR)
    assert sweep(cast, capture, at=NOW + TEN_MINUTES) == 0


def test_refused_address_fails_with_its_words_and_does_not_stop_the_others(
    cast, capture, mail_server: MailServer
):
    mail_server.answers[TESS] = NOBODY
    for person in (cast.tess, cast.tom, cast.tina):
        overdue(cast, person)

    assert sweep(cast, capture) == 3
    assert sweep(cast, capture, at=NOW + TEN_MINUTES) == 0

    assert mail_server.addresses == ["tom@oak-hill.example", "tina@oak-hill.example"]
    digest = digest_of(cast.tess)
    assert (digest.sent_at, digest.failure, digest.attempts) == (None, NOBODY, 1)
    assert digest.failed_at is not None
    assert mail_refusals([cast.tess, cast.tom])[cast.tess.pk].failure == NOBODY
    assert len(mail_refusals([cast.tess, cast.tom])) == 1


def test_mail_that_may_be_taken_later_is_tried_by_the_sweep_at_most_five_times(
    cast, capture, mail_server: MailServer
):
    mail_server.answers[TESS] = "450 Try again later"
    overdue(cast, cast.tess)
    minutes = range(0, 7 * 60, 10)

    tries = [n for n in minutes if sweep(cast, capture, at=NOW + timedelta(minutes=n))]

    assert tries == [0, 20, 60, 140, 300]
    digest = digest_of(cast.tess)
    assert (digest.attempts, digest.sent_at) == (MOST_ATTEMPTS, None)
    assert digest.failure == "The mail server could not take it in 5 attempts."
    assert mail_refusals([cast.tess]) == {}  # the address is not at fault


def test_mail_goes_when_the_server_takes_it_again(cast, capture, mail_server: MailServer):
    mail_server.answers[TESS] = "450 Try again later"
    overdue(cast, cast.tess)
    sweep(cast, capture)
    mail_server.answers.clear()

    assert sweep(cast, capture, at=NOW + TEN_MINUTES * 2) == 1
    assert mail_server.addresses == [TESS]
    assert (digest_of(cast.tess).attempts, digest_of(cast.tess).failed_at) == (2, None)


def test_mail_server_that_is_away_stops_nothing(cast, capture, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    for person in (cast.tess, cast.tom):
        overdue(cast, person)

    assert sweep(cast, capture) == 2
    assert list(Digest.objects.values_list("attempts", "failed_at")) == [(1, None)] * 2


@pytest.mark.parametrize("hours", [8, 20, 24 * 4])
def test_mail_that_comes_up_at_night_or_at_the_weekend_waits(waiting, hours):
    assert deliver(waiting, at=NOW + timedelta(hours=hours)) is False
    assert (mail.outbox, waiting.attempts, waiting.failed_at) == ([], 0, None)


def test_stopped_digest_is_never_sent(waiting):
    Digest.objects.filter(pk=waiting.pk).update(stopped_at=NOW)

    assert deliver(waiting) is False
    assert mail.outbox == []


def test_digest_is_not_sent_under_another_school(cast, other, waiting):
    with time_machine.travel(NOW):
        assert deliver_digest(digest_id=waiting.pk, school_id=other.school.pk) is False
    assert mail.outbox == []
