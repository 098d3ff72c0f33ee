"""The questions about consent as they are shown, their hash, and the ready-made ones."""

import json
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from agreements.models import ConsentPurpose
from people.models import Person

_FILE = Path(__file__).parent / "data" / "consents" / "purposes.yaml"
CHILD = "{child}"


@cache
def ready_made_purposes() -> tuple[dict[str, Any], ...]:
    """Return what a school asks consent for when it begins, in order (CON-01, CON-02)."""
    return tuple(
        {
            "code": row["code"],
            "kind": row["kind"],
            "label": row["label"],
            "question": " ".join(row["question"].split()),
            "note": " ".join(row["note"].split()),
            "individual": bool(row.get("individual", False)),
        }
        for row in yaml.safe_load(_FILE.read_text("utf-8"))
    )


def form_of(purposes: Iterable[ConsentPurpose]) -> str:
    """Return the hash of questions as they are shown, in their order.

    The child's name is left as ``{child}``: the trail keeps every wording a question ever had, so
    what somebody answered can be put together again and checked against the hash.
    """
    shown = [[one.code, one.label, one.question, one.note] for one in purposes]
    text = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def called(pupil: Person) -> str:
    """Return what a pupil is called at school."""
    return pupil.known_as or pupil.given_name


def worded(text: str, pupil: Person) -> str:
    """Return a question or a note with the child's first name in it."""
    return text.replace(CHILD, called(pupil))
