"""Signing in, signing out and trying in vain are on the trail; idle people are signed out."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from audit.models import Entry
from audit.queries import chain_faults
from common.scope import platform_scope, school_scope
from people.actions.settings import change_setting
from people.models import Person, User
from tests.cast import NOW, START

PASSWORD = "correct horse"
LOGIN = "/accounts/login/"
VERBS = ["sign_in", "sign_out", "refuse_sign_in"]
DORA = "dora@oak-hill.example"


@pytest.fixture(autouse=True)
def fresh_limits():
    """Forget the tries of other tests."""
    cache.clear()


def try_to_sign_in(client: Client, address: str, password: str = PASSWORD):
    return client.post(LOGIN, {"login": address, "password": password})


def entries(school_id: int) -> list[tuple]:
    with school_scope(school_id):
        rows = Entry.objects.filter(school_id=school_id, verb__in=VERBS).order_by("pk")
        return list(rows.values_list("verb", "actor_name", "subject_label", "facts"))


def platform_entries() -> list[Entry]:
    with platform_scope():
        return list(Entry.objects.filter(school_id=0).order_by("pk"))


def test_sign_in_and_out_are_recorded_at_the_school(cast):
    client = Client()
    assert try_to_sign_in(client, DORA).status_code == 302
    client.post("/accounts/logout/")

    assert entries(cast.school.pk) == [
        ("sign_in", "Dora Dale", "Dora Dale", {}),
        ("sign_out", "Dora Dale", "Dora Dale", {}),
    ]
    assert platform_entries() == []


def test_sign_in_is_recorded_with_its_address_and_request(cast):
    try_to_sign_in(Client(REMOTE_ADDR="192.0.2.7"), DORA)

    entry = Entry.objects.get(verb="sign_in")
    assert entry.ip == "192.0.2.7"
    assert len(entry.request_id) == 32


def test_somebody_of_two_schools_is_recorded_at_both(cast, other):
    with school_scope(other.school.pk):
        Person.objects.create(
            school=other.school,
            user=cast.dora.user,
            kind="staff",
            given_name="Dora",
            family_name="Dale",
            joined_date=START,
        )
    try_to_sign_in(Client(), DORA)

    for school in (cast.school, other.school):
        assert entries(school.pk) == [("sign_in", "Dora Dale", "Dora Dale", {})]


def test_wrong_password_is_recorded_without_it_and_names_nobody_as_actor(cast):
    try_to_sign_in(Client(), DORA.upper(), "Sw0rdfish-Sw0rdfish")

    assert entries(cast.school.pk) == [("refuse_sign_in", "sign-in page", "Dora Dale", {})]
    for entry in Entry.objects.all():
        assert "Sw0rdfish" not in str(entry.__dict__)


def test_unknown_address_goes_to_the_platform_as_a_fingerprint(cast):
    for address in ("nobody@oak-hill.example", "nobody@oak-hill.example", "other@x.example"):
        try_to_sign_in(Client(), address, "guess")

    found = platform_entries()
    assert [entry.verb for entry in found] == ["refuse_sign_in"] * 3
    labels = [entry.subject_label for entry in found]
    assert labels[0] == labels[1] != labels[2]
    assert [label[:16] for label in labels] == ["unknown address "] * 3
    assert "nobody" not in str([entry.__dict__ for entry in found])
    with platform_scope():
        assert chain_faults(0) == []


def test_user_of_no_school_is_recorded_on_the_platform_without_address(cast):
    user = User.objects.create_user("lost@elsewhere.example", "correct horse")
    try_to_sign_in(Client(), "lost@elsewhere.example")

    found = platform_entries()
    assert [(e.verb, e.subject_label) for e in found] == [
        ("sign_in", f"user {user.pk} of no school")
    ]


def test_eleventh_try_within_five_minutes_is_refused_even_with_the_right_password(cast):
    client = Client()
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(10):
            assert try_to_sign_in(client, DORA, "wrong").status_code == 200
            clock.shift(timedelta(seconds=10))
        refused = try_to_sign_in(client, DORA)

        assert refused.status_code == 200
        assert "_auth_user_id" not in client.session
        assert refused.context["form"].non_field_errors() == [
            "Too many failed login attempts. Try again later."
        ]
        clock.shift(timedelta(minutes=5))
        assert try_to_sign_in(client, DORA).status_code == 302
        assert client.session["_auth_user_id"] == str(cast.dora.user.pk)


def test_lock_out_of_one_address_leaves_others_alone(cast):
    for _ in range(11):
        try_to_sign_in(Client(), DORA, "wrong")

    assert try_to_sign_in(Client(), "hana@oak-hill.example").status_code == 302


def idle_for(cast, minutes: int, seconds: int = 0) -> int:
    """Return the answer to a page asked for after so long without one."""
    page = cast.url("jobs/999/")
    with time_machine.travel(NOW, tick=False) as clock:
        client = cast.client("dora")
        assert client.get(page).status_code == 404
        clock.shift(timedelta(minutes=minutes, seconds=seconds))
        response = client.get(page)
        if response.status_code == 302:
            assert response.url == f"{LOGIN}?next={page}"
            assert "_auth_user_id" not in client.session
    return response.status_code


def set_idle_minutes(cast, minutes: int) -> None:
    change_setting(school=cast.school, name="idle_minutes", value=minutes, by=cast.hana, at=NOW)


def test_idle_person_is_signed_out_after_ten_minutes_where_the_school_says_so(cast):
    set_idle_minutes(cast, 10)

    assert idle_for(cast, 10) == 404
    assert idle_for(cast, 10, seconds=1) == 302
    assert [verb for verb, *_ in entries(cast.school.pk)][-1] == "sign_out"


def test_nobody_is_signed_out_for_being_idle_where_the_school_does_not_ask_for_it(cast):
    assert idle_for(cast, 60) == 404


def test_somebody_at_work_is_not_signed_out(cast):
    set_idle_minutes(cast, 10)
    with time_machine.travel(NOW, tick=False) as clock:
        client = cast.client("dora")
        for _ in range(6):
            assert client.get(cast.url("jobs/999/")).status_code == 404
            clock.shift(timedelta(minutes=9))
