"""The register as its pages show it: what each profile blocks and allows, as at a moment."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from filtering.categories import Category, categories_of, label_of
from filtering.models import Profile, Rule, Service
from filtering.queries.provision import (
    baseline_of,
    in_force,
    profiles_in_force,
    rules_in_force,
    services_in_force,
)
from filtering.vocabulary import Direction, ServiceKind, TargetKind
from people.models import School


@dataclass(frozen=True)
class CategoryShown:
    """A category with the rules that hold for it; none means that nothing is set."""

    category: Category
    rules: list[Rule]


@dataclass(frozen=True)
class MatrixRow:
    """A category with, for each profile in turn, the rules that hold."""

    category: Category
    cells: list[tuple[Profile, list[Rule]]]


def products_at(school: School, at: datetime) -> list[tuple[str, list[Service]]]:
    """Return the products in use at a moment by kind, in the order of the kinds (FIL-01)."""
    by_kind: dict[str, list[Service]] = defaultdict(list)
    for service in services_in_force(school, at):
        by_kind[service.kind].append(service)
    return [(kind.label, by_kind[kind]) for kind in ServiceKind if by_kind[kind]]


def profiles_at(school: School, at: datetime) -> list[Profile]:
    """Return the profiles at a moment with ``product`` as it was then and ``blocked``, ``allowed``.

    The two count web addresses with a rule of their own.
    """
    rules = in_force(Rule.objects.filter(school=school, kind=TargetKind.ADDRESS), at)
    counted = rules.order_by().values_list("profile", "direction").annotate(count=Count("pk"))
    counts = {(profile, direction): count for profile, direction, count in counted}
    products = products_by_number(school, at)
    found: Any = list(profiles_in_force(school, at))
    for profile in found:
        profile.product = products.get(profile.service_id, profile.service)
        profile.blocked = counts.get((profile.pk, Direction.BLOCK), 0)
        profile.allowed = counts.get((profile.pk, Direction.ALLOW), 0)
    return found


def products_by_number(school: School, at: datetime) -> dict[int, Service]:
    """Return by the number of any row of a product the row that was in force at a moment."""
    rows = {row.pk: row for row in Service.objects.filter(school=school)}
    standing = set(in_force(Service.objects.filter(school=school), at).values_list("pk", flat=True))

    def first(row: Service) -> int:
        while row.replaces_id:
            row = rows[row.replaces_id]
        return row.pk

    by_first = {first(rows[number]): rows[number] for number in standing}
    return {number: by_first[first(row)] for number, row in rows.items() if first(row) in by_first}


def matrix_at(school: School, profiles: list[Profile], at: datetime) -> list[MatrixRow]:
    """Return category by category what each profile does with it at a moment. One query."""
    rules = rules_in_force(school, at).filter(kind=TargetKind.CATEGORY)
    held: dict[tuple[int, str], list[Rule]] = defaultdict(list)
    for rule in rules:
        held[rule.profile_id, rule.target].append(rule)
    # A category the school has since taken off its list was still blocked or allowed then.
    known = categories_of(school)
    gone = {code: Category(code, label_of(code)) for _, code in held if code not in known}
    return [
        MatrixRow(category, [(one, held[one.pk, code]) for one in profiles])
        for code, category in (known | gone).items()
    ]


def categories_at(profile: Profile, at: datetime) -> list[CategoryShown]:
    """Return what a profile does with each category at a moment, and why. One query."""
    rows = matrix_at(profile.school, [profile], at)
    return [CategoryShown(row.category, row.cells[0][1]) for row in rows]


def addresses_at(profile: Profile, at: datetime) -> QuerySet[Rule, Rule]:
    """Return the web addresses with a rule of their own in a profile at a moment."""
    rows = rules_in_force(profile.school, at)
    return rows.filter(profile=profile, kind=TargetKind.ADDRESS).order_by("domain", "target", "pk")


def profiles_to_confirm(school: School, at: datetime) -> list[Profile]:
    """Return the profiles whose baseline is entered and waits for the headteacher (FIL-02)."""
    waiting = profiles_in_force(school, at).filter(confirmed_at=None)
    return [profile for profile in waiting if baseline_of(profile)]
