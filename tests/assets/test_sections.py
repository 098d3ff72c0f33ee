"""Figures of equipment and devices are equal to ones counted slowly (REP-01, REP-17)."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pytest

from assets.sections import sections
from assets.vocabulary import Method, Route, RuleBroken, SearchKind, UpkeepKind
from common.sections import Period
from people.calendar import LONDON
from reports.figures import compose
from reports.gathering import gather
from tests.assets.made_up import Lots
from tests.cast import NOW

PERIODS = [
    Period(date(2026, 9, 1), date(2026, 9, 14), "A fortnight"),
    Period(date(2026, 7, 1), date(2026, 10, 20), "All, and not over"),
    Period(date(2026, 9, 9), date(2026, 9, 9), "A day"),
    Period(date(2026, 1, 5), date(2026, 2, 1), "Before anything"),
]
COUNTS_PEOPLE = {
    "loans": {"loans", "evidence"},
    "own_devices": {"devices", "recording", "pictures"},
    "phones": {"handed_in", "uses", "calls"},
    "taken": {"rule", "back", "kind", "found", "parents"},
}


def day(moment: datetime | None) -> date:
    """Return the day of a moment by the school's clock; what never was lies far ahead."""
    return moment.astimezone(LONDON).date() if moment else date.max


def whole(counts: dict[str, int]) -> dict[str, int]:
    return counts | {"total": sum(counts.values())}


def by(rows: Iterable[Any], name: str, values: Iterable[str]) -> dict[str, int]:
    found = Counter(getattr(row, name) for row in rows)
    return whole({str(value): found[value] for value in values})


class Slow:
    """The figures of one period, counted row by row in plain Python."""

    def __init__(self, made: Any, period: Period) -> None:
        self.made, self.start, self.end = made, period.start, period.end
        self.last = min(period.end, NOW.date())

    def within(self, rows: Iterable[Any], name: str) -> list[Any]:
        """Return the rows of which something happened on a day of the period."""
        return [row for row in rows if self.start <= day(getattr(row, name)) <= self.end]

    def equipment(self) -> dict[str, dict]:
        here = [a for a in self.made.asset if day(a.added_at) <= self.end < day(a.disposed_at)]
        keeping = [a for a in here if a.keeps_data]
        safe = sum(a.encryption == "yes" for a in keeping)
        share = round(100 * safe / len(keeping)) if keeping else None
        ends = [a.support_until for a in here]
        takes = self.within(self.made.take, "closed_at")
        used = [one for one in self.made.software if one.ended_at is None]
        on = Counter(i.software_id for i in self.made.installation if i.removed_date is None)
        return {
            "kinds": whole(dict(Counter(a.kind for a in here))),
            "encryption": by(keeping, "encryption", ("yes", "no", "unknown")),
            "encrypted_share": {"encrypted": (share, len(keeping), safe)},
            "support": whole(
                {
                    "supported": sum(one is not None and one >= self.last for one in ends),
                    "ended": sum(one is not None and one < self.last for one in ends),
                    "unsaid": ends.count(None),
                }
            ),
            "stock": whole(
                {
                    name: sum(take.counts[name] for take in takes)
                    for name in ("found", "moved", "missing", "unseen")
                }
            ),
            "software": {
                "listed": len(used),
                # Nobody holds a device here, so a licence for people counts devices as well.
                "over": sum(
                    one.licence_kind in {"seats", "users"} and on[one.pk] > one.seats
                    for one in used
                ),
                "expired": sum(bool(s.expires_date and s.expires_date < self.last) for s in used),
                "unapproved": sum(not one.approved and on[one.pk] > 0 for one in used),
            },
        }

    def loans(self) -> dict[str, dict]:
        back = self.within(self.made.loan, "returned_at")
        out = [one for one in self.made.loan if day(one.lent_at) <= self.end < day(one.returned_at)]
        lost = self.within(self.made.loss, "reported_at")
        data = [one for one in lost if one.asset.keeps_data]
        raised = [one for one in data if one.incident_reference]
        settled = [one for one in data if one.no_incident_reason and one not in raised]
        mended = [u for u in self.made.upkeep if self.start <= u.started_date <= self.end]
        return {
            "loans": {
                "made": len(self.within(self.made.loan, "lent_at")),
                "returned": len(back),
                "late_back": sum(day(one.returned_at) > one.due_date for one in back),
                "open": len(out),
                "overdue": sum(one.due_date < self.last for one in out),
            },
            "losses": by(lost, "kind", ("lost", "stolen"))
            | {"found": sum(day(one.found_at) <= self.end for one in lost)},
            "judged": whole(
                {
                    "incident": len(raised),
                    "settled": len(settled),
                    "open": len(data) - len(raised) - len(settled),
                }
            ),
            "upkeep": by(mended, "kind", UpkeepKind.values),
            "evidence": {
                "kept": len(self.within(self.made.quarantine, "kept_at")),
                "released": len(self.within(self.made.quarantine, "released_at")),
            },
        }

    def disposals(self) -> dict[str, dict]:
        closed = self.within(self.made.batch, "finished_at")
        inside = [i for i in self.made.item if i.batch in closed and not i.removed_at]
        held = {(i.batch_id, i.asset_id) for i in inside}
        last = {}
        for wipe in self.made.wipe:  # in the order they were written: the later one stays
            if wipe.result == "done" and (wipe.batch_id, wipe.medium.asset_id) in held:
                last[wipe.medium_id] = wipe
        waiting = [
            b for b in self.made.batch if b.papers_due_date and day(b.finished_at) > self.end
        ]
        return {
            "disposals": by(closed, "route", Route.values),
            "devices": by([i.batch for i in inside], "route", Route.values),
            "media": by(last.values(), "method", Method.values),
            "papers": {"late": sum(b.papers_due_date < self.last for b in waiting)},
        }

    def own_devices(self) -> dict[str, dict]:
        came = self.within(self.made.device, "asked_at")
        pupils = [one for one in came if one.owner.kind == "pupil"]
        asked = self.within(self.made.recording, "asked_at")
        used = [one for one in self.made.use if self.start <= one.used_date <= self.end]
        off = [one for one in used if one.confirmed_at]
        same = [one for one in off if day(one.deleted_at) == one.used_date]
        return {
            "devices": {
                "staff": len(came) - len(pupils),
                "asked": len(pupils),
                "allowed": sum(bool(p.decided_at) and p.state != "refused" for p in pupils),
                "refused": sum(one.state == "refused" for one in pupils),
            },
            "recording": {
                "asked": len(asked),
                "allowed": sum(bool(r.decided_at) and r.state != "refused" for r in asked),
                "refused": sum(one.state == "refused" for one in asked),
                "withdrawn": sum(one.state == "withdrawn" for one in asked),
            },
            "pictures": whole(
                {
                    "same_day": len(same),
                    "late": len(off) - len(same),
                    "open": len(used) - len(off),
                }
            ),
        }

    def phones(self) -> dict[str, dict]:
        handed = self.within(self.made.hand_in, "in_at")
        same = sum(day(one.back_at) == day(one.in_at) for one in handed)
        uses = self.within(self.made.phone_use, "asked_at")
        asked = [one for one in uses if one.given_at is None]
        calls = self.within(self.made.call, "used_at")
        return {
            "handed_in": whole({"same_day": same, "overnight": len(handed) - same}),
            "uses": {
                "staff": sum(one.kind == "staff" for one in asked),
                "lesson": sum(one.kind == "lesson" for one in asked),
                "emergency": len(uses) - len(asked),
                "refused": sum(one.state == "refused" for one in uses),
                "withdrawn": sum(one.state == "withdrawn" for one in uses),
            },
            "calls": {
                "used": len(calls),
                "shown": sum(not one.number_hidden for one in calls),
                "unread": sum(one.read_at is None for one in calls),
            },
        }

    def taken(self) -> dict[str, dict]:
        items = self.within(self.made.confiscation, "taken_at")
        back = [one for one in items if day(one.returned_at) <= self.end]
        late = sum(day(one.returned_at) > one.due_date for one in back)
        found = self.within(self.made.search, "searched_at")
        told = [one for one in found if day(one.parents_told_at) <= self.end]
        same = sum(day(one.parents_told_at) == day(one.searched_at) for one in told)
        hits = sum(one.found for one in found)
        return {
            "rule": by(items, "rule", RuleBroken.values),
            "back": whole(
                {"in_time": len(back) - late, "late": late, "open": len(items) - len(back)}
            ),
            "kind": by(found, "kind", SearchKind.values),
            "found": whole({"found": hits, "nothing": len(found) - hits}),
            "parents": whole(
                {
                    "same_day": same,
                    "later": len(told) - same,
                    "untold": len(found) - len(told),
                }
            ),
        }


