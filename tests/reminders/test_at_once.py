"""Two beats, two workers: on two real connections each person is still reminded once."""

import pytest
import time_machine
from django.core import mail

from audit.queries import chain_faults
from common.errors import StepRefused
from common.scope import school_scope
from people.models import Notice, School
from reminders.actions import attest_duty, open_occurrences, sweep_school
from reminders.delivery import deliver_digest
from reminders.models import Digest, DutyOccurrence, Reminder
from tests.cast import NOW, make_cast
from tests.incidents.throwaway import at_once, throwaway_database
from tests.reminders.conftest import without_vacancies
from tests.reminders.walk import DAY, overdue

TRIES = range(3)  # a race is lost by chance


@pytest.fixture(scope="module")
def committed(django_db_setup, django_db_blocker):
    """Give a cast that other connections see, in a database of its own."""
    with django_db_blocker.unblock(), throwaway_database():
        made = make_cast()
        without_vacancies(made.school)
        yield made


@pytest.fixture
def scope(committed):
    """Open the school's scope to look at what is committed; the caller closes it."""
    return lambda: school_scope(committed.school.pk)


def at_work(committed, at):
    return lambda: sweep_school(school=School.objects.get(pk=committed.school.pk), at=at)


@pytest.mark.parametrize("_try", TRIES)
def test_sweeps_at_once_make_one_reminder_and_one_digest_and_send_one_mail(committed, scope, _try):
    at = NOW + DAY * _try
    with scope():
        for person in (committed.tess, committed.tom):
            overdue(committed, person)
        before = Reminder.objects.count(), Digest.objects.count()
    mail.outbox.clear()

    with time_machine.travel(at):
        results = at_once(committed.school.pk, *[at_work(committed, at)] * 3)

    assert sorted(results) == [0, 0, 2]
    with scope():
        after = Reminder.objects.count(), Digest.objects.count()
        assert (after[0] - before[0], after[1] - before[1]) == (2, 2)
        assert Digest.objects.filter(sent_at=None).count() == 0
    assert sorted(message.to[0] for message in mail.outbox) == [
        "tess@oak-hill.example",
        "tom@oak-hill.example",
    ]


@pytest.mark.parametrize("_try", TRIES)
def test_workers_at_once_send_a_digest_once(committed, scope, _try):
    with scope():
        digest = Digest.objects.create(
            school=committed.school,
            person=committed.tina,
            day=NOW.date() + DAY * _try,
            count=1,
            path="/oak-hill/",
            queued_at=NOW,
            next_at=NOW,
        )
    mail.outbox.clear()

    def deliver():
        return deliver_digest(digest_id=digest.pk, school_id=committed.school.pk)

    with time_machine.travel(NOW):
        assert sorted(at_once(committed.school.pk, deliver, deliver)) == [False, True]
    assert len(mail.outbox) == 1


def test_sweeps_at_once_open_each_duty_once(committed, scope):
    def open_duties():
        return open_occurrences(school=School.objects.get(pk=committed.school.pk), at=NOW).opened

    opened = at_once(committed.school.pk, *[open_duties] * 3)

    with scope():
        count = DutyOccurrence.objects.count()
        pairs = set(DutyOccurrence.objects.values_list("duty", "period"))
    assert sorted(opened) == [0, 0, count]
    assert len(pairs) == count > 20


def test_two_people_at_once_say_once_how_a_duty_was_met(committed, scope):
    with scope():
        open_occurrences(school=committed.school, at=NOW)
        row = DutyOccurrence.objects.get(duty="technical_passwords")

    def attest():
        return attest_duty(
            occurrence=row,
            version=row.version,
            result="met",
            note="",
            action="",
            upload=None,
            by=committed.tina,
            at=NOW,
        ).state

    results = at_once(committed.school.pk, attest, attest)

    assert results.count("met") == 1
    assert [type(one) for one in results if one != "met"] == [StepRefused]


def test_worker_killed_while_it_sends_leaves_the_mail_to_the_next_one(
    committed, scope, monkeypatch
):
    with scope():
        digest = Digest.objects.create(
            school=committed.school,
            person=committed.olga,
            day=NOW.date() + DAY * 9,
            count=1,
            path="/oak-hill/",
            queued_at=NOW,
            next_at=NOW,
        )
        notices = Notice.objects.count()
    mail.outbox.clear()

    def deliver():
        return deliver_digest(digest_id=digest.pk, school_id=committed.school.pk)

    def die(*_given, **_named):
        raise SystemExit

    with time_machine.travel(NOW):
        with monkeypatch.context() as killed:
            killed.setattr("reminders.delivery.send_now", die)
            with pytest.raises(SystemExit):
                deliver()
        with scope():
            assert Digest.objects.get(pk=digest.pk).attempts == 0
        assert sorted(at_once(committed.school.pk, deliver, deliver)) == [False, True]
    assert len(mail.outbox) == 1
    with scope():
        assert (Notice.objects.count() - notices, Digest.objects.get(pk=digest.pk).attempts) == (
            1,
            1,
        )


def test_trail_is_whole_after_all_that(committed, scope):
    with scope():
        assert chain_faults(committed.school.pk) == []
