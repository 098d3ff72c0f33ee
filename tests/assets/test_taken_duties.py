"""What of items taken and searches waits for whom, and the figures of a report."""

from datetime import date, timedelta

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assets.duties import taken as duties
from assets.sections.taken import sections
from common.sections import Period
from tests.assets import walk_taken as walk
from tests.cast import NOW

TERM = Period(date(2026, 9, 10), date(2026, 12, 18), "Autumn 2026")
NEXT_DAY = NOW + timedelta(days=2)
LATE = NOW + timedelta(days=10)


def waiting(cast, who, at=NOW) -> list[str]:
    with time_machine.travel(at, tick=True):
        needs = cast.client(who).get(cast.url()).context["needs"]
    pages = ("items-taken", "searches")
    return [need.what for need in needs if any(page in need.url for page in pages)]


def reminded(cast, on) -> list[tuple[str, int]]:
    return [(due.duty, due.person_id) for due in duties.reminders_due(cast.school, on=on)]


def test_same_day_item_waits_for_the_office_and_for_who_holds_it(cast):
    walk.office(cast)
    item = walk.take(cast, same_day=True)

    assert waiting(cast, "iris") == ["1 item to be given back today"]
    assert waiting(cast, "tom") == [f"Item {item} is with you"]
    assert reminded(cast, NOW.date()) == [("item_same_day", cast.iris.pk)]
    walk.give_back(cast, item)
    assert (waiting(cast, "iris"), waiting(cast, "tom")) == ([], [])
    assert reminded(cast, NOW.date()) == []


def test_unclaimed_item_is_asked_about_once_its_days_are_over(cast):
    walk.office(cast)
    walk.take(cast)

    assert (waiting(cast, "iris"), reminded(cast, date(2026, 9, 22))) == ([], [])
    assert waiting(cast, "iris", LATE) == ["1 item not collected in time"]
    assert reminded(cast, LATE.date()) == [("item_unclaimed", cast.iris.pk)]


def test_item_with_the_lead_waits_for_the_lead_alone(cast):
    walk.office(cast)
    item = walk.take(cast, suspected=True)

    assert waiting(cast, "dora") == [f"Item {item}"]
    assert (waiting(cast, "iris"), waiting(cast, "tom")) == ([], [])
    assert reminded(cast, NEXT_DAY.date()) == [("item_with_lead", cast.dora.pk)]


def test_parents_are_told_of_a_search_within_a_school_day(cast):
    walk.pastoral(cast)
    search = walk.search(cast, who="tess")

    assert (waiting(cast, "tess"), waiting(cast, "hana")) == ([f"Search {search}"], [])
    assert waiting(cast, "hana", NEXT_DAY) == [f"Search {search}"]
    assert reminded(cast, date(2026, 9, 16)) == []
    told = [("search_untold", cast.tess.pk), ("search_untold", cast.dora.pk)]
    assert reminded(cast, NEXT_DAY.date()) == told


def test_sections_count_exactly_and_name_nobody(cast):
    walk.give_back(cast, walk.take(cast))
    walk.give_back(cast, walk.take(cast, rule="harm"), at=LATE)
    walk.take(cast, "quin", rule="harm")
    walk.take(cast, at=NOW - timedelta(days=7))
    walk.search(cast, found=True, found_what="A vape")
    walk.search(cast, "quin", kind="device")

    with CaptureQueriesContext(connection) as seen:
        (section,) = sections(cast.school, TERM)
    figures = {
        table.code: {row.key: row.value for row in table.rows if row.value}
        for table in section.tables
    }
    assert figures == {
        "rule": {"lesson": 1, "harm": 2, "total": 3},
        "back": {"in_time": 1, "late": 1, "open": 1, "total": 3},
        "kind": {"person": 1, "device": 1, "total": 2},
        "found": {"found": 1, "nothing": 1, "total": 2},
        "parents": {"untold": 2, "total": 2},
    }
    assert len(seen) == 2
    assert "Pease" not in str(section)
    assert all(table.adds_up and table.people for table in section.tables)


def test_figure_of_the_home_page_counts_what_is_here(cast):
    walk.take(cast)
    with time_machine.travel(LATE, tick=True):
        figures = cast.client("dora").get(cast.url()).context["figures"]

    assert [(one.number, one.note) for one in figures if "items taken" in one.label] == [
        (1, "1 not collected in time")
    ]
