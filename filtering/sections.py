"""Filtering and monitoring in a report on a span of days (REP-08, R-FM-8, FIL-36).

The figures are those of ``queries.measures``, counted once and told twice: exactly here, and on the
page of measures as far as a reader may see them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from common.pages import page_url
from common.sections import Period, Row, Section, Table
from filtering.queries import figures
from filtering.queries.measures import (
    Opening,
    RuleCount,
    alert_figures,
    change_figures,
    failure_figures,
    opening_times,
    rule_counts,
)
from filtering.queries.periods import Period as Days
from filtering.vocabulary import Severity, Verdict
from people.models import School

LEAD = (
    "Requests, changes and reports count when they were made. Whether something was put back in "
    "time is judged at the end of the period, or now if it is not over."
)
LEAD_MONITORING = (
    "Alerts count when they came in. Drills are not counted, nor are alerts about the headteacher, "
    "so that no total tells of one. All others count together, whoever they are about."
)
CHANGES = {
    "asked": "Changes asked for",
    "made": "Changes made",
    "refused": "Refused",
    "blocked_at_once": "Blocked at once, before approval",
    "under_exception": "Under the governors’ exception",
}
OPENING = {
    "allow_asked": "Requests to open something",
    "allow_granted": "Granted",
    "allow_refused": "Refused",
    "allow_open": "Waiting for a decision",
}
FAILURES = {"reported": "Reports", "mended": "Mended"}
REVIEWS = {"opened": "Reviews begun", "closed": "Reviews signed and closed"}
PUT_BACK = {"ended_in_time": "Shut in time", "ended_late": "Shut late, or not yet"}
RESULTS = {
    "held": "The filter did what it should",
    "failed": "Something was reached that should be blocked",
    "not_tested": "Could not be tested",
}
URGENCY = {f"severity_{one}": one.label for one in Severity}
VERDICTS = {f"verdict_{one}": one.label for one in Verdict} | {"unjudged": "Not judged yet"}
RAISED = {"raised": "An incident was raised", "not_raised": "None was"}
WEEKLY = {"in_time": "Signed off in time", "late": "Signed off late", "unsigned": "Not signed off"}
MOST_RULES = 10


def sections(school: School, period: Period) -> list[Section]:
    """Return what filtering and monitoring did, with exact figures. Nine queries."""
    days = Days(period.label, period.start, period.end)
    at = min(timezone.now(), period.ends_at)
    return [
        Section("filtering", "Filtering", 20, LEAD, _filtering(school, period, days, at)),
        Section(
            "monitoring", "Monitoring", 21, LEAD_MONITORING, _monitoring(school, period, days, at)
        ),
    ]


def _filtering(school: School, period: Period, days: Days, at: datetime) -> tuple[Table, ...]:
    changes, failures = change_figures(school, days, at=at), failure_figures(school, days)
    reviews = figures.review_figures(school, period)
    checks = {"made": figures.checks_made(school, period)}
    asked = ("change_list", "view_changes")
    tables = (
        Counted("changes", "How the filter was changed", CHANGES, changes, {"asked": asked}),
        Counted("over_blocking", "How often something needed was blocked", OPENING, changes),
        Counted(
            "failures",
            "What people reported about filtering",
            FAILURES,
            failures,
            {"reported": ("failure_list", "view_failures")},
        ),
        Counted(
            "checks",
            "How often the filter was checked",
            {"made": "Checks by two people"},
            checks,
            {"made": ("check_list", "view_checks")},
        ),
        Counted(
            "reviews",
            "How filtering and monitoring were reviewed",
            REVIEWS,
            reviews,
            {"opened": ("review_list", "view_reviews")},
        ),
    )
    results = figures.results_of(school, period)
    return (
        *(one.drawn(school, period) for one in tables),
        _parts("put_back", "Whether what was opened for a time was shut again", PUT_BACK, changes),
        _parts("results", "What the tests of the filter found", RESULTS, results),
        _speeds(changes, failures),
    )


def _monitoring(school: School, period: Period, days: Days, at: datetime) -> tuple[Table, ...]:
    alerts = alert_figures(school, days)
    alerts["not_raised"] = alerts["total"] - alerts["raised"]
    weekly = figures.weekly_figures(school, period)
    opened = alerts["total"] - alerts["unopened"]
    return (
        _parts("severity", "How urgent alerts were", URGENCY, alerts, people=True),
        _parts("verdict", "What alerts turned out to be", VERDICTS, alerts, people=True),
        _parts("raised", "Whether an incident was raised from alerts", RAISED, alerts, people=True),
        Table(
            "speed",
            "How many hours it took to open an alert, in the middle of all",
            "Step",
            (_hours("open", "From coming in to opening", alerts["to_open"], opened),),
            unit="hours",
        ),
        _shares(alerts, opening_times(school, days, at=at)),
        _rules(rule_counts(school, days)),
        _parts("weekly", "Whether the weekly monitoring reports were signed off", WEEKLY, weekly),
    )


@dataclass(frozen=True)
class Counted:
    """A table of counts that are not parts of one whole, some with the list of what they count."""

    code: str
    title: str
    labels: Mapping[str, str]
    counts: Mapping[str, Any]
    lists: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def drawn(self, school: School, period: Period) -> Table:
        """Return the table."""
        days = urlencode({"since": period.start.isoformat(), "until": period.end.isoformat()})
        rows = []
        for key, label in self.labels.items():
            page, power = self.lists.get(key, ("", ""))
            url = f"{page_url(school, page)}?{days}" if page else ""
            rows.append(Row(key, label, self.counts[key], url=url, power=power))
        return Table(self.code, self.title, "Count", tuple(rows), people=False)


def _parts(
    code: str,
    title: str,
    labels: Mapping[str, str],
    counts: Mapping[str, Any],
    *,
    people: bool = False,
) -> Table:
    """Return a table whose rows are parts of one whole."""
    rows = [Row(key, label, counts[key]) for key, label in labels.items()]
    rows.append(Row("total", "All together", sum(counts[key] for key in labels)))
    return Table(code, title, "Kind", tuple(rows), adds_up=True, people=people)


def _hours(key: str, label: str, length: timedelta | None, base: int) -> Row:
    hours = None if length is None else round(length.total_seconds() / 3600, 1)
    return Row(key, label, hours, base=base)


def _speeds(changes: Mapping[str, Any], failures: Mapping[str, Any]) -> Table:
    decided = changes["allow_granted"] + changes["allow_refused"]
    return Table(
        "speed",
        "How many hours it took, in the middle of all",
        "Step",
        (
            _hours("decide", "To decide on opening something", changes["to_decide"], decided),
            _hours("take_on", "To take on a report", failures["to_take_on"], failures["taken_on"]),
        ),
        unit="hours",
        people=False,
        note="Half took longer, half took less. Nights and holidays count.",
    )


def _share(key: str, label: str, part: int, base: int) -> Row:
    return Row(key, label, round(100 * part / base) if base else None, base=base, part=part)


def _shares(alerts: Mapping[str, Any], openings: Sequence[Opening]) -> Table:
    true, false = alerts["verdict_true"], alerts["verdict_false"]
    in_time = sum(one.in_time for one in openings)
    due = in_time + sum(one.late for one in openings)
    return Table(
        "shares",
        "How many alerts in a hundred",
        "Share",
        (
            _share("true", "A true concern, of those judged", true, true + false),
            _share("in_time", "Opened in their time", in_time, due),
        ),
        unit="percent",
    )


def _rules(counts: Sequence[RuleCount]) -> Table:
    rows = (
        _share(one.rule or "none", one.rule or "No rule named", one.true, one.true + one.false)
        for one in counts[:MOST_RULES]
    )
    return Table(
        "rules",
        "How many alerts in a hundred of each rule were a true concern",
        "Rule",
        tuple(rows),
        unit="percent",
        note="The rules with most alerts; alerts that are not clear yet stay out.",
    )
