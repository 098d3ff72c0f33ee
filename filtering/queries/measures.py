"""Figures of filtering and monitoring over a period; the weekly report uses the same (R-FM-8).

Alerts are counted by when they came in, so that one imported late is counted in one week and no
other; drills never are. Requests are counted by when they were asked for. Each function is one
query, whatever the number of rows.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from filtering.models import Alert, ChangeRequest, FailureReport
from filtering.queries.periods import Period
from filtering.vocabulary import AboutWhom, Direction, Severity, Undo, Verdict
from people.calendar import LONDON
from people.models import School

WEEK = timedelta(days=6)
MOST_RULES = 10  # in a weekly report
GRANTED = ("approved", "made", "active", "undo", "put_back", "closed")
UNDECIDED = ("submitted", "awaiting")


class Median(Aggregate):
    """The middle of some lengths of time; half lie on each side."""

    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def during(field: str, period: Period) -> Q:
    """Return the condition that a moment lies in a period."""
    return Q(**{f"{field}__gte": period.begins_at, f"{field}__lt": period.ends_at})


def _count(*conditions: Q, **fields: Any) -> Count:
    return Count("pk", filter=Q(*conditions, **fields))


def _alerts(school: School, period: Period) -> QuerySet[Alert, Alert]:
    """Return the alerts that count: no drills, and none by which a headteacher could tell one
    about the headteacher (INC-09)."""
    rows = Alert.objects.filter(during("received_at", period), school=school, drill=False)
    return rows.exclude(about=AboutWhom.HEAD).order_by()


def alert_figures(school: School, period: Period) -> dict[str, Any]:
    """Return how many alerts came in, by urgency and by verdict, and how fast they were opened."""
    return _alerts(school, period).aggregate(
        total=Count("pk"),
        **{f"severity_{code}": _count(severity=code) for code in Severity.values},
        **{f"verdict_{code}": _count(verdict=code) for code in Verdict.values},
        unjudged=_count(verdict=""),
        unopened=_count(state="received"),
        raised=_count(state="raised"),
        to_open=Median(F("opened_at") - F("received_at"), filter=Q(opened_at__isnull=False)),
    )


@dataclass(frozen=True)
class RuleCount:
    """How often a rule of the monitoring product raised an alert, and what became of those."""

    rule: str
    total: int
    true: int
    false: int
    unclear: int

    @property
    def precision(self) -> int | None:
        """Return how many in a hundred of those judged were true; unclear ones stay out."""
        judged = self.true + self.false
        return round(100 * self.true / judged) if judged else None


def rule_counts(school: School, period: Period) -> list[RuleCount]:
    """Return the rules with their alerts, the most frequent first (domain feature 13)."""
    rows = _alerts(school, period).values("rule")
    counted: Any = rows.annotate(
        total=Count("pk"), **{code: _count(verdict=code) for code in Verdict.values}
    )
    return [RuleCount(**row) for row in counted.order_by("-total", "rule")]


@dataclass(frozen=True)
class Opening:
    """How fast alerts of one urgency were opened; ``late`` were not opened in their time."""

    severity: Severity
    total: int
    in_time: int
    late: int
    median: timedelta | None

    @property
    def share(self) -> int | None:
        """Return how many in a hundred were opened in time; those that still have time stay out."""
        due = self.in_time + self.late
        return round(100 * self.in_time / due) if due else None


def opening_times(school: School, period: Period, *, at: datetime) -> list[Opening]:
    """Return how fast alerts were opened by urgency (FIL-16); each urgency has its line."""
    rows = _alerts(school, period).values("severity")
    opened = Q(opened_at__isnull=False)
    counted: Any = rows.annotate(
        total=Count("pk"),
        in_time=_count(opened_at__lte=F("due_at")),
        late=_count(Q(opened_at__gt=F("due_at")) | Q(state="received", due_at__lt=at)),
        median=Median(F("opened_at") - F("received_at"), filter=opened),
    )
    found = {row.pop("severity"): row for row in counted.order_by()}
    nothing = {"total": 0, "in_time": 0, "late": 0, "median": None}
    return [Opening(severity, **found.get(severity, nothing)) for severity in Severity]


def change_figures(school: School, period: Period, *, at: datetime) -> dict[str, Any]:
    """Return what was asked for, decided, made and put back in a period (FIL-36, R-FM-8).

    ``allow_…`` are requests to open something, over-blocking as people met it. ``ended_…`` are the
    temporary unblocks whose time was over in the period.
    """
    asked, allow = during("asked_at", period), Q(direction=Direction.ALLOW)
    granted, refused = Q(state__in=GRANTED), Q(state="rejected")
    ended = during("undo_due_at", period) & Q(until_date__isnull=False)
    in_time = Q(put_back_at__lte=F("undo_due_at"))
    over = Q(put_back_at=None, undo_due_at__lt=at)
    decided = during("decided_at", period) & (refused | Q(undo=Undo.REFUSED))
    return ChangeRequest.objects.filter(school=school).aggregate(
        asked=_count(asked),
        made=_count(during("made_at", period)),
        refused=_count(decided),
        blocked_at_once=_count(asked, emergency=True),
        under_exception=_count(asked, under_exception=True),
        allow_asked=_count(asked, allow),
        allow_granted=_count(asked, allow, granted),
        allow_refused=_count(asked, allow, refused),
        allow_open=_count(asked, allow, state__in=UNDECIDED),
        to_decide=Median(
            F("decided_at") - F("asked_at"),
            filter=asked & allow & (granted | refused) & Q(decided_at__isnull=False),
        ),
        ended_in_time=_count(ended, in_time),
        ended_late=_count(ended, over | Q(put_back_at__gt=F("undo_due_at"))),
    )


def requests_by_month(school: School, period: Period) -> list[tuple[date, int, int]]:
    """Return each month of a period with its requests to allow and to block."""
    month = TruncMonth("asked_at", tzinfo=LONDON)
    rows = ChangeRequest.objects.filter(during("asked_at", period), school=school)
    counted = rows.annotate(month=month).values("month").order_by("month")
    found = {
        row["month"].date(): (row["allow"], row["block"])
        for row in counted.annotate(
            allow=_count(direction=Direction.ALLOW), block=_count(direction=Direction.BLOCK)
        )
    }
    return [(first, *found.get(first, (0, 0))) for first in _months(period)]


def _months(period: Period) -> list[date]:
    first = period.start.year * 12 + period.start.month - 1
    last = period.end.year * 12 + period.end.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1)]


def failure_figures(school: School, period: Period) -> dict[str, Any]:
    """Return what was reported about filtering, and how soon somebody took it on (FIL-11).

    A report that joined another one is counted as reported; it is taken on with that one.
    """
    reported = during("reported_at", period)
    own = reported & Q(joined=None, acknowledged_at__isnull=False)
    return FailureReport.objects.filter(school=school).aggregate(
        reported=_count(reported),
        mended=_count(during("fixed_at", period)),
        taken_on=_count(own),
        to_take_on=Median(F("acknowledged_at") - F("reported_at"), filter=own),
    )


def week_of(week_start: date) -> Period:
    """Return the seven days from a Monday."""
    return Period("", week_start, week_start + WEEK)


def week_figures(school: School, week_start: date, *, at: datetime) -> dict[str, Any]:
    """Return the figures of a weekly monitoring report, as plain JSON that may be frozen."""
    week = week_of(week_start)
    alerts, rules = alert_figures(school, week), rule_counts(school, week)
    changes, failures = change_figures(school, week, at=at), failure_figures(school, week)
    to_open = alerts["to_open"]
    return {
        "alerts": alerts["total"],
        "severity": [[one.label, alerts[f"severity_{one}"]] for one in Severity],
        "verdict": [
            *([one.label, alerts[f"verdict_{one}"]] for one in Verdict),
            ["Not judged yet", alerts["unjudged"]],
        ],
        "rules": [[one.rule, one.total] for one in rules[:MOST_RULES]],
        "more_rules": max(0, len(rules) - MOST_RULES),
        "unopened": alerts["unopened"],
        "raised": alerts["raised"],
        "minutes_to_open": None if to_open is None else round(to_open.total_seconds() / 60),
        "failures_reported": failures["reported"],
        "failures_mended": failures["mended"],
        "changes_asked": changes["asked"],
        "changes_made": changes["made"],
        "changes_refused": changes["refused"],
        "blocked_at_once": changes["blocked_at_once"],
    }
