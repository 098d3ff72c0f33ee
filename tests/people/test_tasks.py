"""What runs by the clock for people."""

import re
from datetime import timedelta
from pathlib import Path

from django.core import mail
from django.utils import timezone

from audit.queries import trail
from common.scope import school_scope
from people.mail import notify
from people.models import CarerLink, Notice, PeopleImport, Person, PupilEnrolment
from people.tasks import send_waiting_notices, sweep_people
from people.timetable import TIMETABLE
from people.trail_words import WORDS
from safeguard.celery import app
from tests.cast import START
from tests.people.imports import STAFF, uploaded


def test_everything_on_the_timetable_is_a_task_that_does_not_pile_up():
    for entry in TIMETABLE.values():
        assert entry["task"] in app.tasks
        assert entry["options"]["expires"] == entry["schedule"]


def test_mail_that_a_lost_worker_left_is_sent_once_at_every_school(cast, other):
    at = timezone.now()
    notify([cast.dora], reason="test", path="/oak-hill/", at=at)
    with school_scope(other.school.pk):
        notify([other.oscar], reason="test", path="/far-away/", at=at)

    send_waiting_notices()
    send_waiting_notices()

    assert sorted(message.to[0] for message in mail.outbox) == [
        "dora@oak-hill.example",
        "oscar@far-away.example",
    ]
    assert Notice.objects.filter(sent_at=None).count() == 0


def test_places_and_links_of_who_has_left_are_ended_once(cast):
    Person.objects.filter(pk=cast.pia.pk).update(left_date=START)
    tomorrow = timezone.localdate() + timedelta(days=1)
    Person.objects.filter(pk=cast.quin.pk).update(left_date=tomorrow)

    sweep_people()
    sweep_people()

    ended = dict(PupilEnrolment.objects.values_list("pupil__given_name", "end_date"))
    assert ended == {"Pia": START, "Quin": None}
    ended = dict(CarerLink.objects.values_list("pupil__given_name", "end_date"))
    assert ended == {"Pia": START, "Quin": None}
    entries = trail(cast.school.pk).filter(verb="end_places")
    assert [(entry.actor_name, entry.facts) for entry in entries] == [
        ("sweep_people", {"ended": 2})
    ]


def test_links_of_a_carer_who_left_are_ended(cast):
    Person.objects.filter(pk=cast.paul.pk).update(left_date=START)

    sweep_people()

    assert CarerLink.objects.filter(end_date=START).count() == 2
    assert PupilEnrolment.objects.filter(end_date=None).count() == 2


def test_forgotten_uploads_are_thrown_away(cast):
    upload = uploaded(cast, "staff", STAFF)
    old = timezone.now() - timedelta(hours=25)
    PeopleImport.objects.filter(pk=upload.pk).update(uploaded_at=old)

    sweep_people()

    upload.refresh_from_db()
    assert (upload.state, upload.file.name) == ("cancelled", "")


def test_every_verb_of_people_has_words_on_the_trail():
    """A verb is what ``record`` is called with, so that none is shown as it is written in code."""
    sources = [path.read_text() for path in Path("people").rglob("*.py")]
    written = {verb for text in sources for verb in re.findall(r'record\(\s*"(\w+)"', text)}
    handed_on = {
        verb for text in sources for verb in re.findall(r'_(?:write|correct)\([^"\n]*"(\w+)"', text)
    }

    assert written | handed_on == set(WORDS)
