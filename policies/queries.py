"""Read the policy: which version counts on a day, and what its ladder says."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Prefetch, QuerySet

from common.sections import Period
from people.models import School
from policies.models import (
    Clause,
    Infringement,
    LadderInForce,
    LadderStep,
    PolicyVersion,
    RiskTheme,
    SanctionCategory,
    SanctionType,
    SpecialCase,
)
from policies.vocabulary import RiskArea, StepKind, Subject, VersionStatus


@dataclass(frozen=True)
class Suggestion:
    """What the ladder suggests for a case; every step carries its clause (domain feature 22)."""

    category: SanctionCategory
    clause: Clause
    refer_first: list[LadderStep]
    immediate_measures: list[LadderStep]
    sanctions: list[LadderStep]
    escalate: list[LadderStep]
    escalation_measures: list[LadderStep]
    safeguarding: list[LadderStep]
    confirmed_by: str

    @property
    def mandatory(self) -> list[LadderStep]:
        """Return the steps that must be answered whatever is decided."""
        return [step for step in [*self.escalate, *self.safeguarding] if step.mandatory]


def ladder_on(school: School, on_date: date) -> PolicyVersion | None:
    """Return the version in force at a school on a day, or None before the first (INC-14).

    One query. Of entries with the same date the one added last counts.
    """
    entry = ladder_entry_on(school, on_date)
    return entry.version if entry else None


def ladder_entry_on(school: School, on_date: date) -> LadderInForce | None:
    """Return the entry that put a version in force for a day, with the version. One query."""
    return (
        LadderInForce.objects.filter(school=school, from_date__lte=on_date)
        .select_related("version")
        .order_by("-from_date", "-pk")
        .first()
    )


def categories_of(version: PolicyVersion, subject: str) -> list[SanctionCategory]:
    """Return the categories for pupils or for staff, lightest first. One query."""
    return list(
        version.categories.filter(subject=subject).select_related("clause").order_by("rank")
    )


def infringement_rows(version: PolicyVersion, subject: str) -> list[Infringement]:
    """Return the infringements in use for pupils or staff, with category and clause. One query.

    Rows that are about anyone and belong to no category come last.
    """
    return list(
        version.infringements.filter(subject__in=[subject, Subject.ANYONE], active=True)
        .select_related("category", "clause")
        .order_by("category__rank", "order")
    )


def infringements_for(
    version: PolicyVersion, subject: str
) -> list[tuple[SanctionCategory | None, list[Infringement]]]:
    """Return the infringements grouped by category, for a choice list. One query.

    The last group has no category: what is recorded there is no matter of sanctions.
    """
    rows = infringement_rows(version, subject)
    return [(category, list(group)) for category, group in groupby(rows, lambda r: r.category)]


def infringement_of(version: PolicyVersion, subject: str, key: str) -> Infringement | None:
    """Return one infringement by its key, with category and clause. One query."""
    return (
        version.infringements.filter(subject__in=[subject, Subject.ANYONE], key=key)
        .select_related("category__clause", "clause")
        .first()
    )


def steps_for(category: SanctionCategory, kind: str = "") -> list[LadderStep]:
    """Return the steps of a category, all or of one kind, in order. One query."""
    steps = category.steps.select_related("clause", "sanction_type").order_by("kind", "order")
    return list(steps.filter(kind=kind) if kind else steps)


def suggestion_for(category: SanctionCategory) -> Suggestion:
    """Return what the ladder suggests for a category, each step with its clause (INC-14, INC-17).

    One query when the category was read with its clause. The suggestion decides nothing: leaders
    decide, and say why when they depart from it (INC-15).
    """
    by_kind: dict[str, list[LadderStep]] = {kind: [] for kind in StepKind.values}
    for step in steps_for(category):
        by_kind[step.kind].append(step)
    return Suggestion(
        category=category,
        clause=category.clause,
        refer_first=by_kind[StepKind.REFER_FIRST],
        immediate_measures=by_kind[StepKind.IMMEDIATE_MEASURE],
        sanctions=by_kind[StepKind.SANCTION],
        escalate=by_kind[StepKind.ESCALATE],
        escalation_measures=by_kind[StepKind.ESCALATION_MEASURE],
        safeguarding=by_kind[StepKind.SAFEGUARDING],
        confirmed_by=category.confirmed_by,
    )


def who_confirms(category: SanctionCategory, decider_roles: frozenset[str] = frozenset()) -> str:
    """Return the role that must confirm a decision in this category, or "" when none must.

    Nobody confirms their own decision: where the person who decides holds the confirming role,
    the decision already is the one the ladder asks for (INC-15).
    """
    return "" if category.confirmed_by in decider_roles else category.confirmed_by


def sanction_types_for(version: PolicyVersion, subject: str) -> list[SanctionType]:
    """Return the sanctions the school uses for pupils or staff, in the policy's order (INC-17)."""
    return list(
        version.sanction_types.filter(subject__in=[subject, Subject.ANYONE]).select_related(
            "clause"
        )
    )


