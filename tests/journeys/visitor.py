"""A person with a browser: what they open, fill in, press and see, in plain names."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Self

from playwright.sync_api import FilePayload, Locator, Page, Response, expect

from people.calendar import LONDON
from tests.journeys.inspection import Inspector, Watch

OLD_PHONE = {"width": 320, "height": 568}
PHONE = {"width": 375, "height": 700}
DESK = {"width": 1280, "height": 900}
FILE_TRIES = 30  # how often somebody looks, second by second, whether a file is made
OWN_NOISE = "the server responded with a status of"  # the browser's word on a refused page


class Visitor:
    """Drives one page; looks at everything that appears and stops at the first thing wrong."""

    def __init__(self, page: Page, inspector: Inspector, *, school: str, scripted: bool) -> None:
        self.page = page
        self.school = school
        self.scripted = scripted
        self._inspector = inspector
        self._watch = Watch()
        self._watch.follow(page)
        self.status = 200

    def opens(self, path: str, *, status: int = 200) -> Self:
        """Open an address, of the school unless it starts with a slash; expects a status."""
        address = path if path.startswith("/") else f"/{self.school}/{path}"
        self._arrived(self.page.goto(address))
        assert self.status == status, f"{address} answered {self.status}"
        return self

    def reloads(self) -> Self:
        """Load the page again."""
        self._arrived(self.page.reload())
        return self

    def follows(self, words: str, *, beside: str = "", part: str = "main") -> Self:
        """Follow a link with these words, in a list the one beside other words."""
        return self._goes_on(self.link(words, beside=beside, part=part).click)

    def presses(self, words: str) -> Self:
        """Press the button with these words and wait for what comes."""
        return self._goes_on(self.button(words).click)

    def presses_twice(self, words: str, path: str) -> Self:
        """Press a button twice at once, as an impatient finger does, and wait for a page."""
        self.button(words).dblclick()
        self.page.wait_for_url(f"**/{self.school}/{path}")
        self._arrived(None)
        return self

    def clicks(self, words: str) -> Self:
        """Press a button that changes this page and leads nowhere."""
        self.button(words).click()
        return self

    def fills(self, question: str, words: str) -> Self:
        """Write into the box under a question."""
        self.page.get_by_label(question).first.fill(words)
        return self

    def attaches(self, question: str, name: str, content: bytes) -> Self:
        """Choose a file."""
        self.page.get_by_label(question).first.set_input_files(
            FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
        )
        return self

    def chooses(self, question: str, answer: str) -> Self:
        """Choose one answer of a question."""
        self._answer(question, answer).check()
        return self

    def ticks(self, question: str, *answers: str) -> Self:
        """Tick answers of a question and no others."""
        for box in self.group(question).locator("input:checked").all():
            box.uncheck()
        for answer in answers:
            self._answer(question, answer).check()
        return self

    def selects(self, question: str, answer: str) -> Self:
        """Choose from a list under a question what begins with these words."""
        box = self.page.get_by_label(question).first
        starts_so = re.compile(f"^\\s*{re.escape(answer)}")
        value = box.locator("option").filter(has_text=starts_so).first.get_attribute("value")
        box.select_option(value)
        return self

    def picks(self, question: str, typed: str, name: str) -> Self:
        """Type a few letters and choose a name from the list that appears."""
        self.page.get_by_label(question).first.press_sequentially(typed)
        self.page.get_by_role("option").filter(has_text=name).first.click()
        return self

    def dates(
        self, question: str, days: int = 0, *, on: date | None = None, timed: bool = False
    ) -> Self:
        """Fill the boxes of a date, so many days from today; with the time it is now."""
        moment = datetime.now(LONDON) + timedelta(days=days)
        day = on or moment.date()
        boxes = {"Day": day.day, "Month": day.month, "Year": day.year}
        for label, value in boxes.items():
            self.group(question).get_by_label(label, exact=True).fill(str(value))
        if timed:
            self.group(question).get_by_label("Time").fill(f"{moment:%H:%M}")
        return self

    def downloads(self, words: str) -> bytes:
        """Take the PDF behind a link; where the worker still makes it, look again and again."""
        address = self.link(words).get_attribute("href") or ""
        for _ in range(FILE_TRIES):
            answer = self.page.context.request.get(address)
            if answer.headers["content-type"] == "application/pdf":
                return answer.body()
            self.page.wait_for_timeout(1000)
        raise AssertionError(f"{address} gave no file")

    def waits_until_kept(self) -> Self:
        """Wait, as a person does, a moment after typing: by then the tab has kept the draft."""
        self.page.wait_for_timeout(800)
        return self

    def sees(self, *words: str) -> Self:
        """Expect words in the main part of the page."""
        for part in words:
            expect(self.page.locator("main")).to_contain_text(part)
        return self

    def waits_for(self, words: str) -> Self:
        """Wait until work in the background has led to these words, then look at the page."""
        expect(self.page.locator("main")).to_contain_text(words, timeout=30_000)
        self._arrived(None)
        return self

    def does_not_see(self, *words: str) -> Self:
        """Expect words nowhere on the page, hidden parts included."""
        content = self.page.content()
        for part in words:
            assert part not in content, f"{part} stands on {self.page.url}"
        return self

    def is_refused(self, *words: str) -> Self:
        """Expect words in the summary of what is wrong, above everything else."""
        for part in words:
            expect(self.page.get_by_role("alert")).to_contain_text(part)
        return self

    def still_has(self, question: str, words: str) -> Self:
        """Expect that what was typed is still there."""
        expect(self.page.get_by_label(question).first).to_have_value(words)
        return self

    def is_at(self, path: str) -> Self:
        """Expect to be at an address of the school, written as a pattern."""
        expect(self.page).to_have_url(re.compile(f"/{self.school}/{path}$"))
        return self

    def group(self, question: str) -> Locator:
        """Return the answers that belong to a question."""
        return self.page.get_by_role("group", name=question).first

    def _answer(self, question: str, answer: str) -> Locator:
        starts_so = re.compile(f"^\\s*{re.escape(answer)}")
        found = self.group(question).get_by_label(starts_so).first
        self.unfolds(found)
        return found

    def unfolds(self, part: Locator) -> Self:
        """Open the part of the page in which something stands folded away."""
        fold = part.locator("xpath=ancestor::details[not(@open)]/summary")
        if fold.count():
            fold.first.click()
        return self

    def link(self, words: str, *, beside: str = "", part: str = "main") -> Locator:
        """Return the link with these words in the main part of the page, or in another."""
        where = self.page.locator(part)
        if beside:
            where = where.get_by_role("listitem").filter(has_text=beside)
        found = where.get_by_role("link", name=words, include_hidden=True).first
        self.unfolds(found)
        return found

    def button(self, words: str) -> Locator:
        """Return the button with these words in the main part of the page."""
        return self.page.locator("main").get_by_role("button", name=words).first

    def _goes_on(self, deed: Callable[[], None]) -> Self:
        with self.page.expect_navigation() as arrival:
            deed()
        self._arrived(arrival.value)
        return self

    def _arrived(self, response: Response | None) -> None:
        self.page.wait_for_load_state()
        self.status = response.status if response else 200
        heard = self._watch.take()
        if self.status >= 400:
            heard = [line for line in heard if OWN_NOISE not in line]
        wrong = heard + self._inspector.look(self.page, scripted=self.scripted)
        assert not wrong, f"{self.page.url}: " + "\n".join(wrong)
