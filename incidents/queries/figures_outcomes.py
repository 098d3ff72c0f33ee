"""Figures of what followed from the incidents of a span of days (REP-02, R-OFS-1).

Restricted incidents are left out altogether. Each function is one query, whatever the number of
rows.
"""

from collections import Counter
from dataclasses import dataclass

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Case, CharField, Count, Q, Value, When

from common.sections import Period
from incidents.models import ParentContact, Referral, Sanction
from incidents.queries.figures import shown_in
from people.models import School
from policies.models import SanctionCategory

CASE = "incident__"


@dataclass(frozen=True)
class Named:
    """So many of something that the school's policy has a code and a name for."""

    code: str
    name: str
    count: int


def categories_of(school: School) -> list[SanctionCategory]:
    """Return every category a school ever had, those of the newest version last."""
    rows = SanctionCategory.objects.filter(school=school).select_related("version")
    return list(rows.order_by("version__number", "rank"))


def sanctions_of(school: School, period: Period) -> list[Named]:
    """Return how often each kind of sanction was given, by the newest name of its code."""
    rows = Sanction.objects.filter(shown_in(period, CASE), school=school)
    counted = (
        rows.values("kind__code", "kind__label", "kind__order", "kind__version__number")
        .annotate(count=Count("pk"))
        .order_by("kind__version__number", "kind__order")
    )
    totals: dict[str, int] = {}
    names: dict[str, str] = {}
    for row in counted:
        code = row["kind__code"]
        names[code] = row["kind__label"]
        totals[code] = totals.get(code, 0) + row["count"]
    return [Named(code, names[code], count) for code, count in totals.items()]


def referrals_of(school: School, period: Period) -> dict[str, list[Named]]:
    """Return the referrals of each outcome ("made", "excused", "open") by agency."""
    rows = Referral.objects.filter(shown_in(period, CASE), school=school)
    outcome = Case(
        When(made_at__isnull=False, then=Value("made")),
        When(~Q(excused_reason=""), then=Value("excused")),
        default=Value("open"),
        output_field=CharField(),
    )
    counted = (
        rows.values("agency__code", "agency__name", outcome=outcome)
        .annotate(count=Count("pk"))
        .order_by("agency__name", "agency__code")
    )
    found: dict[str, list[Named]] = {"made": [], "excused": [], "open": []}
    for row in counted:
        named = Named(row["agency__code"], row["agency__name"], row["count"])
        found[row["outcome"]].append(named)
    return found


def parents_of(school: School, period: Period) -> Counter[str]:
    """Return for how many pupils the parents were told, or were not told with a reason.

    A pupil counts once for each incident they had any part in; incidents outside scope ask for no
    entry and are left out (INC-12).
    """
    rows = ParentContact.objects.filter(shown_in(period, CASE), school=school)
    each = (
        rows.exclude(incident__state="out_of_scope")
        .order_by()
        .values("incident", "pupil")
        .annotate(any_told=BoolOr("informed"))
    )
    found = each.aggregate(
        told=Count("pupil", filter=Q(any_told=True)),
        excused=Count("pupil", filter=Q(any_told=False)),
    )
    return Counter(found)
