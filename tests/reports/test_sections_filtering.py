"""Figures of filtering and monitoring are equal to ones counted slowly (REP-08, R-FM-8)."""

from datetime import date, timedelta
from statistics import median
from typing import Any
from uuid import UUID

import pytest

from common.sections import Period
from filtering.models import CheckResult, FilterCheck, MonitoringReport, Review
from filtering.sections import sections
from people.calendar import LONDON
from tests.cast import NOW, Cast
from tests.filtering import made_up, walk_oversight

DAY = timedelta(days=1)
GRANTED = {"approved", "made", "active", "undo", "put_back", "closed"}
PERIODS = [
    Period(date(2026, 9, 4), date(2026, 9, 14), "A fortnight"),
    Period(date(2026, 7, 1), date(2026, 9, 20), "All"),
    Period(date(2026, 9, 9), date(2026, 9, 9), "A day"),
]


def oversee(cast: Cast, dice: Any) -> dict[str, list]:
    """Write checks, reviews and weekly reports around the last two months."""
    point = walk_oversight.point(cast)
    checks = [
        FilterCheck.objects.create(
            school=cast.school,
            point=point,
            submission=UUID(int=dice.getrandbits(128)),
            checked_date=NOW.date() - DAY * dice.randrange(40),
            safeguarding_by=cast.dora,
            it_by=cast.tina,
            device="Tablet",
            recorded_by=cast.tina,
            recorded_at=NOW,
        )
        for _ in range(12)
    ]
    results = [
        CheckResult.objects.create(
            school=cast.school,
            check_made=check,
            test=test,
            expected=dice.choice(("blocked", "blocked", "reached")),
            actual=dice.choice(("blocked", "reached", "not_tested")),
        )
        for check in checks
        for test in ("child_abuse", "terrorism", "adult")
    ]
    reviews = [
        Review.objects.create(
            school=cast.school,
            reference=f"R-{number}",
            trigger="update",
            trigger_words="A new filter.",
            year_name="2026/27",
            opened_at=opened,
            due_date=opened.date(),
            state="closed" if closed else "open",
            text_hash="0" * 64 if closed else "",
            offered_at=opened if closed else None,
            closed_at=closed,
        )
        for number in range(8)
        for opened in [NOW - DAY * dice.randrange(60)]
        for closed in [dice.choice((None, opened + DAY * dice.randrange(9)))]
    ]
    weeks = [
        MonitoringReport.objects.create(
            school=cast.school,
            week_start=date(2026, 9, 14) - 7 * DAY * number,
            due_at=NOW - 7 * DAY * number,
            signed_at=signed,
            signed_by=cast.dora if signed else None,
        )
        for number in range(9)
        for signed in [dice.choice((None, NOW - 7 * DAY * number + DAY * dice.choice((-1, 0, 1))))]
    ]
    return {"checks": checks, "results": results, "reviews": reviews, "weeks": weeks}


def within(moment: Any, period: Period) -> bool:
    return bool(moment) and period.start <= moment.astimezone(LONDON).date() <= period.end


def hours(lengths: list[timedelta]) -> float | None:
    return round(median(lengths).total_seconds() / 3600, 1) if lengths else None


def share(part: int, whole: int) -> tuple:
    return (round(100 * part / whole) if whole else None, whole, part)


def whole(counts: dict[str, int]) -> dict[str, int]:
    return counts | {"total": sum(counts.values())}


