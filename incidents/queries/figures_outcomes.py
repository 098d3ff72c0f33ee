"""Figures of what followed from the incidents of a span of days (REP-02, R-OFS-1).

Restricted incidents are left out altogether. Each function is one query, whatever the number of
rows.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import TruncDate

from common.sections import Period
from incidents.models import (
    Decision,
    Feedback,
    Involvement,
    ParentContact,
    Referral,
    Sanction,
)
from incidents.queries.figures import shown_in
from people.calendar import LONDON
from people.models import Person, School
from policies.models import SanctionCategory

CASE = "incident__"


@dataclass(frozen=True)
class Named:
    """So many of something that the school's policy has a code and a name for."""

    code: str
    name: str
    count: int


@dataclass(frozen=True)
class Decided:
    """Decisions that are alike: when and how they were made, and when the reporter heard.

    ``outcome`` is "suggested", "departed", "waiting" or "returned"; ``told_date`` is empty while
    the reporter was told nothing, and ``excused`` says that there was a reason for that.
    """

    outcome: str
    decided_date: date
    told_date: date | None
    excused: bool | None
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


def decisions_of(school: School, period: Period) -> list[Decided]:
    """Return the latest decision of each incident, those alike counted together."""
    later = Decision.objects.filter(incident=OuterRef("incident"), pk__gt=OuterRef("pk"))
    told = Feedback.objects.filter(incident=OuterRef("incident")).order_by("pk")
    rows = Decision.objects.filter(~Exists(later), shown_in(period, CASE), school=school)
    counted = (
        rows.annotate(told_at=Subquery(told.values("given_at")[:1]))
        .values(
            outcome=Case(
                When(answer__confirmed=False, then=Value("returned")),
                When(needs_confirmation=True, answer=None, then=Value("waiting")),
                When(departure_reason="", then=Value("suggested")),
                default=Value("departed"),
                output_field=CharField(),
            ),
            decided_date=TruncDate("decided_at", tzinfo=LONDON),
            told_date=TruncDate("told_at", tzinfo=LONDON),
            excused=Subquery(
                told.annotate(
                    excused=ExpressionWrapper(~Q(excused_reason=""), output_field=BooleanField())
                ).values("excused")[:1]
            ),
        )
        .annotate(count=Count("pk"))
        .order_by()
    )
    return [Decided(**row) for row in counted]


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


def parents_of(school: School, period: Period) -> dict[str, int]:
    """Return for how many pupils the parents were told, excused with a reason, or neither.

    A pupil counts once for each incident they had any part in; incidents outside scope ask for no
    entry and are left out (INC-12).
    """
    entries = ParentContact.objects.filter(incident=OuterRef("incident"), pupil=OuterRef("person"))
    pupils = (
        Involvement.objects.filter(
            shown_in(period, CASE), school=school, person__kind=Person.Kind.PUPIL
        )
        .exclude(incident__state="out_of_scope")
        .order_by()
    )
    each = pupils.values(
        "incident",
        "person",
        informed=Exists(entries.filter(informed=True)),
        without=Exists(entries.filter(informed=False)),
    ).distinct()
    return each.aggregate(
        told=Count("person", filter=Q(informed=True)),
        excused=Count("person", filter=Q(informed=False, without=True)),
        neither=Count("person", filter=Q(informed=False, without=False)),
    )
