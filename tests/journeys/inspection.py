"""What holds on every page: no barrier, no blocked resource, no error, no sideways scroll."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request

NARROW_WIDTHS = (375, 320)
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
EMPTY = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
}
# What makes no difference to how a page is built: numbers, addresses, what stands in a box.
WORDING = re.compile(r'\d+|(?:href|value|datetime|title)="[^"]*"')
SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((part) => part.getBoundingClientRect().right > width + 1)
    .map((part) => `${part.tagName} ${part.className} ${part.textContent.trim().slice(0, 40)}`)
    .slice(-5);
}"""

# Contrast is the dearest of the rules. It hangs on the classes alone, so that it is looked for only
# in parts that look as none did before.
BARRIERS = """async ({count, fresh}) => {
  const all = [...document.querySelectorAll("*")];
  const parts = all.length === count ? fresh.map((place) => all[place]) : [document.body];
  const looked = parts.filter((part) => part.closest("body"));
  const most = {resultTypes: ["violations"], rules: {"color-contrast": {enabled: false}}};
  const contrast = {resultTypes: ["violations"], runOnly: ["color-contrast"]};
  const found = (await axe.run(document, most)).violations;
  if (looked.length) found.push(...(await axe.run({include: looked}, contrast)).violations);
  return found;
}"""


@dataclass
class Watch:
    """Everything a browser complained about since the last look."""

    complaints: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Write down errors of the console and of scripts, and resources that did not come."""
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("requestfailed", self._failed)

    def take(self) -> list[str]:
        """Return the complaints and forget them."""
        taken, self.complaints = self.complaints, []
        return taken

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the visitor went on before it had come
            self.complaints.append(f"request: {request.url} {request.failure}")


class Inspector:
    """Looks at every page a journey visits; closely where parts stand as never before."""

    def __init__(self, context: BrowserContext) -> None:
        self._stand_in = context.new_page()
        self._seen: defaultdict[int, Makeup] = defaultdict(Makeup)

    def look(self, page: Page, *, scripted: bool) -> list[str]:
        """Return what is wrong with the page as it stands, in sentences."""
        content = page.content()
        width = (page.viewport_size or {"width": 0})["width"]
        makeup = self._seen[width]
        if not makeup.take_in(content):
            return []
        wrong = sideways(page)
        if not scripted:  # axe runs only where scripts do
            page = self._drawn_again(page.url, content, width)
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate(BARRIERS, {"count": makeup.count, "fresh": makeup.fresh})
        if found:
            wrong.append(AxeResults({"violations": found}).generate_report())
        return wrong

    def _drawn_again(self, url: str, content: str, width: int) -> Page:
        """Return a page with the same content and styles, without the product's scripts."""
        page = self._stand_in
        page.set_viewport_size({"width": width, "height": 800})
        still = re.sub(r"<script[^>]*></script>", "", content)
        page.route(url, lambda route: route.fulfill(body=still, content_type="text/html"))
        try:
            page.goto(url)
        finally:
            page.unroute(url)
        return page


class Makeup(HTMLParser):
    """How pages are built, whatever they hold and however often.

    ``parts`` says what stands in what, and which heading follows which; ``looks`` says the same of
    tags and classes alone. Of the last page, ``count`` says how many elements it has, and ``fresh``
    which of them look as none did before.
    """

    def __init__(self) -> None:
        super().__init__()
        self.parts: set[tuple[str, str]] = set()
        self.looks: set[tuple[str, str]] = set()

    def take_in(self, content: str) -> int:
        """Add a page; return how many parts were not known before."""
        before = len(self.parts)
        self.count = 0
        self.fresh: list[int] = []
        self.reset()
        self._open = [("", "", "")]
        self._heading = ""
        self.feed(content)
        return len(self.parts) - before

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Add a tag under the one it stands in."""
        text = WORDING.sub("", self.get_starttag_text() or tag)
        look = f"{tag}.{dict(attrs).get('class')}"
        _, text_above, look_above = self._open[-1]
        self.parts.add((text_above, text))
        if (look_above, look) not in self.looks:
            self.looks.add((look_above, look))
            self.fresh.append(self.count)
        self.count += 1
        if tag in HEADINGS:
            self.parts.add((self._heading, tag))
            self._heading = tag
        if tag not in EMPTY:
            self._open.append((tag, text, look))

    def handle_endtag(self, tag: str) -> None:
        """Leave a tag, and any within it that nobody closed."""
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            continue


def sideways(page: Page) -> list[str]:
    """Return what stands out at the right on a narrow screen; the width is put back."""
    before = page.viewport_size
    wrong = []
    for width in NARROW_WIDTHS:
        if not before or before["width"] != width:
            page.set_viewport_size({"width": width, "height": 800})
        try:
            parts = page.evaluate(SIDEWAYS)
        except Error as error:
            parts = [str(error)]
        if parts:
            wrong.append(f"{page.url} scrolls sideways at {width} px: {'; '.join(parts)}")
    if before:
        page.set_viewport_size(before)
    return wrong
