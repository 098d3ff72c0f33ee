"""The demo's incidents as data: what happened, to whom, and how far school has got with it."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "stories"
EVERYWHERE = "everywhere"


@dataclass(frozen=True)
class Story:
    """One incident to tell. Texts name people by their letter: ``{a}``, ``{a.first}``.

    ``people`` maps a letter to "part who": who is a year group for some pupil of it, a sign-in
    code for its person, ``=key.letter`` for a person of an earlier story, or ``someone: words``
    for somebody unknown. ``days`` counts school days before today; 0 is today itself. Who reports
    is a sign-in code, or ``class`` for the class teacher of the first pupil. ``until`` is the
    state the incident is left in, or ``reopened``.
    """

    key: str
    days: int
    time: str
    told: str
    until: str = "closed"
    about: str = "pupil"
    by: str = "class"
    people: dict[str, str] = field(default_factory=dict)
    noticed: str = ""
    late: str = ""
    place: str = "school"
    detail: str = ""
    areas: tuple[str, ...] = ("conduct",)
    at_once: str = ""
    links: str = ""
    told_lead: bool = False
    imagery: str = "no"

    handler: str = ""
    unread: bool = False
    evidence: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    amended: str = ""
    hand_over: dict[str, str] = field(default_factory=dict)
    escalate: str = ""
    share: dict[str, str] = field(default_factory=dict)
    involve: dict[str, str] = field(default_factory=dict)
    link: dict[str, str] = field(default_factory=dict)

    advice: str = ""
    infringement: str = ""
    themes: tuple[str, ...] = ()
    severity: str = "normal"
    child_protection: bool = False
    illegal: bool = False
    found_imagery: str = ""
    ties: str = ""
    first_referral: bool = False

    decider: str = ""
    decision: str = ""
    departure: str = ""
    sanctions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    returned: str = ""
    parents: dict[str, str] = field(default_factory=dict)
    refer: tuple[dict[str, str], ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    tasks: tuple[dict[str, Any], ...] = ()

    feedback: str = ""
    outcome: str = ""
    lessons: str = ""
    reopened: str = ""


@cache
def stories_of(slug: str) -> tuple[Story, ...]:
    """Return what happened at a demo school: what happens everywhere, and its own."""
    rows: list[dict[str, Any]] = []
    for name in (EVERYWHERE, slug):
        for path in sorted(_FOLDER.glob(f"{name}*.yaml")):
            rows += yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(Story(**row) for row in rows)
