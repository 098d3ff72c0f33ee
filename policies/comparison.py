"""What differs between two versions, in words (domain feature 64)."""

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any

from policies.document import PolicyDocument
from policies.vocabulary import AccessScope, Agency, Creates, RiskArea, StepKind
from roles.catalogue import BY_CODE

SECTION_LABELS = {
    "infringements": "Infringements",
    "steps": "Steps and measures",
    "categories": "Categories",
    "clauses": "Clauses",
    "sanction_types": "Sanctions",
    "special_cases": "Special cases",
    "themes": "Risk themes",
}
_FIELD_LABELS = {
    "label": "Words",
    "of": "Belongs to",
    "clause": "Clause",
    "repeat_of": "Repeats",
    "repeats_any": "Repeats any other",
    "requires_prior_warning": "Only after a warning",
    "one_off": "A single occurrence",
    "unreported_accident": "Unreported accident",
    "must_act": "Must be acted on",
    "must_escalate": "Always goes further",
    "creates": "Starts",
    "note": "Note",
    "active": "In use",
    "kind": "Kind of step",
    "when": "When",
    "role_code": "Goes to",
    "agency": "Goes to",
    "sanction": "Sanction",
    "scope": "Covers",
    "scopes": "May cover",
    "mandatory": "Must be answered",
    "decided_by": "Decided by",
    "confirmed_by": "Confirmed by",
    "given_by": "Given by",
    "authorised_by": "Authorised by",
    "needs_end_date": "Needs a last day",
    "serious_harm": "Serious harm",
    "illegal": "Illegal",
    "indecent_imagery": "Indecent imagery",
    "immediate": "The clock starts at once",
    "blocks_device_check": "No device check by the school",
}
_WORDS: dict[str, dict[str, str]] = {
    "agency": dict(Agency.choices),
    "area": dict(RiskArea.choices),
    "creates": dict(Creates.choices),
    "kind": dict(StepKind.choices),
    "scope": dict(AccessScope.choices),
}
_ROLES = {code: seed.label for code, seed in BY_CODE.items()}
_ROLE_FIELDS = ("role_code", "decided_by", "confirmed_by", "given_by", "authorised_by")


@dataclass(frozen=True)
class Difference:
    """One row that was added, taken out or changed."""

    section: str
    label: str
    kind: str
    changes: list[tuple[str, str, str]] = field(default_factory=list)


def compare(before: PolicyDocument, after: PolicyDocument) -> list[Difference]:
    """Return what is different in ``after``, section by section, in the words of the pages."""
    return [
        difference for section in SECTION_LABELS for difference in _compare(section, before, after)
    ]


def in_words(name: str, value: Any) -> str:
    """Return a value of a row as a person reads it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, tuple):
        return ", ".join(in_words(name, one) for one in value) or "Nobody in particular"
    words = _ROLES if name in _ROLE_FIELDS else _WORDS.get(name, {})
    return words.get(value, str(value)) or ("Nobody" if name in _ROLE_FIELDS else "Nothing")


def row_label(row: Any) -> str:
    """Return what a row is called on a page."""
    if hasattr(row, "number"):
        return f"{row.number} {row.title}"
    return str(getattr(row, "label", "") or row.name)


def _compare(section: str, before: PolicyDocument, after: PolicyDocument) -> list[Difference]:
    """Pair rows that are not the same by identity; steps that only moved up are the same."""
    old_rows, new_rows = getattr(before, section), getattr(after, section)
    gone = list((Counter(old_rows) - Counter(new_rows)).elements())
    come = list((Counter(new_rows) - Counter(old_rows)).elements())
    old_by_identity = {row.identity: row for row in gone}
    new_identities = {row.identity for row in come}
    found = [
        Difference(section, row_label(row), "taken out")
        for row in gone
        if row.identity not in new_identities
    ]
    for row in come:
        old = old_by_identity.get(row.identity)
        if old is None:
            found.append(Difference(section, row_label(row), "added"))
        else:
            found.append(Difference(section, row_label(old), "changed", _changes(old, row)))
    return found


def _changes(old: Any, new: Any) -> list[tuple[str, str, str]]:
    names = [one.name for one in fields(new) if one.compare]
    return [
        (
            _FIELD_LABELS.get(name, name.replace("_", " ").capitalize()),
            in_words(name, getattr(old, name)),
            in_words(name, getattr(new, name)),
        )
        for name in names
        if getattr(old, name) != getattr(new, name)
    ]
