"""Find the records that fulfilled duties, and ask only where there may be any."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

from people.models import School
from reminders.lookups import Lookup, lookup_of
from reminders.recurring import recurring_duties

Spanned = tuple[str, date, date]


def evidence_of(spans: Sequence[Spanned], school: School) -> list[datetime | None]:
    """Return when each duty was fulfilled by a record in its span of days, or None (SYS-02).

    What is open has mostly no record yet: that is looked up for all of them in one statement.
    """
    duties = recurring_duties()
    looked_up = tuple(dict.fromkeys(one for one in spans if duties[one[0]].records))
    there = _lookup(looked_up).at(school) if looked_up else []
    without = {one for one, found in zip(looked_up, there, strict=True) if not found}
    return [
        evidence(school, start, end)
        if (evidence := duties[code].evidence) and (code, start, end) not in without
        else None
        for code, start, end in spans
    ]


@lru_cache(maxsize=256)
def _lookup(spans: tuple[Spanned, ...]) -> Lookup:
    """Return what looks up the records of duties in spans of days; many schools share those."""
    found = (recurring_duties()[code].records for code, _, _ in spans)
    return lookup_of(
        rows(start, end) for rows, (_, start, end) in zip(found, spans, strict=True) if rows
    )
