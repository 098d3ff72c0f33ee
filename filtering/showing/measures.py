"""The figures of filtering and monitoring in words and tables, for page, file and review (R-FM-8).

Figures about alerts that are below the school's threshold (REP-17) are not shown to those who may
not see alerts, nor those from which they could be worked out.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from common.charts import BarChart, bar_chart
from common.dates import MONTHS
from filtering.queries.measures import (
    RuleCount,
    alert_figures,
    change_figures,
    failure_figures,
    opening_times,
    requests_by_month,
    rule_counts,
)
from filtering.queries.periods import Period
from people.models import School
from people.queries import threshold_of

HIDDEN = "Not shown"
NONE = "–"
MOST_BARS = 10
EXACT_FOR = "view_alerts"


@dataclass(frozen=True)
class Section:
    """One part: what it shows in a sentence, figures with their labels, a chart, a table."""

    key: str
    title: str
    lead: str
    lines: list[tuple[str, str]] = field(default_factory=list)
    chart: BarChart | None = None
    heading: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def table(self) -> list[list[tuple[str, str]]]:
        """Return the rows with the heading of each figure, for drawing."""
        return [list(zip(self.heading, row, strict=True)) for row in self.rows]


def measures_of(
    school: School, period: Period, powers: Collection[str], *, at: datetime
) -> list[Section]:
    """Return the figures of a period, as far as a holder of ``powers`` may see them.

    Six queries, whatever the number of rows.
    """
    few = 0 if EXACT_FOR in powers else threshold_of(school)
    changes = change_figures(school, period, at=at)
    months = requests_by_month(school, period)
    return [
        _over_blocking(changes, [one for one in months if one[0] <= localdate(at)]),
        _precision(rule_counts(school, period), few),
        _opening(school, period, few, at=at),
        _changes(changes),
        _failures(failure_figures(school, period)),
    ]


def as_rows(sections: Sequence[Section]) -> list[tuple[str, str, str, str]]:
    """Return the figures as rows of a sheet: part, what, which figure, figure."""
    found: list[tuple[str, str, str, str]] = []
    for one in sections:
        found += [(one.title, label, "", value) for label, value in one.lines]
        found += [
            (one.title, row[0][1], heading, value)
            for row in one.table
            for heading, value in row[1:]
        ]
    return found


def in_words(length: timedelta | None) -> str:
    """Return a length of time: minutes up to two hours, hours up to two days, then days."""
    if length is None:
        return NONE
    minutes = length.total_seconds() / 60
    if minutes < 120:
        return f"{minutes:.0f} minutes"
    hours = minutes / 60
    return f"{hours:.1f} hours" if hours < 48 else f"{hours / 24:.1f} days"


def per_hundred(part: int, whole: int) -> str:
    """Return a share, or a dash where there is nothing to share."""
    return f"{round(100 * part / whole)} in 100" if whole else NONE


def _over_blocking(figures: dict[str, Any], months: list[tuple[Any, int, int]]) -> Section:
    decided = figures["allow_granted"] + figures["allow_refused"]
    named = [
        (f"{MONTHS[first.month - 1]} {first.year}", allow, block) for first, allow, block in months
    ]
    asked = figures["allow_asked"]
    hours = figures["to_decide"]
    return Section(
        "over_blocking",
        "What was blocked and needed",
        "Requests to open something show where filtering gets in the way of teaching.",
        [
            ("Requests to open something", str(asked)),
            ("Hours until a decision, half of them sooner", _hours(hours)),
            ("Granted, of those decided", per_hundred(figures["allow_granted"], decided)),
            ("Waiting for a decision", str(figures["allow_open"])),
        ],
        bar_chart(
            "requests",
            f"{asked} requests to open something, by month",
            "Month",
            [(name, allow) for name, allow, _ in named],
        )
        if asked
        else None,
        ("Month", "To open", "To block"),
        [(name, str(allow), str(block)) for name, allow, block in named],
    )


def _hours(length: timedelta | None) -> str:
    return NONE if length is None else f"{length.total_seconds() / 3600:.1f}"


def _precision(counts: list[RuleCount], few: int) -> Section:
    shown = grouped(counts, few)
    rows = [_rule_row(one, few) for one in shown]
    judged = [one for one in shown if one.precision is not None and not _small(one, few)]
    return Section(
        "precision",
        "How often alerts were right",
        "Of those judged, how many were a true concern. Alerts that are not clear yet stay out.",
        [],
        bar_chart(
            "precision",
            "True concerns in 100 judged alerts, by rule",
            "Rule",
            [(one.rule or "No rule named", one.precision or 0) for one in judged[:MOST_BARS]],
        )
        if judged
        else None,
        ("Rule", "Alerts", "True", "False", "Not clear yet", "True in 100 judged"),
        rows,
    )


def grouped(counts: list[RuleCount], few: int) -> list[RuleCount]:
    """Return the rules with the rare ones added up as one, so that none shows fewer than ``few``.

    If the rare ones together are still fewer, the next rarest joins them: else their number could
    be worked out from the others.
    """
    rare = [one for one in counts if one.total < few]
    others = [one for one in counts if one.total >= few]
    while rare and others and sum(one.total for one in rare) < few:
        rare.append(others.pop())
    if not rare:
        return others
    total, true, false, unclear = (
        sum(getattr(one, name) for one in rare) for name in ("total", "true", "false", "unclear")
    )
    return [*others, RuleCount("Other rules", total, true, false, unclear)]


def _small(one: RuleCount, few: int) -> bool:
    """Return whether a part of a rule's alerts is so few that it might point at somebody."""
    unjudged = one.total - one.true - one.false - one.unclear
    return any(0 < part < few for part in (one.true, one.false, one.unclear, unjudged))


