"""The server, the browser and the people of the journeys."""

import os
import re
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from safeguard.chromium import FLAGS, find_chromium
from tests.journeys.inspection import Inspector
from tests.journeys.server import Server, running
from tests.journeys.visitor import DESK, OLD_PHONE, PHONE, Visitor

LOGIN = "/accounts/login/"
PASSWORD = "correct horse"
SCHOOLS = {"oscar": "far-away"}
PAGES = pytest.StashKey[list[Page]]()
PICTURES = Path(__file__).resolve().parents[2] / "var" / "journeys"
Given = Callable[..., Visitor]
Kind = tuple[int, bool]  # how wide a window is, and whether scripts run in it
Spare = defaultdict[Kind, list[Page]]
SIZES = {size["width"]: size for size in (DESK, PHONE, OLD_PHONE)}


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the journeys' own schools until the last of them is walked."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with running(tmp_path_factory.mktemp("journeys"), worker) as server:
        yield server


# Only for this folder: while a browser is driven, nothing else may use the database in a thread.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Give a Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def inspector(browser: Browser) -> Inspector:
    """Give the one who looks at every page."""
    return Inspector(browser.new_context())


@pytest.fixture(scope="package")
def cookies() -> dict[str, list]:
    """Keep who is signed in: each person signs in once."""
    return {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder: ``-m "not journey"`` leaves them out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Take a picture of every page that a failed journey had open."""
    report = yield
    if report.when == "call" and report.failed:
        for number, page in enumerate(item.stash.get(PAGES, [])):
            with suppress(Error):  # a page that hangs has no picture
                page.screenshot(path=PICTURES / f"{item.name}-{number}.png", full_page=True)
    return report


@pytest.fixture(scope="package")
def spare() -> Spare:
    """Keep the windows that earlier journeys left clean: opening one takes most of a second."""
    return defaultdict(list)


@pytest.fixture
def given(
    server: Server,
    browser: Browser,
    spare: Spare,
    inspector: Inspector,
    request: pytest.FixtureRequest,
) -> Iterator[Given]:
    """Give somebody with a window in which nobody is signed in and nothing is kept."""
    used: list[tuple[Kind, Page]] = []
    pages = request.node.stash.setdefault(PAGES, [])

    def given(
        *, school: str = "oak-hill", phone: bool = False, old: bool = False, script: bool = True
    ) -> Visitor:
        size = OLD_PHONE if old else PHONE if phone else DESK
        kind = (size["width"], script)
        page = spare[kind].pop() if spare[kind] else _window(browser, server.address, *kind)
        used.append((kind, page))
        pages.append(page)
        return Visitor(page, inspector, school=school, scripted=script)

    yield given
    for kind, page in used:
        page.unroute_all()
        page.goto("/static/img/mark.svg")
        page.evaluate("sessionStorage.clear()")
        page.context.clear_cookies()
        spare[kind].append(page)


def _window(browser: Browser, address: str, width: int, script: bool) -> Page:
    context = browser.new_context(
        base_url=address,
        viewport=SIZES[width],
        java_script_enabled=script,
        locale="en-GB",
        timezone_id="Europe/London",
    )
    context.set_default_timeout(10_000)
    return context.new_page()


@pytest.fixture
def given_signed_in(given: Given, cookies: dict[str, list]) -> Given:
    """Give a member of the cast, signed in."""

    def given_signed_in(name: str, **how: bool) -> Visitor:
        visitor = given(school=SCHOOLS.get(name, "oak-hill"), **how)
        if name not in cookies:
            cookies[name] = cookies_of(visitor, name)
        visitor.page.context.add_cookies(cookies[name])
        return visitor

    return given_signed_in


def cookies_of(visitor: Visitor, name: str) -> list:
    """Sign in without looking at the form, which has a journey of its own."""
    context = visitor.page.context
    token = re.search(
        r'name="csrfmiddlewaretoken" value="([^"]+)"', context.request.get(LOGIN).text()
    )
    assert token
    answer = context.request.post(
        LOGIN,
        form={
            "csrfmiddlewaretoken": token[1],
            "login": f"{name}@{visitor.school}.example",
            "password": PASSWORD,
        },
        max_redirects=0,
    )
    assert answer.status == 302
    return context.cookies()


def sign_in(visitor: Visitor, name: str, password: str = PASSWORD) -> Page:
    """Sign in by the form."""
    visitor.opens(LOGIN)
    visitor.fills("Email", f"{name}@{visitor.school}.example").fills("Password", password)
    visitor.presses("Sign in")
    return visitor.page
