"""The clauses of a text as small sections of a form: added, moved and taken out without a script.

Each press of a button sends the whole form. What was typed comes back in its new order; nothing
is written before somebody saves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from django import forms
from django.http import QueryDict

from agreements.document import ClauseText
from agreements.document_check import TOPICS
from agreements.reading_blocks import MOST_CLAUSES
from agreements.vocabulary import PUPILS, Audience
from common.forms import CleanCharField, CleanTextField
from roles.catalogue import BY_CODE, CATALOGUE

PICTURES = {
    "hand": "Hand",
    "monitor": "Screen",
    "tablet": "Tablet",
    "phone": "Telephone",
    "camera": "Camera",
    "image": "Picture",
    "lock": "Lock",
    "key-round": "Key",
    "house": "House",
    "school": "School",
    "map-pin": "Place",
    "heart": "Heart",
    "heart-handshake": "Two hands and a heart",
    "message-circle": "Speech bubble",
    "mail": "Letter",
    "user": "Person",
    "users": "People",
    "eye": "Eye",
    "bell": "Bell",
    "clock": "Clock",
    "book-open": "Book",
    "pencil": "Pencil",
    "download": "Download",
    "upload": "Upload",
    "search": "Magnifying glass",
    "flag": "Flag",
    "star": "Star",
    "sun": "Sun",
    "check": "Tick",
    "x": "Cross",
    "trash-2": "Bin",
    "triangle-alert": "Warning",
    "circle-help": "Question mark",
    "shield-check": "Shield",
}
ADULTS = (Audience.STAFF, Audience.GOVERNOR, Audience.VOLUNTEER)
_TOPICS = [("", "None"), *sorted(TOPICS.items(), key=lambda one: one[1])]


@dataclass(frozen=True)
class Row:
    """One clause as it was typed. ``was`` is its number in the stored text, "" for a new one."""

    number: str = ""
    heading: str = ""
    text: str = ""
    picture: str = ""
    topic: str = ""
    roles: tuple[str, ...] = ()
    was: str = ""
    opened: bool = False


@dataclass
class ClauseRows:
    """The clauses on a page, in their order."""

    rows: list[Row] = field(default_factory=list)

    @classmethod
    def stored(cls, clauses: Sequence[ClauseText]) -> "ClauseRows":
        """Return the clauses of a text."""
        names = ("number", "heading", "text", "picture", "topic", "roles")
        return cls([Row(**{n: getattr(one, n) for n in names}, was=one.number) for one in clauses])

    @classmethod
    def sent(cls, data: QueryDict) -> "ClauseRows":
        """Return the clauses that a form sent, whatever was typed into them."""
        wanted = str(data.get("clauses", "0"))
        count = min(int(wanted), MOST_CLAUSES) if wanted.isdecimal() and len(wanted) < 4 else 0
        return cls([_sent(data, f"c{index}-") for index in range(count)])

    def do(self, deed: str) -> str:
        """Add, move, take out or open a clause; returns words where that cannot be done."""
        name, _, place = deed.partition(":")
        index = int(place) if place.isdecimal() and len(place) < 4 else -1
        in_order = [row.number for row in self.rows] == _numbers(len(self.rows))
        if name == "add" and len(self.rows) >= MOST_CLAUSES:
            return f"A text may have {MOST_CLAUSES} clauses or fewer."
        if name == "add":
            self.rows.insert(index + 1 if place else len(self.rows), Row())
        elif not 0 <= index < len(self.rows):
            return ""
        elif name == "out":
            del self.rows[index]
        elif name == "roles":
            self.rows[index] = replace(self.rows[index], opened=True)
        elif name in {"up", "down"}:
            other = index - 1 if name == "up" else index + 1
            if 0 <= other < len(self.rows):
                self.rows[index], self.rows[other] = self.rows[other], self.rows[index]
        if in_order:
            self.rows = [
                replace(row, number=number)
                for row, number in zip(self.rows, _numbers(len(self.rows)), strict=True)
            ]
        return ""

    def drawn(self, audience: str) -> list["ClauseForm"]:
        """Return a form for each clause, filled in."""
        return [
            ClauseForm(prefix=f"c{index}", row=row, audience=audience)
            for index, row in enumerate(self.rows)
        ]

    def checked(self, audience: str, data: QueryDict) -> list["ClauseForm"]:
        """Return a form for each clause that says what is wrong with it."""
        return [
            ClauseForm(data, prefix=f"c{index}", row=row, audience=audience)
            for index, row in enumerate(self.rows)
        ]


class ClauseForm(forms.Form):
    """One clause of a text."""

    number = CleanCharField(
        label="Number",
        max_length=8,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4"}),
    )
    heading = CleanCharField(label="Heading", max_length=120, required=False)
    text = CleanTextField(label="Words of the clause", max_length=2000, rows=3)
    topic = forms.ChoiceField(label="What it is about", choices=_TOPICS, required=False)
    picture = forms.ChoiceField(label="Picture", required=False)
    roles = forms.MultipleChoiceField(
        label="Shown only to these roles",
        help_text="Tick none to show it to everybody.",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        required=False,
    )
    was = forms.CharField(widget=forms.HiddenInput, required=False)
    opened = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, row: Row, audience: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(vars(row), opened="1" if row.opened else "")
        self.row = row
        self.unmarked = tuple(self.fields)
        self.with_picture = audience in PUPILS or bool(row.picture)
        self.with_roles = row.opened or bool(row.roles)
        self.may_limit = audience in ADULTS and not self.with_roles
        self.fields["picture"].choices = _pictures(row.picture)  # type: ignore[attr-defined]
        self.fields["roles"].choices = _roles(row.roles)  # type: ignore[attr-defined]
        if not self.with_picture:
            del self.fields["picture"]
        if not self.with_roles:
            del self.fields["roles"]

    def clause(self, number: str) -> ClauseText:
        """Return the clause that was typed."""
        data = self.cleaned_data
        return ClauseText(
            number,
            data["heading"],
            data["text"],
            data.get("picture", ""),
            data["topic"],
            tuple(data.get("roles", ())),
        )


class ClauseWordsForm(forms.Form):
    """One clause in another language, beside the original."""

    number = forms.CharField(widget=forms.HiddenInput)
    heading = CleanCharField(label="Heading", max_length=120, required=False)
    text = CleanTextField(label="Words of the clause", max_length=2000, rows=4)

    def __init__(
        self, *args: Any, original: ClauseText, words: ClauseText | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(
            number=original.number,
            heading=words.heading if words else "",
            text=words.text if words else "",
        )
        self.original = original
        self.unmarked = tuple(self.fields)
        if not original.heading:
            del self.fields["heading"]

    def clause(self) -> ClauseText:
        """Return the clause in the other language, in step with the original."""
        data = self.cleaned_data
        return replace(self.original, heading=data.get("heading", ""), text=data["text"])


def settled_numbers(typed: Sequence[str]) -> list[str]:
    """Return a number for every clause: the one typed, or the next free one where none was."""
    taken = {number for number in typed if number}
    found: list[str] = []
    for index, number in enumerate(typed):
        free = (str(n) for n in range(index + 1, 2 * len(typed) + 2) if str(n) not in taken)
        found.append(number or next(free))
        taken.add(found[-1])
    return found


def moved_from(rows: Sequence[Row], numbers: Sequence[str]) -> Mapping[str, str]:
    """Return by its number now which number each clause had in the stored text."""
    return {number: row.was for row, number in zip(rows, numbers, strict=True) if row.was}


def _sent(data: QueryDict, prefix: str) -> Row:
    words = {
        name: data.get(f"{prefix}{name}", "")
        for name in ("number", "heading", "text", "picture", "topic", "was")
    }
    roles = tuple(data.getlist(f"{prefix}roles"))
    return Row(**words, roles=roles, opened=bool(data.get(f"{prefix}opened")))


def _numbers(count: int) -> list[str]:
    return [str(number + 1) for number in range(count)]


def _pictures(held: str) -> list[tuple[str, str]]:
    extra = [(held, held)] if held and held not in PICTURES else []
    return [("", "None"), *PICTURES.items(), *extra]


def _roles(held: Sequence[str]) -> list[tuple[str, str]]:
    extra = [(code, code) for code in held if code not in BY_CODE]
    return [*_all_roles(), *extra]


@cache
def _all_roles() -> list[tuple[str, str]]:
    grown_up = [one for one in CATALOGUE if one.signs_in and one.code not in {"pupil", "parent"}]
    return sorted(((one.code, one.label) for one in grown_up), key=lambda one: one[1])
