"""Find every page a person may open, as a person finds it: by following links.

No page needs to be named here, so a new app is walked as soon as something links to it.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.urls import Resolver404, resolve, reverse
from django.urls.exceptions import NoReverseMatch

# Records in different states lead on to different pages, so more addresses of a page are looked at
# until so many in a row have led to nothing new.
MOST_IN_VAIN = 12


@dataclass(frozen=True)
class Answer:
    """What an address answered."""

    status: int
    is_page: bool
    text: str


@dataclass
class Walk:
    """The pages found by one person: one address for each, and what went wrong."""

    pages: dict[str, str] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


class _Links(HTMLParser):
    """Collects where the links of a page lead; what is marked as a download is no page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the address of a link."""
        link = dict(attrs)
        if tag == "a" and link.get("href") and "download" not in link:
            self.found.append(link["href"] or "")


def page_name(address: str) -> str:
    """Return the name of the page at an address, or nothing when it is none of ours."""
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


def first_addresses(names: Iterable[str], school: str = "") -> list[str]:
    """Return the addresses of the pages that need nothing but the school, or not even that."""
    found = []
    for name in names:
        try:
            found.append(reverse(name, args=[school] if school else []))
        except NoReverseMatch:
            continue
    return found


def walk(get: Callable[[str], Answer], start: Iterable[str], downloads: set[str]) -> Walk:
    """Follow links from the first addresses until no new page turns up.

    ``downloads`` are pages known to be no pages; those found now are added, so that the next
    person does not take the same file out again.
    """
    done = Walk()
    waiting, seen = deque(start), set(start)
    in_vain: Counter[str] = Counter()
    known: set[str] = set()
    while waiting:
        address = waiting.popleft()
        name = page_name(address)
        if not name or name in downloads or in_vain[name] >= MOST_IN_VAIN:
            continue
        in_vain[name] += 1
        answer = get(address)
        if answer.status >= 500:
            done.failed.append(f"{name} answered {answer.status} at {address}")
        if answer.status != 200:
            continue
        if not answer.is_page:
            downloads.add(name)
            continue
        done.pages.setdefault(name, address)
        for link in _links_of(address, answer.text):
            if link in seen:
                continue
            seen.add(link)
            waiting.append(link)
            if page_name(link) not in known:
                known.add(page_name(link))
                in_vain[name] = 0
    return done


def _links_of(address: str, text: str) -> list[str]:
    """Return the addresses on our own server that a page links to."""
    parser = _Links()
    parser.feed(text)
    links = [urldefrag(urljoin(address, link)).url for link in parser.found]
    return [link for link in links if link.startswith("/")]
