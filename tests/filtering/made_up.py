"""Alerts, changes and reports by lot, and the same figures counted plainly in Python."""

import random
from datetime import datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from filtering.models import Alert, ChangeRequest, FailureReport
from filtering.queries.periods import Period
from tests.cast import NOW, Cast

MINUTE = timedelta(minutes=1)
RULES = ("Bullying", "Proxy", "Self-harm", "")
ALERT_ENDS = (
    ("received", ""),
    ("opened", ""),
    ("opened", "unclear"),
    ("opened", "true"),
    ("raised", "true"),
    ("false_alarm", "false"),
)
CHANGE_STATES = ("submitted", "awaiting", "made", "active", "closed", "rejected", "withdrawn")
ENDED = {"closed", "rejected", "withdrawn"}


def dice_of(seed: int) -> random.Random:
    """Return dice that fall the same each time."""
    return random.Random(seed)  # noqa: S311  nothing secret


def some(dice: random.Random, most: int) -> timedelta:
    """Return a length of time."""
    return MINUTE * dice.randrange(1, most)


def make_alerts(cast: Cast, dice: random.Random, count: int) -> list[Alert]:
    """Write alerts around the last two weeks, some of them drills."""
    made = []
    for number in range(count):
        state, verdict = dice.choice(ALERT_ENDS)
        came = NOW - some(dice, 20_000)
        opened = None if state == "received" else came + some(dice, 90)
        judged = {"triaged_by": cast.dora, "triaged_at": opened} if verdict else {}
        made.append(
            Alert(
                school=cast.school,
                state=state,
                verdict=verdict,
                drill=dice.random() < 0.1,
                about=dice.choice(("pupil", "pupil", "pupil", "staff", "head")),
                severity=dice.choice((1, 2, 3)),
                rule=dice.choice(RULES),
                happened_at=came - some(dice, 500),
                received_at=came,
                due_at=came + some(dice, 90),
                opened_at=opened,
                opened_by=cast.dora if opened else None,
                incident_reference=f"2026-{number:04}" if state == "raised" else "",
                **judged,
            )
        )
    return Alert.objects.bulk_create(made)


def make_changes(cast: Cast, dice: random.Random, count: int) -> list[ChangeRequest]:
    """Write filter changes around the last two months."""
    made = []
    for number in range(count):
        state = dice.choice(CHANGE_STATES)
        asked = NOW - some(dice, 90_000)
        decided = asked + some(dice, 9_000) if state not in {"submitted", "awaiting"} else None
        carried = decided + MINUTE if decided and state in {"made", "active", "closed"} else None
        over = asked + some(dice, 20_000) if state == "closed" and dice.random() < 0.5 else None
        back = over + some(dice, 3_000) - 1_500 * MINUTE if over and dice.random() < 0.8 else None
        made.append(
            ChangeRequest(
                school=cast.school,
                reference=f"2025-{number:04}",
                submission=UUID(int=dice.getrandbits(128)),
                state=state,
                direction=dice.choice(("allow", "block")),
                under_exception=dice.random() < 0.2,
                reason_kind="teaching",
                reason="By lot.",
                from_date=asked.date() if over else None,
                until_date=over.date() if over else None,
                asked_by=cast.tom,
                asked_at=asked,
                due_at=asked,
                decided_by=cast.hana if decided else None,
                decided_at=decided,
                made_by=cast.tina if carried else None,
                made_at=carried,
                undo="expired" if over else "",
                undo_due_at=over,
                put_back_by=cast.tina if back else None,
                put_back_at=back,
                ended_at=NOW if state in ENDED else None,
            )
        )
    return ChangeRequest.objects.bulk_create(made)


def make_failures(cast: Cast, dice: random.Random, count: int) -> list[FailureReport]:
    """Write reports about filtering around the last two weeks."""
    made = []
    for number in range(count):
        seen = NOW - some(dice, 20_000)
        taken = seen + some(dice, 200) if dice.random() < 0.7 else None
        mended = taken + some(dice, 2_000) if taken and dice.random() < 0.7 else None
        made.append(
            FailureReport(
                school=cast.school,
                reference=f"2025-{number:04}",
                submission=UUID(int=dice.getrandbits(128)),
                kind="failure",
                what="By lot.",
                seen_at=seen,
                reported_by=cast.tom,
                reported_at=seen,
                due_at=seen,
                acknowledged_at=taken,
                acknowledged_by=cast.tina if taken else None,
                fixed_at=mended,
                fixed_by=cast.tina if mended else None,
            )
        )
    return FailureReport.objects.bulk_create(made)


def inside(moment: datetime | None, period: Period) -> bool:
    """Return whether a moment lies in a period."""
    return moment is not None and period.begins_at <= moment < period.ends_at


def middle(lengths: list[timedelta]) -> timedelta | None:
    """Return the middle of some lengths of time."""
    return median(lengths) if lengths else None


def count(rows: list[Any], *tests: Any, **fields: Any) -> int:
    """Return how many rows pass some tests and hold some values."""
    return sum(
        all(test(row) for test in tests)
        and all(getattr(row, name) == value for name, value in fields.items())
        for row in rows
    )
