"""The demo schools: whole, alive, made once, and never in production."""

from collections import Counter
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from audit.queries import chain_faults
from common.scope import school_scope
from incidents.models import Event, Evidence, Incident, IncidentLink, Referral, Sanction, Task
from incidents.queries import queue_of
from people.calendar import LONDON
from people.models import CarerLink, Notice, Person, PupilEnrolment, School, SchoolClass, User
from roles.catalogue import SIGN_IN_ROLES
from roles.queries import powers_of, role_codes_of, vacancies
from safeguard.demo.community import Size, draw_community
from safeguard.demo.loading import load_demo
from safeguard.demo.profiles import DEE_MEADOW, PROFILES
from safeguard.demo.story import stories_of
from safeguard.demo.years import first_day_of_year

# A Sunday, so that today is no school day.
NOW = datetime(2026, 11, 22, 10, 30, tzinfo=LONDON)
TODAY = NOW.date()
SMALL = Size(pupils_in_class=4, leavers=2, governors=6, carers=38)


@pytest.fixture(scope="module")
def school(django_db_setup, django_db_blocker, tmp_path_factory) -> School:
    """Give Dee Meadow in small, loaded once for this file and rolled back after it."""
    files = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=files), transaction.atomic():
        (made,) = load_demo(now=NOW, profiles=[DEE_MEADOW], size=SMALL)
        with school_scope(made.pk):
            yield made
        transaction.set_rollback(True)


def person_of(school: School, code: str) -> Person:
    return Person.objects.get(school=school, user__email=f"{code}@{school.slug}.example")


def test_every_role_that_signs_in_has_an_address_of_its_own(school):
    held = {
        code: code in role_codes_of(person_of(school, code), on=TODAY) for code in SIGN_IN_ROLES
    }
    assert held == dict.fromkeys(SIGN_IN_ROLES, True)


