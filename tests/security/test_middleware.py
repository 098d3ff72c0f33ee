"""The door of every school page: school, person, powers, scope and transaction (house rules, 3)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from audit.actions import record
from audit.models import Entry
from common.access import open_to_everyone, open_to_signed_in, requires
from people.actions.settings import change_setting
from people.models import User
from roles.models import RoleAssignment
from safeguard.urls import urlpatterns as product
from tests.cast import NOW, SIGN_IN

pytestmark = pytest.mark.usefixtures("today")


def bare(request):
    """Declare nothing."""
    return HttpResponse("bare")


@open_to_signed_in
def seen(request):
    """Say what the door has found."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('safeguard.school', true)")
        scope = cursor.fetchone()[0]
    found = [request.school.slug, request.person, scope == str(request.school.pk)]
    found += [request.may("view_trail"), sorted(request.role_codes)]
    return HttpResponse("|".join(map(str, found)))


@requires("report_incident")
def half(request):
    """Write something and then fail."""
    record("half_done", request.person, by=request.person, at=NOW)
    raise RuntimeError("fell over")


@open_to_everyone
def shop_window(request):
    """Show something to everybody."""
    return HttpResponse(f"{request.school} {request.person}")


urlpatterns = [
    *product,
    path(
        "<slug:school>/",
        include([path(f"try/{view.__name__}", view) for view in (bare, seen, half, shop_window)]),
    ),
]


@pytest.fixture(autouse=True)
def pages(settings):
    """Add four pages to the product's."""
    settings.ROOT_URLCONF = __name__


def test_page_that_declares_nothing_is_refused_outright(cast):
    with pytest.raises(ImproperlyConfigured, match=r"test_middleware\.bare declares no power"):
        cast.client("hana").get(cast.url("try/bare"))


def test_page_learns_school_person_roles_and_scope(cast):
    said = cast.client("hana").get(cast.url("try/seen")).content.decode()

    assert said == "oak-hill|Hana Headley|True|True|['head', 'staff']"


def test_scope_of_the_page_does_not_outlive_it(cast, other):
    cast.client("hana").get(cast.url("try/seen"))
    client = Client()
    client.force_login(other.oscar.user, SIGN_IN)
    client.get(other.url("try/seen"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('safeguard.school', true)")
        assert cursor.fetchone()[0] == str(cast.school.pk)  # the test's own


def test_page_that_fails_leaves_nothing_behind(cast):
    client = cast.client("tom")
    before = Entry.objects.count()
    with pytest.raises(RuntimeError, match="fell over"):
        client.get(cast.url("try/half"))

    assert Entry.objects.count() == before


def test_open_page_knows_nobody_until_they_sign_in(cast):
    assert Client().get(cast.url("try/shop_window")).content == b"Oak Hill Primary School None"
    known = cast.client("pia").get(cast.url("try/shop_window"))
    assert known.content == b"Oak Hill Primary School Pia Pease"


def test_school_that_does_not_exist_is_not_found_by_anybody(cast):
    for client in (Client(), cast.client("hana")):
        assert client.get("/no-such-school/try/seen").status_code == 404


def test_user_of_no_school_finds_nothing(cast):
    client = Client()
    client.force_login(User.objects.create_user("stray@example.org"), SIGN_IN)

    assert client.get(cast.url("try/seen")).status_code == 404


def test_somebody_who_left_finds_nothing_from_the_next_day(cast):
    client = cast.client("tom")
    cast.tom.left_date = NOW.date()
    cast.tom.save(update_fields=["left_date"])
    assert client.get(cast.url("try/seen")).status_code == 200
    with time_machine.travel(NOW + timedelta(days=1), tick=True):
        assert client.get(cast.url("try/seen")).status_code == 404


def test_user_who_was_switched_off_is_asked_to_sign_in(cast):
    client = cast.client("tom")
    User.objects.filter(pk=cast.tom.user_id).update(is_active=False)

    assert client.get(cast.url("try/seen")).url.startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("start", "end", "status"),
    [
        (date(2026, 9, 15), None, 200),
        (date(2026, 9, 1), date(2026, 9, 15), 200),
        (date(2026, 9, 1), date(2026, 9, 14), 403),
        (date(2026, 9, 16), None, 403),
    ],
)
def test_role_counts_from_its_first_day_to_its_last(cast, start, end, status):
    cast.dora.assignments.exclude(role__code="dsl").update(end_date=date(2026, 9, 1))
    RoleAssignment.objects.filter(person=cast.dora, role__code="dsl").update(
        start_date=start, end_date=end
    )

    assert cast.client("dora").get(cast.url("trail/")).status_code == status


def test_signed_out_after_the_schools_idle_time_and_not_before(cast):
    change_setting(school=cast.school, name="idle_minutes", value=10, by=cast.hana, at=NOW)
    client = cast.client("tom")
    with time_machine.travel(NOW, tick=False) as clock:
        assert client.get(cast.url("try/seen")).status_code == 200
        clock.shift(timedelta(minutes=9))
        assert client.get(cast.url("try/seen")).status_code == 200
        clock.shift(timedelta(minutes=9))
        assert client.get(cast.url("try/seen")).status_code == 200
        clock.shift(timedelta(minutes=11))
        assert client.get(cast.url("try/seen")).url.startswith("/accounts/login/?next=/oak-hill/")
        assert client.get(cast.url("try/seen")).status_code == 302
