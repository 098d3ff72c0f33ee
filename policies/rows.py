"""A document written to the database as a version's rows, and read back from them."""

from collections import defaultdict
from dataclasses import fields

from django.db.models import F, Value
from django.db.models.functions import Coalesce, Concat, Trim

from policies.document import PolicyDocument, read_document
from policies.document_rows import (
    CategoryRow,
    InfringementRow,
    SanctionTypeRow,
    SpecialCaseRow,
    StepRow,
    ThemeRow,
)
from policies.models import (
    Clause,
    Infringement,
    LadderStep,
    PolicyVersion,
    RiskTheme,
    SanctionCategory,
    SanctionType,
    SpecialCase,
)

_OF = Trim(Concat(F("category__subject"), Value(" "), F("category__code")))


def write_rows(version: PolicyVersion, document: PolicyDocument) -> None:
    """Write every row of a checked document under a draft version, in about a dozen queries."""
    owner = {"school_id": version.school_id, "version": version}
    clauses = _keyed(
        Clause.objects.bulk_create(
            Clause(order=order, number=row.number, title=row.title, text=row.text, **owner)
            for order, row in enumerate(document.clauses, start=1)
        ),
        "number",
    )
    sanctions = _keyed(_write_sanction_types(document, clauses, owner), "code")
    categories = {
        f"{category.subject} {category.code}": category
        for category in _write_categories(document, clauses, owner)
    }
    cases = _keyed(_write_special_cases(document, clauses, owner), "key")
    _write_infringements(document, clauses, categories, owner)
    _write_steps(document, clauses, categories | cases, sanctions, owner)
    RiskTheme.objects.bulk_create(
        RiskTheme(order=order, **vars(row), **owner)
        for order, row in enumerate(document.themes, start=1)
    )


def _keyed(rows, name):
    return {getattr(row, name): row for row in rows}


def _fields(row, *without):
    """Return the values of a row that a model's fields take as they are."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in vars(row).items()
        if name not in {"clause", *without}
    }


def _write_sanction_types(document, clauses, owner):
    return SanctionType.objects.bulk_create(
        SanctionType(order=order, clause=clauses[row.clause], **owner, **_fields(row))
        for order, row in enumerate(document.sanction_types, start=1)
    )


def _write_categories(document, clauses, owner):
    return SanctionCategory.objects.bulk_create(
        SanctionCategory(clause=clauses[row.clause], **owner, **_fields(row))
        for row in document.categories
    )


def _write_special_cases(document, clauses, owner):
    return SpecialCase.objects.bulk_create(
        SpecialCase(order=order, clause=clauses[row.clause], **owner, **_fields(row))
        for order, row in enumerate(document.special_cases, start=1)
    )


def _write_infringements(document, clauses, categories, owner):
    """Write rank by rank, because a repeat points to a row of a lighter category."""
    by_rank = defaultdict(list)
    for order, row in enumerate(document.infringements, start=1):
        rank = categories[row.of].rank if row.of else 0
        by_rank[rank].append((order, row))
    written: dict[tuple[str, str], Infringement] = {}
    for rank in sorted(by_rank):
        rows = Infringement.objects.bulk_create(
            Infringement(
                order=order,
                subject=row.subject,
                category=categories.get(row.of),
                clause=clauses[row.clause],
                repeat_of=written[row.subject, row.repeat_of] if row.repeat_of else None,
                **owner,
                **_fields(row, "of", "repeat_of"),
            )
            for order, row in by_rank[rank]
        )
        written |= {(row.subject, row.key): row for row in rows}


def _write_steps(document, clauses, parents, sanctions, owner):
    LadderStep.objects.bulk_create(
        LadderStep(
            category=parents[row.of] if row.kind != "special" else None,
            special_case=parents[row.of] if row.kind == "special" else None,
            order=row.place,
            clause=clauses[row.clause],
            sanction_type=sanctions[row.sanction] if row.sanction else None,
            **owner,
            **_fields(row, "of", "place", "sanction"),
        )
        for row in document.steps
    )


def document_of(version: PolicyVersion) -> PolicyDocument:
    """Return the document that a version was written from, at the cost of seven queries."""
    sections = {
        "clauses": Clause.objects.filter(version=version).values("number", "title", "text"),
        "sanction_types": _values(SanctionType, version, SanctionTypeRow),
        "categories": _values(SanctionCategory, version, CategoryRow),
        "infringements": _values(
            Infringement, version, InfringementRow, of=_OF, repeat_of=F("repeat_of__key")
        ),
        "special_cases": _values(SpecialCase, version, SpecialCaseRow),
        "steps": _values(
            LadderStep,
            version,
            StepRow,
            of=Coalesce("special_case__key", _OF),
            sanction=F("sanction_type__code"),
        ),
        "themes": _values(RiskTheme, version, ThemeRow),
    }
    plain_sections = {
        name: [{key: value for key, value in row.items() if value is not None} for row in rows]
        for name, rows in sections.items()
    }
    return read_document({"title": version.title, **plain_sections})


def _values(model, version, kind, **expressions):
    """Return rows as dictionaries with the names that a row of the document has."""
    names = {field.name for field in fields(kind)} - {"clause", "place", *expressions}
    if "clause" in kind.__dataclass_fields__:
        expressions["clause"] = F("clause__number")
    aliases = {f"_{name}": expression for name, expression in expressions.items()}
    rows = model.objects.filter(version=version).order_by(
        "rank" if model is SanctionCategory else "order"
    )
    found = rows.annotate(**aliases).values(*names, *aliases)
    return [{name.removeprefix("_"): value for name, value in row.items()} for row in found]
