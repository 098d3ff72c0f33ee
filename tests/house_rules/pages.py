"""The pages of the product, found by walking the URLs: nothing is listed by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.samples import BY_NAME, BY_PAGE, Samples


@dataclass(frozen=True)
class Page:
    """One page: its name, its view, the arguments of its path, and who may open it."""

    name: str
    view: Any
    arguments: tuple[str, ...]

    @property
    def of_school(self) -> bool:
        """Return whether the page belongs to a school."""
        return "school" in self.arguments

    @property
    def powers(self) -> tuple[str, ...]:
        """Return the powers any one of which opens the page."""
        return getattr(self.view, "powers", ())

    @property
    def openness(self) -> str:
        """Return "everyone", "signed-in", or "" when the page needs a power."""
        return getattr(self.view, "openness", "")

    @property
    def own(self) -> bool:
        """Return whether the view is ours and not a library's."""
        return not self.view.__module__.startswith("allauth.")

    def open_to(self, powers: frozenset[str]) -> bool:
        """Return whether a member of the school with these powers may open the page."""
        return bool(self.openness) or bool(powers.intersection(self.powers))

    def url(self, slug: str, made: Samples) -> str:
        """Return a path to the page with the arguments of real records."""
        given = {"school": slug} if self.of_school else {}
        given |= BY_PAGE.get(self.name, lambda _made: {})(made)
        for name in self.arguments:
            if name not in given:
                assert name in BY_NAME, f"{self.name} needs a sample of {name} in tests/samples.py"
                given[name] = BY_NAME[name](made)
        return reverse(self.name, kwargs=given)


def all_pages() -> list[Page]:
    """Return every page of the product."""
    return list(_walk(get_resolver().url_patterns, ()))


def school_pages() -> list[Page]:
    """Return every page that belongs to a school."""
    return [page for page in all_pages() if page.of_school]


def _walk(patterns: list[URLPattern | URLResolver], outer: tuple[str, ...]) -> Iterator[Page]:
    for pattern in patterns:
        arguments = (*outer, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, arguments)
        else:
            yield Page(pattern.name or "", pattern.callback, arguments)