def filtering(changes: list, failures: list, seen: dict[str, list], period: Period) -> dict:
    """Return the figures of filtering, counted one by one."""
    asked = [one for one in changes if within(one.asked_at, period)]
    allow = [one for one in asked if one.direction == "allow"]
    granted = [one for one in allow if one.state in GRANTED]
    refused = [one for one in allow if one.state == "rejected"]
    ended = [one for one in changes if one.until_date and within(one.undo_due_at, period)]
    in_time = [one for one in ended if one.put_back_at and one.put_back_at <= one.undo_due_at]
    by = min(NOW, period.ends_at)
    late = [
        one for one in ended if one not in in_time and (one.put_back_at or one.undo_due_at < by)
    ]
    reported = [one for one in failures if within(one.reported_at, period)]
    taken = [one for one in reported if one.acknowledged_at]
    days = [one for one in seen["checks"] if period.start <= one.checked_date <= period.end]
    results = [one for one in seen["results"] if one.check_made in days]
    tested = [one for one in results if one.actual != "not_tested"]
    failed = [one for one in tested if (one.expected, one.actual) == ("blocked", "reached")]
    return {
        "changes": {
            "asked": len(asked),
            "made": sum(within(one.made_at, period) for one in changes),
            "refused": sum(
                within(one.decided_at, period)
                for one in changes
                if one.state == "rejected" or one.undo == "refused"
            ),
            "blocked_at_once": sum(one.emergency for one in asked),
            "under_exception": sum(one.under_exception for one in asked),
        },
        "over_blocking": {
            "allow_asked": len(allow),
            "allow_granted": len(granted),
            "allow_refused": len(refused),
            "allow_open": sum(one.state in ("submitted", "awaiting") for one in allow),
        },
        "failures": {
            "reported": len(reported),
            "mended": sum(within(one.fixed_at, period) for one in failures),
        },
        "checks": {"made": len(days)},
        "reviews": {
            "opened": sum(within(one.opened_at, period) for one in seen["reviews"]),
            "closed": sum(within(one.closed_at, period) for one in seen["reviews"]),
        },
        "put_back": whole({"ended_in_time": len(in_time), "ended_late": len(late)}),
        "results": whole(
            {
                "held": len(tested) - len(failed),
                "failed": len(failed),
                "not_tested": len(results) - len(tested),
            }
        ),
        "speed": {
            "decide": (
                hours([one.decided_at - one.asked_at for one in [*granted, *refused]]),
                len(granted) + len(refused),
                None,
            ),
            "take_on": (
                hours([one.acknowledged_at - one.reported_at for one in taken]),
                len(taken),
                None,
            ),
        },
    }


def monitoring(alerts: list, seen: dict[str, list], period: Period) -> dict:
    """Return the figures of monitoring, counted one by one."""
    rows = [
        one
        for one in alerts
        if not one.drill and one.about != "head" and within(one.received_at, period)
    ]
    opened = [one for one in rows if one.opened_at]
    in_time = [one for one in opened if one.opened_at <= one.due_at]
    by = min(NOW, period.ends_at)
    late = [one for one in rows if one not in in_time and (one.opened_at or one.due_at < by)]
    verdicts = {
        code: sum(one.verdict == code for one in rows) for code in ("true", "false", "unclear", "")
    }
    rules = {}
    for rule in {one.rule for one in rows}:
        judged = [one for one in rows if one.rule == rule and one.verdict in ("true", "false")]
        true = sum(one.verdict == "true" for one in judged)
        rules[rule or "none"] = share(true, len(judged))
    weeks = [one for one in seen["weeks"] if period.start <= one.week_start + 6 * DAY <= period.end]
    signed = [one for one in weeks if one.signed_at]
    prompt = [one for one in signed if one.signed_at <= one.due_at]
    raised = sum(one.state == "raised" for one in rows)
    return {
        "severity": whole(
            {f"severity_{n}": sum(one.severity == n for one in rows) for n in (1, 2, 3)}
        ),
        "verdict": whole(
            {f"verdict_{code}" if code else "unjudged": n for code, n in verdicts.items()}
        ),
        "raised": whole({"raised": raised, "not_raised": len(rows) - raised}),
        "speed": {
            "open": (
                hours([one.opened_at - one.received_at for one in opened]),
                len(opened),
                None,
            )
        },
        "shares": {
            "true": share(verdicts["true"], verdicts["true"] + verdicts["false"]),
            "in_time": share(len(in_time), len(in_time) + len(late)),
        },
        "rules": rules,
        "weekly": whole(
            {
                "in_time": len(prompt),
                "late": len(signed) - len(prompt),
                "unsigned": len(weeks) - len(signed),
            }
        ),
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_every_figure_is_what_a_slow_count_finds(cast, today, seed):
    dice = made_up.dice_of(seed)
    alerts = made_up.make_alerts(cast, dice, 60)
    changes = made_up.make_changes(cast, dice, 60)
    failures = made_up.make_failures(cast, dice, 30)
    seen = oversee(cast, dice)
    for period in PERIODS:
        expected = {
            "filtering": filtering(changes, failures, seen, period),
            "monitoring": monitoring(alerts, seen, period),
        }
        for section in sections(cast.school, period):
            for table in section.tables:
                counted = {
                    key: figure if isinstance(figure, tuple) else (figure, None, None)
                    for key, figure in expected[section.code][table.code].items()
                }
                shown = {row.key: (row.value, row.base, row.part) for row in table.rows}
                assert shown == counted, (period.label, table.code)
            assert len(section.tables) == len(expected[section.code])
