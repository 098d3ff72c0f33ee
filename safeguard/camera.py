"""Signs in as each role, walks to every page it may open and takes pictures of it."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from safeguard.chromium import FLAGS, find_chromium
from safeguard.page_walk import Answer, Walk, first_addresses, page_name, walk

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

NOBODY = "nobody"
PATIENCE_SECONDS = 60
HEIGHT = 900
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@dataclass(frozen=True)
class SignIn:
    """A role and the demo sign-in that holds it; without an address nobody signs in."""

    role: str
    school: str
    email: str


@dataclass
class Camera:
    """Takes the pictures; ``failed`` says what was wrong, ``unseen`` what no link leads to."""

    address: str
    folder: Path
    widths: Sequence[int]
    pages: dict[str, bool]
    only: Sequence[str] = ()
    taken: int = 0
    failed: list[str] = field(default_factory=list)
    unseen: set[str] = field(default_factory=set)
    _downloads: set[str] = field(default_factory=set)
    _complaints: list[str] = field(default_factory=list)

    def take_all(self, sign_ins: Sequence[SignIn], *, say: Callable[[str], object]) -> None:
        """Walk as each role, then take the pictures of what it found or others found there."""
        from playwright.sync_api import sync_playwright

        self.unseen = {name for name in self.pages if not self.only or name in self.only}
        elsewhere: dict[str, dict[str, str]] = {}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
            for who in sign_ins:
                context = self._signed_in(browser, who)
                found = self._found_by(context, who, elsewhere.setdefault(who.school, {}))
                wanted = {n: a for n, a in found.pages.items() if not self.only or n in self.only}
                self.unseen -= wanted.keys() | self._downloads
                self._take(context, who.role, wanted)
                context.close()
                say(f"{who.role}: {len(wanted)} pages")
            browser.close()

    def _signed_in(self, browser: "Browser", who: SignIn) -> "BrowserContext":
        context = browser.new_context(
            base_url=self.address, locale="en-GB", timezone_id="Europe/London"
        )
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        if who.email:
            page = context.new_page()
            page.goto(settings.LOGIN_URL)
            page.fill("input[name=login]", who.email)
            page.fill("input[name=password]", settings.DEMO_PASSWORD)
            with page.expect_navigation():
                page.press("input[name=password]", "Enter")
            if page_name(page.url.removeprefix(self.address)) == "account_login":
                self.failed.append(f"{who.email} could not sign in")
            page.close()
        return context

    def _found_by(self, context: "BrowserContext", who: SignIn, others: dict[str, str]) -> Walk:
        """Walk as a person; then try what others of the school found and this person did not."""

        def get(address: str) -> Answer:
            answer = context.request.get(address, max_redirects=0)
            kept = answer.headers.get("content-disposition", "")
            is_page = "html" in answer.headers.get("content-type", "") and not kept
            return Answer(answer.status, is_page, answer.text() if is_page else "")

        names = [name for name, scoped in self.pages.items() if scoped == bool(who.school)]
        found = walk(get, first_addresses(names, who.school), self._downloads)
        for name, address in others.items():
            if name not in found.pages and get(address).status == 200:
                found.pages[name] = address
        for name, address in found.pages.items():
            others.setdefault(name, address)
        self.failed += [f"{who.role}: {line}" for line in found.failed]
        return found

    def _take(self, context: "BrowserContext", role: str, pages: dict[str, str]) -> None:
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._complaints.append(str(error)))
        for name, address in pages.items():
            self._complaints.clear()
            page.set_viewport_size({"width": self.widths[0], "height": HEIGHT})
            page.goto(address)
            for width in self.widths:
                self._shoot(page, role, name, width)
            self.failed += [f"{role}: {name}: {words}" for words in self._complaints]

    def _hear(self, message: "ConsoleMessage") -> None:
        if message.type == "error":
            self._complaints.append(message.text)

    def _shoot(self, page: "Page", role: str, name: str, width: int) -> None:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if page.evaluate(SIDEWAYS):
            self._complaints.append(f"scrolls sideways at {width} px")
        page.screenshot(
            path=self.folder / str(width) / role / f"{name}.png",
            full_page=True,
            animations="disabled",
        )
        self.taken += 1


@contextmanager
def web_server() -> Iterator[str]:
    """Serve the database in use on a free port for as long as the pictures take."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "--config", "python:safeguard.gunicorn_config"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "SITE_URL": address,
            "LOG_LEVEL": "ERROR",
        },
    )
    try:
        _wait_until_it_answers(port, process)
        yield address
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def _wait_until_it_answers(port: int, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError("The web server for the pictures did not start.")
