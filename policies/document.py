"""A version's content as plain rows: read from YAML, edited, and written to the database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from typing import Any

from common.errors import Refusal
from policies.document_rows import (
    SECTIONS,
    CategoryRow,
    ClauseRow,
    InfringementRow,
    SanctionTypeRow,
    SpecialCaseRow,
    StepRow,
    ThemeRow,
)
from policies.vocabulary import StepKind

Row = Any


@dataclass(frozen=True)
class Change:
    """One change to a document: new values of a row, a new row (no identity), or its removal."""

    section: str
    identity: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    remove: bool = False


@dataclass(frozen=True)
class PolicyDocument:
    """The whole content of a version."""

    title: str
    clauses: tuple[ClauseRow, ...] = ()
    sanction_types: tuple[SanctionTypeRow, ...] = ()
    categories: tuple[CategoryRow, ...] = ()
    infringements: tuple[InfringementRow, ...] = ()
    special_cases: tuple[SpecialCaseRow, ...] = ()
    steps: tuple[StepRow, ...] = ()
    themes: tuple[ThemeRow, ...] = ()

    def row(self, section: str, identity: str) -> Row | None:
        """Return the row of a section by its identity, or None."""
        return next((row for row in getattr(self, section) if row.identity == identity), None)


def read_document(data: Mapping[str, Any]) -> PolicyDocument:
    """Return the document that plain data describes; refuses what it does not know."""
    unknown = set(data) - {"title", *SECTIONS}
    if unknown or not str(data.get("title", "")).strip():
        raise Refusal(f"This policy file cannot be read: check {', '.join(unknown) or 'title'}.")
    sections = {
        name: [_read_row(name, entry) for entry in data.get(name) or []] for name in SECTIONS
    }
    return _settle(str(data["title"]), sections)


def change_document(document: PolicyDocument, changes: Iterable[Change]) -> PolicyDocument:
    """Return the document with changes made; refuses a change to a row that is not there.

    Identities are those of the document as it was, so the order of changes does not matter.
    """
    sections: dict[str, list[Row]] = {name: list(getattr(document, name)) for name in SECTIONS}
    for change in changes:
        if change.section not in SECTIONS:
            raise Refusal(f"A policy has no part called “{change.section}”.")
        rows = sections[change.section]
        if not change.identity:
            rows.append(_read_row(change.section, change.values))
            continue
        index = _index(rows, change)
        if change.remove:
            del rows[index]
        else:
            rows[index] = _changed(change, rows[index])
    return _settle(document.title, sections)


def plain(document: PolicyDocument) -> dict[str, Any]:
    """Return the document as plain data without default values, as a policy file holds it."""
    data: dict[str, Any] = {"title": document.title}
    for name in SECTIONS:
        data[name] = [_plain_row(row) for row in getattr(document, name)]
    return data


def _read_row(section: str, values: Mapping[str, Any]) -> Row:
    kind = SECTIONS[section]
    known = {entry.name for entry in fields(kind)} - {"place"}
    needed = {entry.name for entry in fields(kind) if entry.default is MISSING}
    if set(values) - known or needed - set(values):
        odd = sorted((set(values) - known) | (needed - set(values)))
        raise Refusal(f"A row of {section} cannot be read: check {', '.join(odd)}.")
    return kind(**{name: _settled(value) for name, value in values.items()})


def _index(rows: list[Row], change: Change) -> int:
    for index, row in enumerate(rows):
        if row.identity == change.identity:
            return index
    raise Refusal(f"This version has no “{change.identity}” among its {change.section}.")


def _changed(change: Change, row: Row) -> Row:
    known = {entry.name for entry in fields(row)} - {"place"}
    if set(change.values) - known:
        odd = ", ".join(sorted(set(change.values) - known))
        raise Refusal(f"A row of {change.section} cannot be changed: check {odd}.")
    return replace(row, **{name: _settled(value) for name, value in change.values.items()})


def _settled(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _settle(title: str, sections: dict[str, list[Row]]) -> PolicyDocument:
    """Bring rows in their order, number the steps, fill in clauses taken from a category."""
    sections["categories"].sort(key=lambda row: (row.subject, row.rank))
    parents = [row.identity for row in sections["categories"] + sections["special_cases"]]
    clause_of = {row.identity: row.clause for row in sections["categories"]}
    clause_of |= {row.identity: row.clause for row in sections["special_cases"]}
    counted: Counter[tuple[str, str]] = Counter()
    steps = []
    for row in sorted(sections["steps"], key=lambda row: _step_order(row, parents)):
        counted[row.of, row.kind] += 1
        steps.append(
            replace(
                row,
                clause=row.clause or clause_of.get(row.of, ""),
                place=counted[row.of, row.kind],
            )
        )
    infringements = [
        replace(row, clause=row.clause or clause_of.get(row.of, ""))
        for row in sections["infringements"]
    ]
    settled = sections | {"steps": steps, "infringements": infringements}
    return PolicyDocument(title, **{name: tuple(rows) for name, rows in settled.items()})


def _step_order(row: StepRow, parents: list[str]) -> tuple[int, int]:
    kinds = StepKind.values
    return (
        parents.index(row.of) if row.of in parents else len(parents),
        kinds.index(row.kind) if row.kind in kinds else len(kinds),
    )


def _plain_row(row: Row) -> dict[str, Any]:
    return {
        entry.name: list(value) if isinstance(value, tuple) else value
        for entry in fields(row)
        if entry.name != "place" and (value := getattr(row, entry.name)) != entry.default
    }
