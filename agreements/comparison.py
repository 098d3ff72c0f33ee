"""What differs between two texts of an agreement, clause by clause and word by word (AGR-07)."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from agreements.document import AgreementDocument, ClauseText

SAME, ADDED, REMOVED, MOVED, CHANGED = "same", "added", "removed", "moved", "changed"
PARTS = ("title", "intro", "clause", "rules", "statement")

# How much of two clauses must be the same words for one to count as the other, rewritten; the
# same number counts as this much likeness.
_ALIKE = 0.5
_SAME_NUMBER = 0.25
_DETAILS = ("picture", "topic", "roles")

Pieces = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ClauseChange:
    """One part of the text and what became of it.

    ``heading`` and ``text`` hold the words as pieces ("same", "added" or "removed", words), to be
    drawn one after another. ``details`` names what else changed: picture, topic, roles.
    A clause that only has another number because one came or went before it is the same.
    """

    part: str
    kind: str
    old_number: str = ""
    new_number: str = ""
    heading: Pieces = ()
    text: Pieces = ()
    details: tuple[str, ...] = ()


def compare(old: AgreementDocument, new: AgreementDocument) -> list[ClauseChange]:
    """Return every part of the new text in its order, with the removed where they stood."""
    return [
        _whole("title", old.title, new.title),
        _whole("intro", old.intro, new.intro),
        *_clauses(old.clauses, new.clauses),
        _whole("rules", old.rules, new.rules),
        _whole("statement", old.statement, new.statement),
    ]


def differences(old: AgreementDocument, new: AgreementDocument) -> list[ClauseChange]:
    """Return only what is not the same."""
    return [change for change in compare(old, new) if change.kind != SAME]


def word_pieces(old: str, new: str) -> Pieces:
    """Return the words of both texts in drawing order; spacing alone is no difference."""
    before, after = _words(old), _words(new)
    matcher = SequenceMatcher(None, [w.strip() for w in before], [w.strip() for w in after])
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found.append((SAME, "".join(after[c:d])))
            continue
        found += [(REMOVED, "".join(before[a:b]))] if a < b else []
        found += [(ADDED, "".join(after[c:d]))] if c < d else []
    last = len(found) - 1
    return tuple(
        (kind, words if index == last or words[-1].isspace() else f"{words} ")
        for index, (kind, words) in enumerate(found)
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*", text)


def _whole(part: str, old: str, new: str) -> ClauseChange:
    if old.split() == new.split():
        kind = SAME
    elif not old.strip():
        kind = ADDED
    else:
        kind = CHANGED if new.strip() else REMOVED
    return ClauseChange(part, kind, text=word_pieces(old, new))


def _clauses(old: tuple[ClauseText, ...], new: tuple[ClauseText, ...]) -> list[ClauseChange]:
    pairs = _pairs(old, new)
    kept_order = _longest_rising([pairs[index] for index in sorted(pairs)])
    changes: list[ClauseChange] = []
    removed = [index for index in range(len(old)) if index not in set(pairs.values())]
    for index, clause in enumerate(new):
        if index not in pairs:
            changes.append(_one(ADDED, None, clause))
            continue
        place = pairs[index]
        if place in kept_order:
            changes += [_one(REMOVED, old[one], None) for one in removed if one < place]
            removed = [one for one in removed if one > place]
        changes.append(_paired(old[place], clause, in_order=place in kept_order))
    return changes + [_one(REMOVED, old[one], None) for one in removed]


def _pairs(old: tuple[ClauseText, ...], new: tuple[ClauseText, ...]) -> dict[int, int]:
    """Return which old clause each new one was: the same words first, then the most alike."""
    pairs: dict[int, int] = {}
    left = dict(enumerate(old))
    for same in (_same_clause, _same_words):
        for index, clause in enumerate(new):
            found = next((place for place, one in left.items() if same(one, clause)), None)
            if index not in pairs and found is not None:
                pairs[index] = found
                del left[found]
    come = {index: clause for index, clause in enumerate(new) if index not in pairs}
    for _, index, place in _most_alike(left, come):
        if index in come and place in left:
            pairs[index] = place
            del come[index], left[place]
    return pairs


def _most_alike(
    left: dict[int, ClauseText], come: dict[int, ClauseText]
) -> list[tuple[float, int, int]]:
    """Return the pairs alike enough to be one clause rewritten, the most alike first."""
    scores = [
        (_likeness(one, clause) + _SAME_NUMBER * (one.number == clause.number), index, place)
        for index, clause in come.items()
        for place, one in left.items()
    ]
    return sorted(
        (score for score in scores if score[0] >= _ALIKE), key=lambda one: (-one[0], *one[1:])
    )


def _same_clause(a: ClauseText, b: ClauseText) -> bool:
    return a == b


def _same_words(a: ClauseText, b: ClauseText) -> bool:
    return _plain(a) == _plain(b)


def _plain(clause: ClauseText) -> list[str]:
    return f"{clause.heading} {clause.text}".split()


def _likeness(a: ClauseText, b: ClauseText) -> float:
    """Return the share of words two clauses have in common, from 0 to 1."""
    first, second = Counter(_plain(a)), Counter(_plain(b))
    return 2 * (first & second).total() / max(first.total() + second.total(), 1)


def _longest_rising(places: list[int]) -> set[int]:
    """Return the largest set of places that kept their order; all others were moved."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [index]
        before.append(ends[at - 1] if at else -1)
    kept: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(places[index])
        index = before[index]
    return kept


def _paired(old: ClauseText, new: ClauseText, *, in_order: bool) -> ClauseChange:
    details = tuple(name for name in _DETAILS if getattr(old, name) != getattr(new, name))
    if _words_of(old) != _words_of(new) or details:
        return replace(_one(CHANGED, old, new), details=details)
    return _one(SAME if in_order else MOVED, old, new)


def _words_of(clause: ClauseText) -> tuple[list[str], list[str]]:
    return clause.heading.split(), clause.text.split()


def _one(kind: str, old: ClauseText | None, new: ClauseText | None) -> ClauseChange:
    before = old or ClauseText("", "", "")
    after = new or ClauseText("", "", "")
    return ClauseChange(
        "clause",
        kind,
        before.number,
        after.number,
        word_pieces(before.heading, after.heading),
        word_pieces(before.text, after.text),
    )
