"""Figures of incidents over a span of days, for the report to governors (REP-02, R-OFS-1).

An incident counts in the span in which it was reported, by the school's own date, as it is
classified when it is counted. One about the headteacher counts nowhere: the headteacher could tell
from a total that there is one (INC-09). Other restricted incidents are counted by ``profile_of``
alone; nothing else here looks at them. Each function is one query, whatever the number of rows.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    CharField,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractHour, TruncDate

from common.sections import Period
from incidents.models import Event, Incident
from incidents.vocabulary import EventKind, Restriction
from people.calendar import LONDON
from people.models import School

ENDINGS = (EventKind.CLOSED, EventKind.OUT_OF_SCOPE, EventKind.REOPENED)


@dataclass(frozen=True)
class Alike:
    """How many incidents of a span are alike in all that the tables tell apart."""

    subject_kind: str
    restricted: bool
    category: int | None
    classified: bool
    severity: str
    place: str
    areas: tuple[str, ...]
    late: bool
    reopened: bool
    standing: str
    count: int


@dataclass(frozen=True)
class Speed:
    """How long something took in the middle of so many incidents; half took longer."""

    median: timedelta | None
    count: int


class Median(Aggregate):
    """The middle of some lengths of time; half lie on each side."""

    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def reported_in(period: Period, prefix: str = "") -> Q:
    """Return the condition that an incident was reported in a span of days."""
    moment = f"{prefix}reported_at"
    return Q(**{f"{moment}__gte": period.begins_at, f"{moment}__lt": period.ends_at})


def counted_in(period: Period) -> Q:
    """Return the condition that an incident of a span counts: not one about the headteacher."""
    return reported_in(period) & ~Q(restriction=Restriction.HEAD)


def shown_in(period: Period, prefix: str = "") -> Q:
    """Return the condition that an incident was reported in a span and is not restricted."""
    return reported_in(period, prefix) & Q(**{f"{prefix}restriction": ""})


def incidents_in(school: School, period: Period) -> QuerySet[Incident, Incident]:
    """Return the incidents of a span that are not restricted, in no order."""
    return Incident.objects.filter(shown_in(period), school=school).order_by()


def profile_of(school: School, period: Period) -> list[Alike]:
    """Return the incidents of a span that count, restricted ones too, by what they are like.

    ``standing`` is what had become of one by the end of the span: "closed", "out_of_scope" or
    "open", also when it was closed or opened again later.
    """
    rows = Incident.objects.filter(counted_in(period), school=school).order_by()
    reopenings = Event.objects.filter(incident=OuterRef("pk"), kind=EventKind.REOPENED)
    counted = rows.values(
        "subject_kind",
        "severity",
        "place",
        "areas",
        "late",
        "category",
        restricted=_is(~Q(restriction="")),
        classified=_is(Q(classified_at__isnull=False)),
        reopened=Exists(reopenings),
        standing=_standing(period.ends_at),
    ).annotate(count=Count("pk"))
    return [_alike(dict(row)) for row in counted]


def _alike(row: dict[str, Any]) -> Alike:
    return Alike(**row | {"areas": tuple(sorted(set(row["areas"])))})


def _is(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _standing(moment: datetime) -> Case:
    """Return what had become of an incident by a moment.

    Who closed it last says it when that was before; otherwise the chronology does, since an
    incident that is opened again forgets when it was closed.
    """
    endings = Event.objects.filter(incident=OuterRef("pk"), kind__in=ENDINGS, at__lt=moment)
    last = endings.order_by("-at", "-pk").values("kind")[:1]
    return Case(
        When(closed_at__lt=moment, then=F("state")),
        default=Coalesce(Subquery(last), Value("open"), output_field=CharField()),
        output_field=CharField(),
    )


def moments_of(school: School, period: Period) -> list[tuple[date, int, int]]:
    """Return on which local day and in which hour incidents happened: (day, hour, how many)."""
    rows = incidents_in(school, period).values(
        day=TruncDate("occurred_at", tzinfo=LONDON), hour=ExtractHour("occurred_at", tzinfo=LONDON)
    )
    counted = rows.annotate(count=Count("pk"))
    return [(row["day"], row["hour"], row["count"]) for row in counted]


def speeds_of(school: School, period: Period) -> dict[str, Speed]:
    """Return how long incidents took from the report to their opening, and to their closing.

    Only those opened, and only those closed and not found outside scope.
    """
    closed = Q(state="closed")
    found = incidents_in(school, period).aggregate(
        opened=Count("opened_at"),
        to_open=Median(F("opened_at") - F("reported_at")),
        closed=Count("pk", filter=closed),
        to_close=Median(F("closed_at") - F("reported_at"), filter=closed),
    )
    return {
        "open": Speed(found["to_open"], found["opened"]),
        "close": Speed(found["to_close"], found["closed"]),
    }
