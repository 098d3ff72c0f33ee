"""Every page declares who may open it, and each role gets what the matrix says (house, 3)."""

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client

from common.discovery import discover
from common.requests import SchoolRequest
from roles.catalogue import SIGN_IN_ROLES
from roles.matrix import GRANTS
from roles.middleware import _admit
from roles.powers import all_powers
from tests.cast import SIGN_IN
from tests.house_rules.asking import Visits
from tests.house_rules.pages import Page, all_pages, school_pages

# What a GET may write: who looked, took a copy, opened a report; that a calendar program read.
LOOKING_WRITES = {"audit_entry", "django_session"}
TAKING_WRITES = {
    "evidence_download": {"incidents_custodyline"},
    "feed_read": {"reminders_calendarfeed"},
    "governor_report_detail": {"reports_reportreading"},
}


def client_of(user) -> Client:
    """Return a client that answers an error with 500 instead of raising it."""
    client = Client(raise_request_exception=False)
    client.force_login(user, SIGN_IN)
    return client


def powers_of_role(code: str) -> frozenset[str]:
    return frozenset(power for power, roles in GRANTS.items() if code in roles)


# What pages declare -------------------------------------------------------------------------------


def test_every_page_has_a_name_of_its_own():
    names = [page.name for page in all_pages()]

    assert "" not in names
    assert sorted(names) == sorted(set(names))


def test_every_page_is_named_like_its_view():
    assert [
        (page.name, page.view.__name__)
        for page in all_pages()
        if page.own and page.name != page.view.__name__
    ] == []


def test_every_page_says_who_may_open_it_in_one_way():
    silent = [page.name for page in all_pages() if not (page.powers or page.openness)]
    twice = [page.name for page in all_pages() if page.powers and page.openness]

    assert (silent, twice) == ([], [])


def test_powers_that_pages_menus_and_workflows_ask_for_exist():
    asked = {power for page in all_pages() for power in page.powers}
    asked |= {power for _, m in discover("navigation") for i in m.NAVIGATION for power in i.powers}
    for _, module in discover("workflow"):
        for table in vars(module).values():
            if hasattr(table, "steps"):
                asked |= {step.needs for step in table.steps}

    assert asked - set(all_powers()) == set()


def test_menu_entries_lead_to_pages_their_readers_may_open():
    pages = {page.name: page for page in school_pages()}
    closed = [
        (item.label, power)
        for _, module in discover("navigation")
        for item in module.NAVIGATION
        for power in item.powers
        if not pages[item.page].open_to(frozenset({power}))
    ]

    assert closed == []


@pytest.fixture
def swift(settings) -> None:
    """Answer refusals without drawing a page for them."""
    settings.ROOT_URLCONF = "tests.house_rules.plain_refusals"


# The sweep ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def visits() -> Visits:
    """Keep what the pages answered to the roles that came before."""
    return Visits()


def lets_in(visitor: SchoolRequest, page: Page) -> bool:
    """Ask the middleware for its decision, without running the page."""
    try:
        _admit(visitor, page.view, page.openness)
    except PermissionDenied:
        return False
    return True


@pytest.mark.parametrize("code", SIGN_IN_ROLES)
def test_role_opens_exactly_the_pages_of_the_matrix(
    code, cast, samples, everybody, today, swift, visits
):
    """The middleware decides on every page, as this role; who is let in also meets the page.

    A page is run once for all who are alike to it. One refusal in thirteen goes the whole way, in
    turn; the tests below go it for every page. To look at a page writes to the trail and the
    session, and to nothing else.
    """
    client, powers = client_of(everybody[code]), powers_of_role(code)
    visitor = client.get(cast.url()).wsgi_request
    wrong = []
    for turn, page in enumerate(school_pages(), start=SIGN_IN_ROLES.index(code)):
        url = page.url(cast.school.slug, samples)
        if lets_in(visitor, page):
            status = visits.status(page, url, client, visitor)
        else:
            status = client.get(url).status_code if turn % 13 == 0 else 403
        fits = status in {200, 302, 404, 405} if page.open_to(powers) else status == 403
        if not fits:
            wrong.append((page.name, status))

    assert visitor.powers == powers
    assert wrong == []
    assert visits.written_beyond(LOOKING_WRITES, TAKING_WRITES) == {}


def test_form_cannot_be_sent_to_a_page_that_may_not_be_opened(
    cast, samples, everybody, today, swift
):
    """Each page is sent a form by one of the roles that it is closed to, these taking turns."""
    clients = {code: client_of(everybody[code]) for code in SIGN_IN_ROLES}
    sent = {}
    for turn, page in enumerate(school_pages()):
        closed = [code for code in SIGN_IN_ROLES if not page.open_to(powers_of_role(code))]
        if closed:
            client = clients[closed[turn % len(closed)]]
            sent[page.name] = client.post(page.url(cast.school.slug, samples)).status_code

    assert {page: status for page, status in sent.items() if status != 403} == {}
    assert len(sent) > 300


def test_member_of_another_school_finds_no_page_of_this_one(cast, other, samples, today, swift):
    client = client_of(other.oscar.user)
    found = {
        page.name: status
        for page in school_pages()
        if page.openness != "everyone"
        and (status := client.get(page.url(cast.school.slug, samples)).status_code) != 404
    }

    assert found == {}


def test_record_of_this_school_is_not_found_under_another(cast, other, samples, today, swift):
    """The person may open the page at their own school; the record is not there (wall 1)."""
    client = client_of(other.oscar.user)
    everywhere = {"code", "power", "name"}  # roles, powers and settings that every school has
    found = {}
    for page in school_pages():
        if set(page.arguments) - {"school"} and not set(page.arguments) & everywhere:
            url = page.url(other.school.slug, samples)
            status = client.get(url).status_code
            if status == 405:
                status = client.post(url).status_code
            if status not in {401, 403, 404}:
                found[page.name] = status

    assert found == {}


def test_person_without_a_role_opens_only_what_is_open_to_all(
    cast, samples, everybody, today, swift
):
    cast.tom.assignments.update(end_date="2026-09-02")
    client = client_of(cast.tom.user)
    wrong = {
        page.name: status
        for page in school_pages()
        if (status := client.get(page.url(cast.school.slug, samples)).status_code) != 403
        and not page.openness
    }

    assert wrong == {}


def test_nobody_is_let_in_without_signing_in(cast, samples, today):
    client = Client(raise_request_exception=False)
    closed = [page for page in all_pages() if page.own and page.openness != "everyone"]
    found = {}
    for page in closed:
        response = client.get(page.url(cast.school.slug, samples))
        if not response.headers.get("Location", "").startswith(settings.LOGIN_URL):
            found[page.name] = response.status_code

    assert found == {}
