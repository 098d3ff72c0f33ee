"""Incidents of several spans of days beside each other, by category, for dashboards (REP-17)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, Value, When

from common.sections import Period
from incidents.models import Incident
from incidents.queries.figures import counted_in
from people.models import School

RESTRICTED, NONE, UNCLASSIFIED = "restricted", "none", "unclassified"


def categories_by_period(
    school: School, periods: Sequence[Period]
) -> list[Counter[tuple[str, int | None]]]:
    """Return for each span how many incidents there were of each category. One query.

    Counted as ``profile_of`` does: by the day of the report, as classified now, without those about
    the headteacher. A key is
    ("", category) or one of "restricted", "none" and "unclassified" with None. Spans do not
    overlap.
    """
    found: list[Counter[tuple[str, int | None]]] = [Counter() for _ in periods]
    if not periods:
        return found
    span = Case(
        *(When(counted_in(period), then=Value(n)) for n, period in enumerate(periods)),
        output_field=IntegerField(),
    )
    within = Q()
    for period in periods:
        within |= counted_in(period)
    rows = Incident.objects.filter(within, school=school).order_by()
    counted = rows.values(
        "category",
        span=span,
        restricted=_is(~Q(restriction="")),
        classified=_is(Q(classified_at__isnull=False)),
    ).annotate(count=Count("pk"))
    for row in counted:
        found[row["span"]][_key(row)] += row["count"]
    return found


def _key(row: Mapping[str, Any]) -> tuple[str, int | None]:
    if row["restricted"]:
        return RESTRICTED, None
    if row["category"]:
        return "", row["category"]
    return (NONE if row["classified"] else UNCLASSIFIED), None


def _is(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
