"""Reading drawn forms in tests, and a field on its own."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from django import forms
from django.http import QueryDict

from common.forms import PeopleSource


@dataclass(frozen=True)
class Somebody:
    pk: int
    full_name: str


AMARA, AMARIS, BRYN = Somebody(1, "Amara Okafor"), Somebody(2, "Amaris Olsen"), Somebody(3, "Bryn")
PEOPLE = [AMARA, AMARIS, BRYN]
SOURCE = PeopleSource(
    url="/dee-meadow/people/search/",
    find=lambda key: next((one for one in PEOPLE if str(one.pk) == key), None),
    search=lambda text: [one for one in PEOPLE if text.casefold() in one.full_name.casefold()],
    detail=lambda one: f"Number {one.pk}",
)


class Elements(HTMLParser):
    """Every element of a piece of HTML with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def elements(html, *tags):
    return [(tag, attrs) for tag, attrs in Elements(str(html)).found if tag in tags]


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", str(html))).strip()


@dataclass
class Field:
    """A field on its own, cleaned from what a browser sends."""

    field: forms.Field

    def form(self, sent: str):
        return type("One", (forms.Form,), {"x": self.field})(QueryDict(sent))

    def value(self, sent: str):
        form = self.form(sent)
        assert form.is_valid(), form.errors
        return form.cleaned_data["x"]

    def refusal(self, sent: str):
        form = self.form(sent)
        assert not form.is_valid()
        return form["x"].error_words
