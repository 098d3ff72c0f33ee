"""Find which duties there is anything to do for, and the records that fulfilled them."""

from collections.abc import Iterable, Sequence
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


def without_cause(spans: Iterable[Spanned], school: School) -> set[str]:
    """Return the duties for which there is nothing to do in their spans of days (FIL-15, FIL-19).

    One statement for all of them; none where every duty is always to be done.
    """
    duties = recurring_duties()
    asked = tuple(one for one in spans if duties[one[0]].about)
    there = _causes(asked).at(school) if asked else []
    return {code for (code, _, _), found in zip(asked, there, strict=True) if not found}


@lru_cache(maxsize=256)
def _causes(spans: tuple[Spanned, ...]) -> Lookup:
    """Return what looks up the rows without which there is nothing to do; schools share those."""
    found = (recurring_duties()[code].about for code, _, _ in spans)
    return lookup_of(
        rows(start, end) for rows, (_, start, end) in zip(found, spans, strict=True) if rows
    )


@lru_cache(maxsize=256)
def _lookup(spans: tuple[Spanned, ...]) -> Lookup:
    """Return what looks up the records of duties in spans of days; many schools share those."""
    found = (recurring_duties()[code].records for code, _, _ in spans)
    return lookup_of(
        rows(start, end) for rows, (_, start, end) in zip(found, spans, strict=True) if rows
    )
