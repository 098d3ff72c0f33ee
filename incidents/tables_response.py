"""The tables of a report that say what the school did about incidents (REP-02, R-OFS-1)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from common.sections import Row, Table
from incidents.queries.figures import speeds_of
from incidents.queries.figures_outcomes import (
    parents_of,
    referrals_of,
    sanctions_of,
)
from incidents.queries.figures_people import Decided, decisions_of
from incidents.tally import Tally

STANDING = {
    "closed": "Closed",
    "out_of_scope": "Found to be outside the policy",
    "open": "Open, never closed before",
    "reopened": "Open again",
}
OUTCOMES = {
    "suggested": "As the policy’s ladder suggests",
    "departed": "Differently, with the reason written down",
    "waiting": "Proposed and waiting for confirmation",
    "returned": "Returned, to be decided again",
}
REFERRALS = {"made": "made", "excused": "not made, with the reason", "open": "still to be made"}
PARENTS = {
    "told": "Told",
    "excused": "Not told, with the reason written down",
    "neither": "Neither yet",
}
FEEDBACK = {
    "in_time": "Told in time",
    "late": "Told late",
    "excused": "Not told, with the reason written down",
    "not_yet": "Not told yet",
}
IN_FORCE = ("suggested", "departed")


def tables_of(tally: Tally) -> tuple[Table, ...]:
    """Return the tables in the order in which a reader meets them."""
    school, period, pupils = tally.school, tally.period, tally.pupils
    decisions = decisions_of(school, period)
    outcomes: Counter[str] = Counter()
    for one in decisions:
        outcomes[one.outcome] += one.count
    parents = parents_of(school, period)
    parents["neither"] = pupils.with_parents - parents.total()
    feedback = _feedback(tally, decisions)
    return (
        _speeds(tally),
        _late(tally),
        _standing(tally),
        _reopened(tally),
        _repeats(tally),
        _decisions(tally, outcomes),
        _sanctions(tally),
        _referrals(tally),
        _parts(
            "parents",
            "Whether parents were told, for each pupil and incident",
            "Parents",
            _rows(PARENTS, parents),
        ),
        _parts(
            "feedback",
            "Whether the person who reported it heard back after the decision",
            "Feedback",
            _rows(FEEDBACK, feedback),
        ),
        _shares(
            ("late", "Reported late", tally.by("late")[True], tally.broken_down),
            (
                "repeats",
                "Pupils reported again within a year",
                pupils.again,
                pupils.named,
            ),
            ("departed", "Decided differently from the ladder", *_of(outcomes, IN_FORCE)),
            ("told", "Parents told", parents["told"], sum(parents.values())),
            ("heard", "Reporters told in time", *_of(feedback, ("late", "in_time"))),
        ),
    )


def _of(counts: Mapping[str, int], kinds: tuple[str, str]) -> tuple[int, int]:
    """Return the second of two kinds, and both together."""
    return counts[kinds[1]], counts[kinds[0]] + counts[kinds[1]]


def _rows(labels: Mapping[str, str], counts: Mapping[str, int]) -> list[Row]:
    return [Row(code, label, counts[code]) for code, label in labels.items()]


def _parts(code: str, title: str, heading: str, rows: Iterable[Row]) -> Table:
    """Return a table whose rows are parts of a whole of their own."""
    found = tuple(rows)
    total = Row("total", "All together", sum(int(row.value or 0) for row in found))
    return Table(code, title, heading, (*found, total), adds_up=True)


def _speeds(tally: Tally) -> Table:
    labels = {"open": "From the report to its opening", "close": "From the report to its closing"}
    speeds = speeds_of(tally.school, tally.period)
    return Table(
        "speed",
        "How many hours it took, in the middle of all incidents",
        "Step",
        tuple(
            Row(
                code,
                label,
                round(speed.median.total_seconds() / 3600, 1) if speed.median else None,
                base=speed.count,
            )
            for code, label in labels.items()
            for speed in [speeds[code]]
        ),
        unit="hours",
        note="Half of the incidents took longer, half took less. Nights and holidays count.",
    )


def _late(tally: Tally) -> Table:
    counts = tally.by("late")
    return tally.whole(
        "reported",
        "Whether incidents were reported by the end of the school day",
        "Report",
        (
            tally.row("in_time", "In time", counts[False], late="no"),
            tally.row("late", "Late", counts[True], late="yes"),
        ),
    )


def _standing(tally: Tally) -> Table:
    rows = _rows(STANDING, tally.by("standing"))
    return tally.whole(
        "standing", "What had become of incidents by the end of the period", "State", rows
    )


def _reopened(tally: Tally) -> Table:
    counts = tally.by("reopened")
    rows = (
        Row("reopened", "Opened again after they were closed", counts[True]),
        Row("never", "Never opened again", counts[False]),
    )
    return tally.whole("reopened", "Whether incidents were opened again", "Incidents", rows)


def _repeats(tally: Tally) -> Table:
    pupils = tally.pupils
    return tally.whole(
        "repeats",
        "Whether a pupil said to have done it was reported in the year before as well",
        "Incidents",
        (
            Row("again", "The pupil was reported within the last 365 days", pupils.again),
            Row("first", "The pupil was not", pupils.named - pupils.again),
            Row("nobody", "No pupil is said to have done it", tally.broken_down - pupils.named),
        ),
    )


def _decisions(tally: Tally, outcomes: Counter[str]) -> Table:
    undecided = tally.broken_down - sum(outcomes.values())
    return tally.whole(
        "decisions",
        "Whether decisions followed the policy’s ladder",
        "Latest decision",
        (*_rows(OUTCOMES, outcomes), Row("none", "Not decided", undecided)),
    )


def _sanctions(tally: Tally) -> Table:
    found = sanctions_of(tally.school, tally.period)
    rows = (Row(one.code, one.name, one.count) for one in found)
    return _parts("sanctions", "Which sanctions were given", "Sanction", rows)


def _referrals(tally: Tally) -> Table:
    found = referrals_of(tally.school, tally.period)
    rows = (
        Row(f"{one.code}_{outcome}", f"{one.name}: {words}", one.count)
        for outcome, words in REFERRALS.items()
        for one in found[outcome]
    )
    return _parts("referrals", "To whom incidents were referred", "Referral", rows)


def _feedback(tally: Tally, decisions: Iterable[Decided]) -> Counter[str]:
    """Return how many reporters heard back by the school's rule after a decision (INC-38)."""
    days = tally.school.setting("feedback_days")

    @cache
    def due(day: date) -> date:
        return tally.calendar.add_school_days(day, days)

    found: Counter[str] = Counter()
    for one in decisions:
        if one.outcome not in IN_FORCE:
            continue
        if one.told_date is None:
            found["not_yet"] += one.count
        elif one.excused:
            found["excused"] += one.count
        else:
            found["in_time" if one.told_date <= due(one.decided_date) else "late"] += one.count
    return found


def _shares(*shares: tuple[str, str, int, int]) -> Table:
    rows = (
        Row(code, label, round(100 * part / whole) if whole else None, base=whole, part=part)
        for code, label, part, whole in shares
    )
    return Table("shares", "How many in a hundred", "Share", tuple(rows), unit="percent")
