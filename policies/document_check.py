"""Whether a document hangs together: every name it uses exists, every repeat leads upward."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from common.errors import Refusal
from policies.document import PolicyDocument
from policies.document_rows import SECTIONS
from policies.vocabulary import (
    AccessScope,
    Agency,
    Creates,
    RiskArea,
    StepKind,
    Subject,
    Trigger,
)
from roles.catalogue import BY_CODE

_CHOICES: dict[str, dict[str, Any]] = {
    "sanction_types": {"subject": Subject, "scopes": AccessScope, "agencies": Agency},
    "categories": {"subject": Subject},
    "infringements": {"creates": Creates},
    "special_cases": {"subject": Subject, "trigger": Trigger},
    "steps": {"kind": StepKind, "agency": Agency, "scope": AccessScope, "creates": Creates},
    "themes": {"area": RiskArea},
}
_ROLES = {
    "sanction_types": ("given_by",),
    "categories": ("decided_by", "confirmed_by"),
    "special_cases": ("authorised_by",),
    "steps": ("role_code",),
}


def check_document(document: PolicyDocument) -> None:
    """Refuse, in words, a document that the database could not hold as a ladder (INC-14)."""
    _check_unique(document)
    _check_choices(document)
    _check_roles(document)
    _check_references(document)
    _check_repeats(document)
    _check_steps(document)
    _check_flags(document)


def _check_unique(document: PolicyDocument) -> None:
    for section in SECTIONS:
        counted = Counter(row.identity for row in getattr(document, section))
        for identity, count in counted.items():
            if count > 1:
                raise Refusal(f"“{identity}” stands twice in {section}. Give each its own.")
    ranks = Counter((row.subject, row.rank) for row in document.categories)
    if any(count > 1 for count in ranks.values()):
        raise Refusal("Two categories share a rank. Give each category of a ladder its own rank.")


def _check_choices(document: PolicyDocument) -> None:
    for section, choices in _CHOICES.items():
        for row in getattr(document, section):
            for name, choice in choices.items():
                _check_values(row, name, choice.values)


def _check_roles(document: PolicyDocument) -> None:
    for section, names in _ROLES.items():
        for row in getattr(document, section):
            for name in names:
                _check_values(row, name, BY_CODE)
    for category in document.categories:
        if not category.decided_by:
            raise Refusal(f"“{category.name}” needs to say who may decide.")


def _check_values(row: Any, name: str, known: Iterable[str]) -> None:
    value = getattr(row, name)
    for one in value if isinstance(value, tuple) else (value,):
        if one and one not in known:
            raise Refusal(f"“{row.identity}”: “{one}” is not a known {name}.")


def _check_references(document: PolicyDocument) -> None:
    clauses = {row.identity for row in document.clauses}
    for section in SECTIONS:
        for row in getattr(document, section):
            if hasattr(row, "clause"):
                _known(row, row.clause, clauses, "clause")
    categories = {row.identity for row in document.categories}
    cases = {row.identity for row in document.special_cases}
    sanctions = {row.identity for row in document.sanction_types}
    for infringement in document.infringements:
        if infringement.of:
            _known(infringement, infringement.of, categories, "category")
    for step in document.steps:
        _known(step, step.of, categories | cases, "category or special case")
        if step.sanction:
            _known(step, step.sanction, sanctions, "sanction")


def _known(row: Any, name: str, names: Iterable[str], kind: str) -> None:
    if name not in names:
        raise Refusal(f"“{row.identity}” names the {kind} “{name}”, which this version lacks.")


def _check_repeats(document: PolicyDocument) -> None:
    rank = {row.identity: row.rank for row in document.categories}
    for row in document.infringements:
        if not row.repeat_of:
            continue
        first = document.row("infringements", f"{row.subject} {row.repeat_of}")
        if first is None or rank.get(first.of, 0) >= rank.get(row.of, 0) or row.repeats_any:
            raise Refusal(
                f"“{row.label}” repeats “{row.repeat_of}”. A repeat must belong to a heavier "
                "category of the same list than what it repeats."
            )


def _check_steps(document: PolicyDocument) -> None:
    cases = {row.identity for row in document.special_cases}
    for step in document.steps:
        if (step.kind == StepKind.SPECIAL) != (step.of in cases):
            raise Refusal(f"“{step.label}”: only a special case has steps of the kind “special”.")
        referral = step.kind in {StepKind.REFER_FIRST, StepKind.ESCALATE}
        if referral and not (step.role_code or step.agency):
            raise Refusal(f"“{step.label}” needs to say which role or agency the case goes to.")
        if step.role_code and step.agency:
            raise Refusal(f"“{step.label}” may go to a role or to an agency, not to both.")


def _check_flags(document: PolicyDocument) -> None:
    for theme in document.themes:
        if theme.indecent_imagery and not theme.serious_harm:
            raise Refusal(f"“{theme.label}” may involve indecent images: mark it as serious harm.")
    for sanction in document.sanction_types:
        if sanction.is_referral and not sanction.agencies:
            raise Refusal(f"“{sanction.label}” is a referral: name the agencies it may go to.")
