"""Recurring duties in a report on a span of days: met in time, met late, or missed (SYS-02)."""

from collections import Counter
from collections.abc import Collection
from urllib.parse import urlencode

from common.pages import page_url
from common.sections import Period, Row, Section, Table
from people.models import School
from reminders.queries.fates import Fate, fates_of
from reminders.recurring import recurring_duties

POWER = "view_duties"
LEAD = (
    "What the school has to do again and again counts in the period in which it fell due. A duty "
    "is met when a record of the work is there, or when somebody whose duty it is wrote down that "
    "it was."
)
FATES = {
    "in_time": "Met in time",
    "late": "Met late",
    "partly": "Partly met",
    "not_met": "Not met, with the reason written down",
    "missed": "Missed",
    "open": "Still to be done",
}
IN_TIME = ("in_time",)
STATES = {"in_time": "in_time", "fell_short": "short"}  # by table: what the list shows of it
FELL_SHORT = ("late", "partly", "not_met", "missed")


def sections(school: School, period: Period) -> list[Section]:
    """Return how the school kept its recurring duties. Two queries at most."""
    fates = fates_of(school, period)
    tables = (
        _outcome(school, period, fates),
        _by_duty("in_time", "How often each duty was met in time", IN_TIME, school, period, fates),
        _by_duty(
            "fell_short",
            "How often each duty was met late, not wholly met, or missed",
            FELL_SHORT,
            school,
            period,
            fates,
        ),
    )
    return [Section("duties", "Duties that come round", 60, LEAD, tables)]


def _outcome(school: School, period: Period, fates: list[Fate]) -> Table:
    counts: Counter[str] = Counter()
    for one in fates:
        counts[one.fate] += one.count
    rows = [
        _row(school, period, fate, label, counts[fate], state=fate) for fate, label in FATES.items()
    ]
    rows.append(_row(school, period, "total", "All duties that fell due", counts.total()))
    return Table(
        "outcome",
        "What became of the duties that fell due",
        "Duties",
        tuple(rows),
        adds_up=True,
        people=False,
        chart=True,
    )


def _by_duty(
    code: str,
    title: str,
    wanted: Collection[str],
    school: School,
    period: Period,
    fates: list[Fate],
) -> Table:
    """Return a row for each duty that fell due, with how often it came to one of some ends."""
    counts: Counter[str] = Counter()
    for one in fates:
        counts[one.duty] += one.count if one.fate in wanted else 0
    known = recurring_duties()
    labels = {duty: known[duty].label if duty in known else duty for duty in counts}
    rows = (
        _row(school, period, duty, labels[duty], counts[duty], q=labels[duty], state=STATES[code])
        for duty in sorted(counts, key=labels.__getitem__)
    )
    return Table(code, title, "Duty", tuple(rows), people=False)


def _row(school: School, period: Period, key: str, label: str, value: int, **narrow: str) -> Row:
    asked = narrow | {"since": period.start.isoformat(), "until": period.end.isoformat()}
    url = f"{page_url(school, 'duty_list')}?{urlencode(asked)}"
    return Row(key, label, value, url=url, power=POWER)
