"""The figures of items taken from pupils and of searches in a report (MOB-04, MOB-10)."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from assets.models import Confiscation, SearchRecord
from assets.vocabulary import RuleBroken, SearchKind
from common.pages import page_url
from common.sections import Period, Row, Section, Table
from people.models import School

LEAD = (
    "Items count on the day they were taken, searches on the day they were made. What became of "
    "them is told as it was at the end of the period."
)
BACK = {
    "in_time": "Given back in time",
    "late": "Given back later",
    "open": "Not given back by the end of the period",
}
FOUND = {"found": "Something was found", "nothing": "Nothing was found"}
PARENTS = {
    "same_day": "Told on the same day",
    "later": "Told later",
    "untold": "Not told by the end of the period",
}
# The filter of the list that shows what a row counts, where there is one.
FILTERED = {
    "rule": {code: {"rule": code} for code in RuleBroken.values},
    "kind": {code: {"kind": code} for code in SearchKind.values},
    "found": {"found": {"found": "True"}, "nothing": {"found": "False"}},
}


def sections(school: School, period: Period) -> list[Section]:
    """Return the figures of a span of days. Two queries."""
    items, searches = _items(school, period), _searches(school, period)
    taken = _Link(school, period, "confiscation_list", "view_confiscations")
    searched = _Link(school, period, "search_record_list", "view_searches")
    tables = (
        _table("rule", "Why items were taken from pupils", RuleBroken.choices, items, taken),
        _table("back", "What became of items taken", BACK.items(), items, taken),
        _table("kind", "What was searched", SearchKind.choices, searches, searched),
        _table("found", "What searches found", FOUND.items(), searches, searched),
        _table(
            "parents", "When parents were told of a search", PARENTS.items(), searches, searched
        ),
    )
    return [Section("taken", "Items taken and searches", 58, LEAD, tables)]


class _Link:
    """Where those who may look see what a figure counts."""

    def __init__(self, school: School, period: Period, page: str, power: str) -> None:
        self.url, self.power = page_url(school, page), power
        self.days = {"since": period.start.isoformat(), "until": period.end.isoformat()}

    def to(self, **more: str) -> str:
        """Return the list, narrowed to the period."""
        return f"{self.url}?{urlencode({**self.days, **more})}"


def _table(
    code: str,
    title: str,
    labels: Iterable[tuple[str, str]],
    counts: Mapping[str, int],
    link: _Link,
) -> Table:
    """Return a table whose rows are parts of one whole; a row leads to the list of just those."""
    shown = FILTERED.get(code, {})
    rows = [
        Row(
            key,
            label,
            counts[f"{code}_{key}"],
            url=link.to(**shown[key]) if key in shown else "",
            power=link.power,
        )
        for key, label in labels
    ]
    total = sum(int(row.value or 0) for row in rows)
    rows.append(Row("total", "All together", total, url=link.to(), power=link.power))
    return Table(code, title, "Kind", tuple(rows), adds_up=True)


def _items(school: School, period: Period) -> dict[str, int]:
    back = Q(returned_at__lt=period.ends_at)
    in_time = Q(back_date__lte=F("due_date"))
    rows = Confiscation.objects.filter(
        school=school, taken_at__gte=period.begins_at, taken_at__lt=period.ends_at
    )
    return rows.annotate(back_date=TruncDate("returned_at")).aggregate(
        back_in_time=_count(back & in_time),
        back_late=_count(back & ~in_time),
        back_open=_count(Q(returned_at=None) | Q(returned_at__gte=period.ends_at)),
        **{f"rule_{code}": _count(Q(rule=code)) for code in RuleBroken.values},
    )


def _searches(school: School, period: Period) -> dict[str, int]:
    told = Q(parents_told_at__lt=period.ends_at)
    same = Q(told_date=TruncDate("searched_at"))
    rows = SearchRecord.objects.filter(
        school=school, searched_at__gte=period.begins_at, searched_at__lt=period.ends_at
    )
    return rows.annotate(told_date=TruncDate("parents_told_at")).aggregate(
        found_found=_count(Q(found=True)),
        found_nothing=_count(Q(found=False)),
        parents_same_day=_count(told & same),
        parents_later=_count(told & ~same),
        parents_untold=_count(Q(parents_told_at=None) | Q(parents_told_at__gte=period.ends_at)),
        **{f"kind_{code}": _count(Q(kind=code)) for code in SearchKind.values},
    )


def _count(condition: Q) -> Any:
    return Count("pk", filter=condition)
