"""The words of an agreement in one language, and the exact plain text a person is shown.

``canonical_text`` writes, line by line, in the format named on its first line:

    safeguard-agreement/1
    agreement: <title of the agreement>
    version: <number>
    language: <code>
    title: <title in that language>
    intro:
      <each line of the text, indented by two spaces>
    clause <number>: <heading>
    picture: <icon name>          (only where the clause has one)
      <text>
    rules:
      <text>
    statement:
      <text>

Letters are composed (NFC), lines end in LF and carry no space at either end. Only the lines of
the form itself begin at the margin, so no words of a clause can pass for another part. Two texts
are the same if and only if a person was shown the same (AGR-12, AGR-18).
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from common.clean_text import tidy
from common.errors import Refusal

FORMAT = "safeguard-agreement/1"


@dataclass(frozen=True)
class ClauseText:
    """One numbered clause; with ``roles`` it is shown only to holders of one of them (AGR-18)."""

    number: str
    heading: str
    text: str
    picture: str = ""
    topic: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgreementDocument:
    """An agreement's words in one language."""

    title: str
    intro: str
    clauses: tuple[ClauseText, ...]
    rules: str
    statement: str
    language: str = "en"


_CLAUSE_FIELDS = tuple(entry.name for entry in fields(ClauseText))


def to_json(clauses: Iterable[ClauseText]) -> list[dict[str, Any]]:
    """Return clauses as plain data, the form in which a text is stored."""
    return [
        {name: getattr(clause, name) for name in _CLAUSE_FIELDS} | {"roles": list(clause.roles)}
        for clause in clauses
    ]


def from_json(data: Iterable[Mapping[str, Any]]) -> tuple[ClauseText, ...]:
    """Return the clauses that stored data holds; refuses a row with missing or unknown parts."""
    return tuple(_read_clause(row) for row in data)


def clauses_for(document: AgreementDocument, role_codes: Collection[str]) -> tuple[ClauseText, ...]:
    """Return the clauses a holder of these roles is shown (AGR-18)."""
    held = set(role_codes)
    return tuple(one for one in document.clauses if not one.roles or held & set(one.roles))


def canonical_text(
    document: AgreementDocument,
    *,
    agreement_title: str,
    version: int,
    role_codes: Collection[str],
) -> str:
    """Return the plain text of exactly what one person is shown (AGR-12, AGR-18)."""
    shown = clauses_for(document, role_codes)
    return _text(document, agreement_title, version, _shown_clauses(shown))


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def document_hash(document: AgreementDocument, *, agreement_title: str, version: int) -> str:
    """Return the hash an approval is bound to: every clause, its topic and whom it is for.

    Changing who is shown a clause changes this hash as changing its words does (AGR-01).
    """
    return text_hash(_text(document, agreement_title, version, _all_clauses(document.clauses)))


def documents_hash(
    documents: Iterable[AgreementDocument], *, agreement_title: str, version: int
) -> str:
    """Return one hash over a version's texts in all its languages, in the order of their codes."""
    hashes = sorted(
        (one.language, document_hash(one, agreement_title=agreement_title, version=version))
        for one in documents
    )
    return text_hash("\n".join(f"{language} {digest}" for language, digest in hashes))


def _read_clause(row: Mapping[str, Any]) -> ClauseText:
    odd = sorted((set(row) - set(_CLAUSE_FIELDS)) | ({"number", "heading", "text"} - set(row)))
    if odd:
        raise Refusal(f"A clause cannot be read: check {', '.join(odd)}.")
    values = {name: str(value) for name, value in row.items() if name != "roles"}
    return ClauseText(**values, roles=tuple(str(code) for code in row.get("roles", ())))


def _text(
    document: AgreementDocument, agreement_title: str, version: int, clauses: Iterable[str]
) -> str:
    lines = [
        FORMAT,
        f"agreement: {_line(agreement_title)}",
        f"version: {version}",
        f"language: {_line(document.language)}",
        f"title: {_line(document.title)}",
        "intro:",
        *_indented(document.intro),
        *clauses,
        "rules:",
        *_indented(document.rules),
        "statement:",
        *_indented(document.statement),
    ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _shown_clauses(clauses: Iterable[ClauseText]) -> Iterator[str]:
    for clause in clauses:
        yield f"clause {_line(clause.number)}: {_line(clause.heading)}"
        if clause.picture:
            yield f"picture: {_line(clause.picture)}"
        yield from _indented(clause.text)


def _all_clauses(clauses: Iterable[ClauseText]) -> Iterator[str]:
    for clause in clauses:
        yield from _shown_clauses([clause])
        yield f"topic: {_line(clause.topic)}"
        yield f"roles: {' '.join(sorted(clause.roles))}"


def _line(value: str) -> str:
    return tidy(value).replace("\n", " ")


def _indented(value: str) -> Iterator[str]:
    text = tidy(value)
    for line in text.split("\n") if text else ():
        yield f"  {line.strip()}"
