"""Which column of a file means what: the fields of each kind, and a guess from the headings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from common.errors import Refusal
from people.imports import cells


@dataclass(frozen=True)
class Field:
    """Something a column may mean.

    ``headings`` are names MIS exports use for it, best first. ``blank`` is what a new person has
    when the file says nothing.
    """

    name: str
    label: str
    clean: cells.Cleaner
    headings: str
    required: bool = False
    of_person: bool = True
    blank: Any = ""


def guess_columns(
    fields: Sequence[Field], headings: Sequence[str], remembered: Mapping[str, str]
) -> dict[str, str]:
    """Return field names with the heading each is likely to be: as last time, else by its name.

    A field that was left out last time, remembered as "", is left out again.
    """
    known = {_plain(heading): heading for heading in headings}
    guessed: dict[str, str] = {}
    for field in fields:
        if remembered.get(field.name) in headings:
            guessed[field.name] = remembered[field.name]
    taken = set(guessed.values())
    for field in fields:
        wanted = [_plain(name) for name in f"{field.headings}|{field.label}".split("|")]
        free = [known[name] for name in wanted if name in known and known[name] not in taken]
        left_out = remembered.get(field.name) == ""
        if field.name not in guessed and not left_out and free:
            guessed[field.name] = free[0]
            taken.add(free[0])
    return guessed


def check_columns(
    fields: Sequence[Field], headings: Sequence[str], columns: Mapping[str, str]
) -> dict[str, str]:
    """Return the chosen columns; refuses a missing one, one not in the file, one chosen twice."""
    chosen = {field.name: columns.get(field.name, "") for field in fields}
    chosen = {name: heading for name, heading in chosen.items() if heading}
    for field in fields:
        heading = chosen.get(field.name, "")
        if field.required and not heading:
            raise Refusal(f"Choose the column that holds “{field.label}”.")
        if heading and heading not in headings:
            raise Refusal(f"There is no column “{heading[:80]}” in this file.")
    if len(set(chosen.values())) < len(chosen):
        twice = next(h for h in chosen.values() if list(chosen.values()).count(h) > 1)
        raise Refusal(f"The column “{twice}” is chosen twice.")
    return chosen


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def names(of: str = "") -> tuple[Field, Field]:
    """Return the two names; ``of`` are words before them in headings, such as "contact|parent"."""
    given = ("forename", "first name", "given name", "legal forename", "legal first name")
    family = ("surname", "last name", "family name", "legal surname", "legal last name")
    before = [f"{word} " for word in of.split("|") if word] + [""]
    return (
        Field(
            "given_name",
            "First name",
            cells.text(80),
            "|".join(f"{word}{name}" for word in before for name in given),
            required=True,
        ),
        Field(
            "family_name",
            "Last name",
            cells.text(80),
            "|".join(f"{word}{name}" for word in before for name in family),
            required=True,
        ),
    )


KNOWN_AS = Field(
    "known_as",
    "Known as",
    cells.text(80),
    "preferred forename|preferred first name|preferred name|known name|chosen name",
)
TITLE = Field("title", "Title", cells.text(20), "salutation|prefix")
EMAIL = Field(
    "email",
    "E-mail address",
    cells.email,
    "email|e-mail|work email|primary email|main email|email 1|home email|school email",
)
PHONE = Field(
    "phone",
    "Telephone",
    cells.phone,
    "phone|mobile|telephone number|mobile phone|main telephone|home telephone|phone 1|work phone",
)
JOINED = Field(
    "joined_date",
    "Starting date",
    cells.day,
    "start date|date of entry|admission date|date of admission|enrolment date|date enrolled"
    "|date started|joined"
    "|joining date|date of joining|doa",
    blank=None,
)
LEFT = Field(
    "left_date",
    "Leaving date",
    cells.day,
    "leave date|end date|date of leaving|date left|left|dol",
    blank=None,
)
