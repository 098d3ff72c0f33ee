"""The agreements the product brings along, as YAML files in ``agreements/data`` (AGR-19, AGR-20).

A file holds the kind, the audience and the text in its first language; ``translations`` hold the
words in further languages. A translated clause takes topic, picture and roles from the clause of
the same number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from agreements.document import AgreementDocument, from_json
from agreements.document_check import check_document, check_translation
from agreements.vocabulary import LANGUAGES, Audience, Kind
from common.errors import Refusal

_DATA = Path(__file__).parent / "data"
_PARTS = {"title", "language", "intro", "clauses", "rules", "statement"}


@dataclass(frozen=True)
class LibraryAgreement:
    """A ready-made agreement: whom it is for, and its text in one language or more."""

    name: str
    kind: str
    audience: str
    documents: tuple[AgreementDocument, ...]

    @property
    def document(self) -> AgreementDocument:
        """Return the text in its first language."""
        return self.documents[0]


def library_names() -> list[str]:
    """Return the names of the agreements a school may start from."""
    return sorted(path.stem for path in _DATA.glob("*.yaml"))


@cache
def read_library(name: str) -> LibraryAgreement:
    """Return a ready-made agreement, checked; refuses a name that no file has."""
    if name not in library_names():
        raise Refusal(f"There is no agreement called “{name}” to start from.")
    return read_agreement(name, yaml.safe_load((_DATA / f"{name}.yaml").read_text("utf-8")))


def read_agreement(name: str, data: Mapping[str, Any]) -> LibraryAgreement:
    """Return the agreement that plain data describes; refuses what it does not know."""
    kind, audience = str(data.get("kind")), str(data.get("audience"))
    if kind not in Kind.values or audience not in Audience.values:
        raise Refusal(f"The agreement “{name}” needs a kind and an audience that are known.")
    parts = {key: data[key] for key in data if key not in {"kind", "audience", "translations"}}
    original = _document(name, parts)
    check_document(original, audience, kind=kind)
    documents = [original]
    for one in data.get("translations", ()):
        translation = _in_step(_document(name, one), original)
        check_translation(translation, original)
        check_document(translation, audience, kind=kind)
        documents.append(translation)
    return LibraryAgreement(name, kind, audience, tuple(documents))


def _document(name: str, data: Mapping[str, Any]) -> AgreementDocument:
    odd = sorted(set(data) ^ _PARTS)
    if odd or data["language"] not in LANGUAGES:
        raise Refusal(
            f"The agreement “{name}” cannot be read: check {', '.join(odd) or 'language'}."
        )
    words = {key: str(data[key]).strip() for key in _PARTS - {"clauses"}}
    return AgreementDocument(**words, clauses=from_json(data["clauses"]))


def _in_step(document: AgreementDocument, original: AgreementDocument) -> AgreementDocument:
    """Give each translated clause what it shares with the original's clause of its number."""
    first = {clause.number: clause for clause in original.clauses}
    clauses = tuple(
        replace(one, topic=of.topic, picture=of.picture, roles=of.roles)
        if (of := first.get(one.number))
        else one
        for one in document.clauses
    )
    return replace(document, clauses=clauses)