@pytest.mark.parametrize("seed", [1, 2])
def test_every_figure_is_what_a_slow_count_finds(cast, today, seed):
    made = Lots(cast, seed).write(25)

    for period in PERIODS:
        slow = Slow(made, period)
        for section in sections(cast.school, period):
            expected = getattr(slow, section.code)()
            assert [table.code for table in section.tables] == list(expected)
            for table in section.tables:
                counted = {
                    key: figure if isinstance(figure, tuple) else (figure, None, None)
                    for key, figure in expected[table.code].items()
                }
                shown = {row.key: (row.value, row.base, row.part) for row in table.rows}
                assert shown == counted, (period.label, section.code, table.code)


def test_governors_read_no_small_number_of_people_and_links_open(cast, today):
    Lots(cast, 3).write(25)
    period = PERIODS[0]
    own = {section.code for section in sections(cast.school, period)}
    found = [section for section in gather(cast.school, period) if section.code in own]
    figures = compose([(period, found)], 5)

    for section in found:
        people = {table.code for table in section.tables if table.people}
        assert people == COUNTS_PEOPLE.get(section.code, set())
    for section in figures["sections"]:
        for table in section["tables"]:
            small = [row for row in table["rows"] if 0 < (row["values"][0] or 0) < 5]
            if table["code"] in COUNTS_PEOPLE.get(section["code"], ()):
                assert all(row["marks"][0] for row in small)
    answers = {
        row.url: cast.client("hana").get(row.url).status_code
        for section in found
        for table in section.tables
        for row in table.rows
        if row.url
    }
    assert set(answers.values()) == {200}
    assert len(answers) > 12
