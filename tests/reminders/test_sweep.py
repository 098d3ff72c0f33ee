"""Reminders are made once, in waking hours of school days, for what is due and for nobody else."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from audit.queries import trail
from common.discovery import discover
from common.scope import school_scope
from incidents.duties import reminders_due
from people.actions.settings import change_setting
from people.calendar import LONDON
from people.models import Person
from reminders.models import Digest, Reminder
from reminders.queries import reminders_of
from reminders.tasks import sweep_reminders
from reminders.trail_words import WORDS as TRAIL_WORDS
from safeguard.timetable import collect
from tests.cast import NOW
from tests.reminders.walk import DAY, TEN_MINUTES, WORDS, answer, digest_of, overdue, sweep, told


@pytest.fixture
def capture(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def moment(month, day, hour, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


def test_person_is_reminded_once_and_told_by_one_mail_a_day(cast, capture):
    overdue(cast, cast.tess)
    overdue(cast, cast.tess)

    assert [sweep(cast, capture, at=NOW + TEN_MINUTES * n) for n in range(3)] == [1, 0, 0]
    assert sweep(cast, capture, at=NOW + DAY) == 0

    assert told() == [("Tess", "incident_task")] * 2
    assert set(Reminder.objects.values_list("words", flat=True)) == {WORDS}
    digest = digest_of(cast.tess)
    assert (digest.count, digest.day, digest.path) == (2, NOW.date(), "/oak-hill/")
    assert list(Reminder.objects.values_list("digest", flat=True)) == [digest.pk] * 2
    assert [message.to for message in mail.outbox] == [["tess@oak-hill.example"]]


def test_what_falls_due_after_the_mail_of_the_day_goes_with_the_next(cast, capture):
    overdue(cast, cast.tess)
    sweep(cast, capture)
    overdue(cast, cast.tess)

    assert sweep(cast, capture, at=NOW + TEN_MINUTES) == 0
    assert len(told()) == 2
    assert len(mail.outbox) == 1
    assert sweep(cast, capture, at=NOW + DAY) == 1
    assert list(Digest.objects.order_by("day").values_list("count", flat=True)) == [1, 1]


def test_what_was_done_meanwhile_is_not_told_the_next_day(cast, capture):
    overdue(cast, cast.tess)
    sweep(cast, capture)
    task = overdue(cast, cast.tess)
    sweep(cast, capture, at=NOW + TEN_MINUTES)
    answer(task)

    assert sweep(cast, capture, at=NOW + DAY) == 0


def test_task_that_is_not_overdue_or_has_an_answer_reminds_nobody(cast, capture):
    answer(overdue(cast, cast.tess))
    task = overdue(cast, cast.tom)
    assert [due.period for due in reminders_due(cast.school, on=task.due_date)] == []
    assert [due.period for due in reminders_due(cast.school, on=task.due_date + DAY)] == [
        str(task.pk)
    ]
    assert sweep(cast, capture) == 1
    assert told() == [("Tom", "incident_task")]


@pytest.mark.parametrize(
    "at",
    [
        moment(9, 15, 6, 59),
        moment(9, 15, 18),
        moment(9, 15, 23),
        moment(9, 19, 10),  # Saturday
        moment(10, 27, 10),  # half-term
        moment(12, 24, 10),  # holidays
        moment(8, 31, 10),  # a bank holiday
    ],
)
def test_nights_weekends_and_holidays_send_nothing(cast, capture, at):
    overdue(cast, cast.tess)

    assert sweep(cast, capture, at=at) == 0
    assert (told(), mail.outbox) == ([], [])


@pytest.mark.parametrize("at", [moment(9, 16, 7), moment(9, 16, 17, 59), moment(9, 18, 10)])
def test_days_that_were_missed_are_caught_up_once(cast, capture, at):
    overdue(cast, cast.tess)

    assert [sweep(cast, capture, at=at), sweep(cast, capture, at=at)] == [1, 0]
    assert told() == [("Tess", "incident_task")]
    assert len(mail.outbox) == 1


def test_hours_are_the_school_s_own_setting(cast, capture):
    overdue(cast, cast.tess)
    for name, value in (("reminder_from", "09:00"), ("reminder_until", "10:30")):
        change_setting(school=cast.school, name=name, value=value, by=cast.hana, at=NOW)

    assert sweep(cast, capture, at=moment(9, 16, 8, 59)) == 0
    assert sweep(cast, capture, at=moment(9, 16, 10, 30)) == 0
    assert sweep(cast, capture, at=moment(9, 16, 10, 29)) == 1


def test_person_without_an_address_is_reminded_in_the_product_only(cast, capture):
    Person.objects.filter(pk=cast.tess.pk).update(email="")
    overdue(cast, cast.tess)

    assert sweep(cast, capture) == 0
    assert told() == [("Tess", "incident_task")]
    assert Reminder.objects.get().digest is None
    assert Digest.objects.count() == 0
    Person.objects.filter(pk=cast.tess.pk).update(email="tess@oak-hill.example")
    assert sweep(cast, capture, at=NOW + DAY) == 1  # the address came


def test_who_has_left_and_who_has_a_part_are_not_reminded(cast, capture):
    overdue(cast, cast.tess)
    Person.objects.filter(pk=cast.tess.pk).update(left_date=NOW.date() - DAY)
    task = overdue(cast, cast.tom)
    task.incident.involvements.create(
        school=cast.school, person=cast.tom, part="witness", added_by=cast.dora, added_at=NOW
    )

    assert sweep(cast, capture) == 0
    assert told() == []


def test_another_school_is_reminded_of_its_own_and_nothing_else(cast, other, capture, today):
    overdue(cast, cast.tess)
    with school_scope(other.school.pk):
        overdue(other, other.oscar, by="oscar", alleged="zara")

    with capture(execute=True):
        sweep_reminders()
        sweep_reminders()

    assert sorted(message.to[0] for message in mail.outbox) == [
        "oscar@far-away.example",
        "tess@oak-hill.example",
    ]
    assert told() == [("Tess", "incident_task")]
    with school_scope(other.school.pk):
        assert [(row.person, row.digest.path) for row in Reminder.objects.all()] == [
            (other.oscar, "/far-away/")
        ]


def test_due_that_names_somebody_of_another_school_reminds_nobody(cast, other, capture):
    """Whatever an app says: a foreign key alone would let it through."""
    task = overdue(cast, cast.tess)
    type(task).objects.filter(pk=task.pk).update(owner=other.oscar)

    assert sweep(cast, capture) == 0
    assert told() == []


def test_mail_that_a_lost_worker_left_is_sent_by_the_next_sweep(cast, capture):
    overdue(cast, cast.tess)
    assert sweep(cast, capture, lost=True) == 1
    assert mail.outbox == []

    assert sweep(cast, capture, at=NOW + timedelta(minutes=9)) == 0
    assert sweep(cast, capture, at=NOW + TEN_MINUTES) == 1
    assert sweep(cast, capture, at=NOW + TEN_MINUTES * 2) == 0
    assert len(mail.outbox) == 1
    assert digest_of(cast.tess).attempts == 1


def test_mail_that_waits_is_stopped_when_nothing_in_it_is_due_any_more(cast, capture):
    task = overdue(cast, cast.tess)
    sweep(cast, capture, lost=True)
    answer(task)

    assert sweep(cast, capture, at=NOW + TEN_MINUTES) == 0
    assert mail.outbox == []
    digest = digest_of(cast.tess)
    assert (digest.stopped_at, digest.sent_at, digest.failed_at) == (NOW + TEN_MINUTES, None, None)


def test_mail_that_waits_counts_only_what_is_still_due(cast, capture):
    overdue(cast, cast.tess)
    task = overdue(cast, cast.tess)
    sweep(cast, capture, lost=True)
    answer(task)

    sweep(cast, capture, at=NOW + TEN_MINUTES)
    assert "One thing waits for you" in mail.outbox[0].body


def test_mail_that_did_not_go_yesterday_goes_with_today_s(cast, capture):
    overdue(cast, cast.tess)
    sweep(cast, capture, lost=True)
    overdue(cast, cast.tess)

    assert sweep(cast, capture, at=NOW + DAY) == 1
    assert [(row.count, bool(row.stopped_at)) for row in Digest.objects.order_by("day")] == [
        (1, True),
        (2, False),
    ]
    assert len(mail.outbox) == 1


def test_who_was_reminded_when_can_be_asked(cast, capture):
    overdue(cast, cast.tess)
    sweep(cast, capture)
    overdue(cast, cast.tess)
    sweep(cast, capture, at=NOW + DAY)

    assert [row.made_at for row in reminders_of(cast.tess, "incident_task")] == [NOW + DAY, NOW]
    assert list(reminders_of(cast.tess, "other")) == []


def test_sweep_is_on_the_trail_when_it_reminded_somebody(cast, capture):
    sweep(cast, capture)
    overdue(cast, cast.tess)
    sweep(cast, capture)
    sweep(cast, capture)

    entries = trail(cast.school.pk).filter(verb__in=TRAIL_WORDS)
    assert [(entry.verb, entry.actor_name, entry.facts) for entry in entries] == [
        ("sweep_school", "sweep_school", {"reminders": 1, "digests": 1})
    ]


def test_sweep_asks_as_much_for_many_as_for_few(cast, capture, django_assert_max_num_queries):
    for name in ("tess", "tom", "tina", "hana", "olga"):
        overdue(cast, getattr(cast, name))

    with django_assert_max_num_queries(50):
        sweep(cast, capture, lost=True)


def test_sweep_runs_every_ten_minutes():
    entry = collect()["sweep reminders"]
    assert (entry["task"], entry["schedule"]) == (sweep_reminders.name, 600)


def test_every_app_that_reminds_says_what_its_kinds_are_called():
    silent = [
        label
        for label, module in discover("duties")
        if hasattr(module, "reminders_due") and not getattr(module, "REMINDERS", {})
    ]

    assert silent == []
