"""Figures of agreements and consents over a span of days, for the report to governors (REP-06).

Coverage is told as it stood at the end of the span. What somebody was asked keeps its latest state
and since when; where it changed later, the signature says what it was before, and a round that was
replaced later without a signature of its own had been answered, because only such are replaced.
Each function is one query, whatever the number of rows.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When

from agreements.models import Agreement, Consent, Obligation, Signature
from agreements.workflow import MET, PAST
from common.sections import Period
from people.models import School


def audience_of_agreements(school: School) -> dict[str, str]:
    """Return who signs each agreement of a school, by its code. One query."""
    return dict(Agreement.objects.filter(school=school).values_list("code", "audience"))


@dataclass(frozen=True)
class Answered:
    """What those asked had done by the end: "done", "declined" or "waiting", by audience."""

    audience: str
    standing: str
    count: int


def answers_of(school: School, period: Period) -> list[Answered]:
    """Return how many were asked and what they had done by the end of a span."""
    end = period.ends_at
    counted = (
        Obligation.objects.filter(school=school, issued_at__lt=end)
        .exclude(state__in=PAST, changed_at__lt=end)
        .values("agreement__audience", standing=_standing(period))
        .annotate(count=Count("pk"))
        .order_by()
    )
    return [Answered(row["agreement__audience"], row["standing"], row["count"]) for row in counted]


def _standing(period: Period) -> Case:
    end = period.ends_at
    signatures = Signature.objects.filter(obligation=OuterRef("pk"), signed_at__lt=end)
    good = signatures.exclude(end__at__lt=end).exclude(countersignature__at__gte=end)
    by_then = Q(changed_at__lt=end)
    return Case(
        When(by_then & Q(state__in=MET), then=Value("done")),
        When(by_then & Q(state__in=["declined", "withdrawn"]), then=Value("declined")),
        When(by_then, then=Value("waiting")),
        When(Exists(good), then=Value("done")),
        When(Exists(signatures), then=Value("waiting")),
        When(state="superseded", then=Value("done")),
        default=Value("waiting"),
        output_field=CharField(),
    )


def signatures_given(school: School, period: Period) -> Counter[str]:
    """Return how many signatures were given in a span by audience, those ended later too."""
    rows = _within(Signature.objects.filter(school=school), "signed_at", period)
    counted = rows.values("version__agreement__audience").annotate(count=Count("pk")).order_by()
    return Counter({row["version__agreement__audience"]: row["count"] for row in counted})


def consents_given(school: School, period: Period) -> Counter[str]:
    """Return how many answers about consent were written down in a span, by the answer."""
    rows = _within(Consent.objects.filter(school=school), "recorded_at", period)
    counted = rows.values("answer").annotate(count=Count("pk")).order_by()
    return Counter({row["answer"]: row["count"] for row in counted})


def _within(rows: QuerySet, field: str, period: Period) -> QuerySet:
    return rows.filter(**{f"{field}__gte": period.begins_at, f"{field}__lt": period.ends_at})