def test_the_password_of_the_demo_opens_every_sign_in(school, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    passwords = set(
        User.objects.filter(email__endswith="@dee-meadow.example").values_list(
            "password", flat=True
        )
    )
    assert len(passwords) == 1
    assert person_of(school, "dsl").user.check_password(settings.DEMO_PASSWORD)


def test_the_school_is_as_big_as_asked(school):
    kinds = Counter(Person.objects.filter(left_date=None).values_list("kind", flat=True))
    assert kinds == {
        "pupil": 28, "staff": 38, "governor": 6, "carer": kinds["carer"], "volunteer": 1,
        "external": 2,
    }  # fmt: skip
    assert 30 <= kinds["carer"] <= 46
    assert SchoolClass.objects.exclude(teacher=None).count() == 7
    assert Person.objects.filter(kind="pupil").exclude(left_date=None).count() == 2
    assert vacancies(school, on=TODAY) == []


def test_the_full_size_is_that_of_a_primary_school():
    for profile in PROFILES:
        drawn = draw_community(profile, Size(), today=TODAY)
        names = {(row.given, row.family) for row in (*drawn.pupils, *drawn.staff, *drawn.carers)}
        assert len(names) == len(drawn.pupils) + len(drawn.staff) + len(drawn.carers)
        assert sum(not pupil.left for pupil in drawn.pupils) == 210
        assert len(drawn.governors) == 10
        assert 270 <= len(drawn.carers) <= 330
        assert any(link.no_contact for link in drawn.links)
        assert len(stories_of(profile.slug)) == 39


def test_pupils_are_as_old_as_their_year_group(school):
    places = PupilEnrolment.objects.filter(end_date=None).select_related("pupil")
    september = first_day_of_year(TODAY)
    wrong = []
    for place in places:
        turns = 4 if place.year_group == "R" else 4 + int(place.year_group)
        oldest = september.replace(year=september.year - turns - 1)
        youngest = september.replace(year=september.year - turns)
        if not oldest <= place.pupil.birth_date < youngest:
            wrong.append((place.year_group, place.pupil.birth_date))
    assert wrong == []
    assert len(set(places.values_list("pupil__birth_date", flat=True))) > 20


def test_the_parent_has_two_children_and_the_pupil_a_class_of_the_teacher(school):
    parent, pupil = person_of(school, "parent"), person_of(school, "pupil")
    assert CarerLink.objects.filter(carer=parent, end_date=None).count() == 2
    place = PupilEnrolment.objects.get(pupil=pupil, end_date=None)
    assert place.school_class.teacher == person_of(school, "teacher")


def test_incidents_stand_in_every_state_and_category(school):
    assert Counter(Incident.objects.values_list("state", flat=True)) == {
        "reported": 2, "triage": 2, "investigating": 4, "referred": 1, "confirming": 1,
        "actions": 7, "closed": 20, "out_of_scope": 2,
    }  # fmt: skip
    cells = set(Incident.objects.values_list("subject_kind", "category__code"))
    assert {("pupil", code) for code in "ABCD"} | {("staff", "A"), ("staff", "B")} <= cells
    assert set(Incident.objects.values_list("restriction", flat=True)) == {"", "staff", "head"}
    areas = {area for row in Incident.objects.values_list("areas", flat=True) for area in row}
    assert areas == {"content", "contact", "conduct", "commerce"}


def test_the_records_of_the_cases_are_there(school):
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert kinds == {
        "reported", "routed", "opened", "classified", "referred", "resumed", "decided",
        "confirmed", "returned", "escalated", "handed_over", "shared", "note", "parents", "task",
        "linked", "evidence", "feedback", "closed", "out_of_scope", "reopened",
    }  # fmt: skip
    assert set(Task.objects.values_list("state", flat=True)) == {"open", "done", "not_needed"}
    assert Task.objects.filter(state="open", due_date__lt=TODAY).exists()
    assert Sanction.objects.filter(end_date__gte=TODAY).exists()
    assert set(Evidence.objects.values_list("kind", flat=True)) == {"application/pdf", "image/png"}
    assert IncidentLink.objects.count() == 2
    assert Event.objects.exclude(amends=None).count() == 1
    agencies = set(Referral.objects.values_list("agency__code", flat=True))
    assert {"police", "ceop", "lado", "local_authority", "social_care"} <= agencies


def test_references_run_in_the_order_of_the_reports(school):
    rows = Incident.objects.order_by("reported_at", "pk").values_list("reference", flat=True)
    assert list(rows) == sorted(rows)


def test_the_lead_has_something_new_something_unread_and_something_to_decide(school):
    lead = person_of(school, "dsl")
    queue = list(queue_of(lead, powers_of(lead, on=TODAY)))
    days = {
        case.reported_at.astimezone(LONDON).date() for case in queue if case.state == "reported"
    }
    assert days == {TODAY, datetime(2026, 11, 20, tzinfo=LONDON).date()}
    assert any(case.state == "investigating" and case.handler == lead for case in queue)
    unread = next(case for case in queue if case.state == "reported")
    assert unread.events.filter(kind="routed").count() == 2
    head = person_of(school, "head")
    waiting = queue_of(head, powers_of(head, on=TODAY)).filter(state="confirming")
    assert waiting.count() == 1


def test_the_trail_is_whole_and_no_mail_waits(school):
    assert chain_faults(school.pk) == []
    assert Notice.objects.count() == 0
    assert Person.objects.exclude(kind="pupil").filter(left_date=None, email="").count() == 0


def test_a_second_load_changes_nothing(school):
    before = (School.objects.count(), User.objects.count(), Incident.objects.count())
    assert load_demo(now=NOW, profiles=[DEE_MEADOW], size=SMALL) == []
    assert before == (School.objects.count(), User.objects.count(), Incident.objects.count())


@pytest.mark.django_db
def test_production_refuses_the_demo(settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="cannot be loaded in production"):
        call_command("load_demo")
    with pytest.raises(CommandError, match="cannot be loaded in production"):
        call_command("load_demo", "--reset")
    assert not School.objects.exists()
