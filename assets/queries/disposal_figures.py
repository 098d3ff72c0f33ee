"""Count what was disposed of in a span of days (REP-01)."""

from collections import Counter

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.timezone import localdate

from assets.models import BatchItem, DisposalBatch, Sanitisation
from assets.vocabulary import Result
from common.sections import Period
from people.models import School


def disposed_by_route(school: School, period: Period) -> tuple[Counter[str], Counter[str]]:
    """Return how many disposals were closed and how many devices they held, by route. One query."""
    rows = DisposalBatch.objects.filter(school=school, **_closed(period, "")).order_by()
    inside = Q(items__removed_at=None)
    counted = rows.values_list("route").annotate(
        batches=Count("pk", distinct=True), devices=Count("items", filter=inside, distinct=True)
    )
    batches, devices = Counter[str](), Counter[str]()
    for route, many, held in counted:
        batches[route], devices[route] = many, held
    return batches, devices


def media_by_method(school: School, period: Period) -> Counter[str]:
    """Return how media of closed disposals were wiped or destroyed in the end. One query.

    Each medium counts once, and not that of a device that was taken out again.
    """
    done = Sanitisation.objects.filter(school=school, result=Result.DONE)
    again = done.filter(batch=OuterRef("batch"), medium=OuterRef("medium"), pk__gt=OuterRef("pk"))
    inside = BatchItem.objects.filter(
        batch=OuterRef("batch"), asset=OuterRef("medium__asset"), removed_at=None
    )
    rows = done.filter(Exists(inside), ~Exists(again), **_closed(period, "batch__"))
    counted = rows.order_by().values_list("method").annotate(Count("pk"))
    return Counter(dict(counted))


def papers_late_at_end(school: School, period: Period) -> int:
    """Return how many disposals waited for papers past their day as a period ended. One query."""
    day = min(localdate(), period.end)
    rows = DisposalBatch.objects.filter(school=school, papers_due_date__lt=day)
    still = Q(finished_at=None) | Q(finished_at__gte=period.ends_at)
    return rows.filter(still).count()


def _closed(period: Period, prefix: str) -> dict[str, object]:
    name = f"{prefix}finished_at"
    return {f"{name}__gte": period.begins_at, f"{name}__lt": period.ends_at}