def _rule_row(one: RuleCount, few: int) -> tuple[str, ...]:
    name = one.rule or "No rule named"
    if one.total < few:
        return (name, _fewer(few), *([HIDDEN] * 4))
    if _small(one, few):
        return (name, str(one.total), *([HIDDEN] * 4))
    share = NONE if one.precision is None else str(one.precision)
    return (name, *(str(part) for part in (one.total, one.true, one.false, one.unclear)), share)


def _fewer(few: int) -> str:
    return f"Fewer than {few}"


def _opening(school: School, period: Period, few: int, *, at: datetime) -> Section:
    found = opening_times(school, period, at=at)
    totals = [one.total for one in found]
    hidden = to_hide(totals, few)
    rows: list[tuple[str, ...]] = []
    for place, one in enumerate(found):
        if place in hidden:
            number = _fewer(few) if one.total < few else HIDDEN
            rows.append((one.severity.label, number, HIDDEN, HIDDEN))
        else:
            share = NONE if one.share is None else f"{one.share} in 100"
            rows.append((one.severity.label, str(one.total), in_words(one.median), share))
    unopened = alert_figures(school, period)["unopened"]
    number = _fewer(few) if 0 < unopened < few else str(unopened)
    return Section(
        "opening",
        "How fast alerts were opened",
        "From the moment an alert came in until somebody opened it. Drills are not counted.",
        [("Not opened yet", number)],
        None,
        ("Urgency", "Alerts", "Time to open, half of them sooner", "Opened in time"),
        rows,
    )


def to_hide(totals: Sequence[int], few: int) -> set[int]:
    """Return which of some numbers are not shown: those below ``few``, and one more if need be.

    One more where those small ones add up to fewer than ``few``, for the whole may be known.
    """
    hidden = {place for place, number in enumerate(totals) if 0 < number < few}
    left = [place for place, number in enumerate(totals) if number >= few]
    if hidden and left and sum(totals[place] for place in hidden) < few:
        hidden.add(min(left, key=lambda place: totals[place]))
    return hidden


def _changes(figures: dict[str, Any]) -> Section:
    ended = figures["ended_in_time"] + figures["ended_late"]
    return Section(
        "changes",
        "Changes of the filter",
        "How often the usual way was left, and whether what was opened for a time was shut again.",
        [
            ("Changes asked for", str(figures["asked"])),
            ("Changes made", str(figures["made"])),
            ("Refused", str(figures["refused"])),
            ("Blocked at once, before approval", str(figures["blocked_at_once"])),
            ("Under the governors’ exception", str(figures["under_exception"])),
            ("Opened for a time and over", str(ended)),
            ("Of these put back in time", per_hundred(figures["ended_in_time"], ended)),
        ],
    )


def _failures(figures: dict[str, Any]) -> Section:
    return Section(
        "failures",
        "Reports about filtering",
        "What people reported: something unsuitable, a filter that does not work, a useful page "
        "that is blocked.",
        [
            ("Reports", str(figures["reported"])),
            ("Mended", str(figures["mended"])),
            ("Time until taken on, half of them sooner", in_words(figures["to_take_on"])),
        ],
    )