def special_case_on(version: PolicyVersion, trigger: str) -> SpecialCase | None:
    """Return the special case in use for a circumstance, its steps ready. Two queries."""
    return _with_steps(version.special_cases.filter(trigger=trigger, active=True)).first()


def special_cases_of(version: PolicyVersion) -> list[SpecialCase]:
    """Return the special cases in use, each with its steps ready. Two queries."""
    return list(_with_steps(version.special_cases.filter(active=True)))


def _with_steps(cases: QuerySet[SpecialCase]) -> QuerySet[SpecialCase]:
    steps = LadderStep.objects.select_related("clause", "sanction_type").order_by("order")
    return cases.select_related("clause").prefetch_related(Prefetch("steps", queryset=steps))


def themes_of(version: PolicyVersion) -> list[tuple[str, list[RiskTheme]]]:
    """Return the themes in use by area (INC-13, R-KCSIE-3). One query."""
    themes = list(version.themes.filter(active=True))
    return [
        (str(area.label), [theme for theme in themes if theme.area == area.value])
        for area in RiskArea
    ]


def clauses_of(version: PolicyVersion) -> list[Clause]:
    """Return the numbered clauses in order. One query."""
    return list(version.clauses.all())


def versions_of(school: School) -> QuerySet[PolicyVersion]:
    """Return a school's versions, newest first, with their authors."""
    return PolicyVersion.objects.filter(school=school).select_related(
        "created_by", "published_by", "based_on"
    )


def version_of(school: School, number: int) -> PolicyVersion | None:
    """Return one version of a school by its number. One query."""
    return versions_of(school).filter(number=number).first()


def newest_version(school: School) -> PolicyVersion | None:
    """Return the version written last, published or not. One query."""
    return versions_of(school).order_by("-number").first()


def published_versions_of(school: School) -> QuerySet[PolicyVersion]:
    """Return the versions everybody may read, newest first."""
    return versions_of(school).filter(status=VersionStatus.PUBLISHED)


def entries_of(school: School) -> list[LadderInForce]:
    """Return when which version was put in force and by whom, latest first. One query."""
    return list(LadderInForce.objects.filter(school=school).select_related("version", "set_by"))


def entries_on(version: PolicyVersion) -> list[LadderInForce]:
    """Return when a version was put in force and by whom, latest first. One query."""
    return list(version.in_force.select_related("set_by").order_by("-from_date", "-pk"))


def versions_published(school: School, period: Period) -> int:
    """Return how many versions were published in a span of days. One query."""
    rows = published_versions_of(school)
    return rows.filter(published_at__gte=period.begins_at, published_at__lt=period.ends_at).count()


def versions_put_in_force(school: School, period: Period) -> int:
    """Return how often a version came into force in a span of days. One query."""
    rows = LadderInForce.objects.filter(school=school)
    return rows.filter(from_date__range=(period.start, period.end)).count()
