"""How a text of headings, numbered points and paragraphs becomes an agreement.

The two readers (Markdown, Word) give the same blocks; what counts as title, clause, rules and
statement is decided here, once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from agreements.document import AgreementDocument, ClauseText
from agreements.document_check import LONGEST_STATEMENT, LONGEST_TITLE
from common.clean_text import CleanTextField, tidy
from common.errors import Refusal

MOST_CLAUSES = 60
MOST_CHARACTERS = 60_000

# A typed number: "3." or "3)", "3.1" with or without a mark behind it, but not "5 things".
_TYPED = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){1,2}(?=[.)]?\s)|\d{1,2}(?=[.)]\s))[.)]?\s+(?=\S)",
)
_RULES = re.compile(
    r"(rules and (sanction|consequence)|sanctions?\b|consequences?\b|what happens (if|when)\b)",
    re.IGNORECASE,
)
_STATEMENT_HEADING = re.compile(
    r"by signing\b|i agree\W*$|(my |our )?(statement|declaration)\W*$", re.IGNORECASE
)
_STATEMENT = re.compile(r"(by signing|i agree|i have read|i confirm|i understand)\b", re.IGNORECASE)
_SIGNATURE_LINE = re.compile(
    r"(signed|signature|name|full name|print name|printed name|date|class|role|job title)\b"
    r".*(_{3,}|\.{5,}|…{2,})|[_.…\s]{3,}$",
    re.IGNORECASE,
)
_SHORT_HEADING = 3  # words: "By signing" alone is a heading, more is the statement's first line


@dataclass(frozen=True)
class Block:
    """One piece of a text: a heading with its level, a numbered point, a paragraph, or a line
    that belongs to what stands before it.
    """

    kind: Literal["heading", "point", "paragraph", "line"]
    text: str
    level: int = 0
    number: str = ""


@dataclass
class _Clause:
    number: str = ""
    heading: str = ""
    lines: list[str] = field(default_factory=list)


@dataclass
class _Parts:
    """The agreement as far as it has been read; ``where`` is the part being filled."""

    where: str = "intro"
    title: str = ""
    clauses: list[_Clause] = field(default_factory=list)
    intro: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    statement: list[str] = field(default_factory=list)


def check_text(text: str) -> str:
    """Return text tidied; refuses nothing at all, too much, and hidden characters."""
    clean = tidy(text.removeprefix("\ufeff")).expandtabs(4)
    if not clean:
        raise Refusal("The file is empty. Choose the file with the text of the agreement.")
    if len(clean) > MOST_CHARACTERS:
        raise Refusal(
            f"The text is {len(clean):,} characters long. An agreement may have "
            f"{MOST_CHARACTERS:,} or fewer."
        )
    hidden = CleanTextField.hidden.search(clean)
    if hidden:
        before = clean[max(hidden.start() - 30, 0) : hidden.start()].split("\n")[-1]
        raise Refusal(
            f"The text has a hidden character in it, after “{before}”. Take it out and read the "
            "file again."
        )
    return clean


def assemble(blocks: Iterable[Block]) -> AgreementDocument:
    """Return the agreement that blocks make up.

    The first heading of level 1 is the title, or the first paragraph where there is none. Text
    before the first clause is the intro. Every heading of level 2 and every numbered point is a
    clause, and what follows belongs to it. A heading over points is the heading of the first of
    them. Lines to sign on are left out. Refuses a text without clauses, with too many, or
    without a title.
    """
    parts = _Parts()
    for block in blocks:
        text = tidy(block.text)
        if not text or (block.kind == "paragraph" and _SIGNATURE_LINE.match(text)):
            continue
        _take(parts, block, text)
    _take_last_paragraph(parts)
    if not parts.title and parts.intro:
        parts.title = " ".join(parts.intro.pop(0).split())
    clauses = [_settled(one) for one in parts.clauses if one.heading or one.lines]
    _check(parts, clauses)
    return AgreementDocument(
        title=parts.title,
        intro="\n".join(parts.intro),
        clauses=_numbered(clauses),
        rules="\n".join(parts.rules),
        statement="\n".join(parts.statement),
    )


def _take(parts: _Parts, block: Block, text: str) -> None:
    typed = _TYPED.match(text) if block.kind == "paragraph" else None
    if block.kind == "heading":
        _take_heading(parts, block.level, " ".join(text.split()))
    elif parts.where in {"rules", "statement"}:
        mark = f"{block.number}. " if block.number else ""
        getattr(parts, parts.where).append(f"{mark}{text}")
    elif block.kind == "point" or typed:
        number = typed.group(1) if typed else block.number
        _take_point(parts, number, text[typed.end() :] if typed else text)
    elif parts.where == "clauses":
        parts.clauses[-1].lines.append(text)
    else:
        parts.intro.append(text)


def _take_heading(parts: _Parts, level: int, text: str) -> None:
    if level == 1 and not parts.title:
        parts.title = text
    elif _RULES.match(text):
        parts.where = "rules"
    elif _STATEMENT_HEADING.match(text):
        parts.where = "statement"
        if len(text.split()) > _SHORT_HEADING:
            parts.statement.append(text)
    elif level <= 2:
        number = _TYPED.match(text)
        heading = text[number.end() :] if number else text
        parts.where = "clauses"
        parts.clauses.append(_Clause(number.group(1) if number else "", heading))
    elif parts.where == "clauses":
        parts.clauses[-1].lines.append(text)
    else:
        getattr(parts, parts.where).append(text)


def _take_point(parts: _Parts, number: str, words: str) -> None:
    parts.where = "clauses"
    if parts.clauses and not parts.clauses[-1].lines and parts.clauses[-1].heading:
        parts.clauses[-1].number = number
        parts.clauses[-1].lines.append(words)
    else:
        parts.clauses.append(_Clause(number, "", [words]))


def _take_last_paragraph(parts: _Parts) -> None:
    """Make the last paragraph the statement where it reads as one and no heading named another."""
    if parts.statement:
        return
    lines = parts.rules
    if parts.where == "clauses" and len(parts.clauses[-1].lines) > 1:
        lines = parts.clauses[-1].lines
    if lines and _STATEMENT.match(lines[-1]):
        parts.statement.append(lines.pop())


def _settled(clause: _Clause) -> _Clause:
    """Return a clause whose words are its text, also where only a heading was written."""
    if clause.lines:
        return clause
    return _Clause(clause.number, "", [clause.heading])


def _numbered(clauses: list[_Clause]) -> tuple[ClauseText, ...]:
    """Keep the author's numbers where every clause has its own; count from 1 otherwise."""
    own = [clause.number for clause in clauses]
    numbers = own if all(own) and len(set(own)) == len(own) else None
    return tuple(
        ClauseText(numbers[n] if numbers else str(n + 1), clause.heading, "\n".join(clause.lines))
        for n, clause in enumerate(clauses)
    )


def _check(parts: _Parts, clauses: list[_Clause]) -> None:
    if not clauses:
        raise Refusal(
            "No clauses were found. Make each clause a numbered point, or give it a heading of "
            "the second level."
        )
    if len(clauses) > MOST_CLAUSES:
        raise Refusal(
            f"The text has {len(clauses)} clauses. An agreement may have {MOST_CLAUSES} or fewer."
        )
    if not parts.title:
        raise Refusal("The text has no title. Give it a heading of the first level.")
    if len(parts.title) > LONGEST_TITLE:
        raise Refusal(
            f"The title is {len(parts.title):,} characters long. Shorten it to {LONGEST_TITLE} or "
            "fewer."
        )
    length = len("\n".join(parts.statement))
    if length > LONGEST_STATEMENT:
        raise Refusal(
            f"What signing says is {length:,} characters long. Shorten it to {LONGEST_STATEMENT} "
            "or fewer."
        )
