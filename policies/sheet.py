"""A version laid out for reading and printing: the sheet of breaches and what follows (INC-52)."""

from collections import defaultdict
from dataclasses import dataclass

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
from policies.queries import clauses_of, special_cases_of, themes_of
from policies.vocabulary import StepKind, Subject
from roles.queries import roles_of

EVERYONE = ""


@dataclass(frozen=True)
class Rung:
    """One category with everything that belongs to it."""

    category: SanctionCategory
    infringements: list[Infringement]
    steps: list[tuple[str, list[LadderStep]]]
    decided_by: str
    confirmed_by: str

    @property
    def first_referral(self) -> str:
        """Return to whom a case of this category goes first, in words."""
        return self._labels(StepKind.REFER_FIRST)

    @property
    def what_can_follow(self) -> str:
        """Return the sanctions and measures of this category, in words."""
        return self._labels(
            StepKind.IMMEDIATE_MEASURE, StepKind.SANCTION, StepKind.ESCALATION_MEASURE
        )

    def _labels(self, *kinds: StepKind) -> str:
        names = [kind.label for kind in kinds]
        return "; ".join(
            step.label for label, steps in self.steps for step in steps if label in names
        )


@dataclass(frozen=True)
class Part:
    """The ladder for pupils or for staff."""

    subject: str
    label: str
    rungs: list[Rung]


@dataclass(frozen=True)
class Sheet:
    """The whole of a version for one audience."""

    version: PolicyVersion
    parts: list[Part]
    without_category: list[Infringement]
    sanction_types: list[tuple[SanctionType, str]]
    special_cases: list[SpecialCase]
    themes: list[tuple[str, list[RiskTheme]]]
    clauses: list[Clause]


def sheet_of(version: PolicyVersion, audience: str = EVERYONE) -> Sheet:
    """Return a version for everyone, for pupils or for staff, at the cost of nine queries.

    The pupils' sheet leaves out what is for staff alone: special cases and the risk themes.
    """
    subjects = [audience] if audience else [Subject.PUPIL.value, Subject.STAFF.value]
    for_staff = audience != Subject.PUPIL
    roles = {role.code: role.label for role in roles_of(version.school)}
    infringements = list(
        version.infringements.filter(active=True)
        .select_related("clause", "repeat_of")
        .order_by("order")
    )
    return Sheet(
        version=version,
        parts=_parts(version, subjects, infringements, roles),
        without_category=[row for row in infringements if row.category_id is None],
        sanction_types=[
            (row, _names(row.given_by, roles))
            for row in version.sanction_types.filter(subject__in=[*subjects, Subject.ANYONE])
            .select_related("clause")
            .order_by("order")
        ],
        special_cases=special_cases_of(version) if for_staff else [],
        themes=themes_of(version) if for_staff else [],
        clauses=clauses_of(version),
    )


def _parts(
    version: PolicyVersion,
    subjects: list[str],
    infringements: list[Infringement],
    roles: dict[str, str],
) -> list[Part]:
    rows: dict[int | None, list[Infringement]] = defaultdict(list)
    for row in infringements:
        rows[row.category_id].append(row)
    steps: dict[tuple[int | None, str], list[LadderStep]] = defaultdict(list)
    for step in version.steps.select_related("clause").order_by("order"):
        steps[step.category_id, step.kind].append(step)
    rungs: dict[str, list[Rung]] = {subject: [] for subject in subjects}
    for category in version.categories.select_related("clause").order_by("rank"):
        if category.subject in rungs:
            rungs[category.subject].append(
                Rung(
                    category=category,
                    infringements=rows[category.pk],
                    steps=[
                        (str(kind.label), steps[category.pk, kind.value])
                        for kind in StepKind
                        if steps[category.pk, kind.value]
                    ],
                    decided_by=_names(category.decided_by, roles),
                    confirmed_by=_names([category.confirmed_by], roles),
                )
            )
    labels = {Subject.PUPIL: "Pupils", Subject.STAFF: "Staff"}
    return [Part(subject, labels[Subject(subject)], rungs[subject]) for subject in subjects]


def _names(codes: list[str], roles: dict[str, str]) -> str:
    return ", ".join(roles.get(code, code) for code in codes if code)
