"""How figures are composed and drawn: periods side by side, nothing withheld in words or bars."""

from datetime import date

import pytest

from common.sections import Period, Row, Section, Table
from reports.figures import compose, earlier_of
from reports.showing.tables import sheet_rows, shown_sections, silent_areas

NOW = Period(date(2026, 9, 2), date(2026, 12, 18), "Autumn 2026/27")
BEFORE = Period(date(2026, 4, 13), date(2026, 7, 21), "Summer 2025/26")


def section(total: bool = True, **counts: int) -> list[Section]:
    rows = [Row(key, key.title(), value) for key, value in counts.items()]
    rows += [Row("total", "All", sum(counts.values()))] if total else []
    table = Table("t", "What there was", "What", tuple(rows), adds_up=True, chart=True)
    return [Section("s", "S", 1, "Lead.", (table,))]


def drawn(*columns, exact: bool = False, threshold: int = 5):
    figures = compose(list(zip((NOW, BEFORE), columns, strict=False)), threshold)
    return shown_sections(figures, exact=exact)[0].tables[0]


def cells(table) -> dict[str, list[str]]:
    return {row.label: row.cells for row in table.rows}


def test_periods_stand_side_by_side_and_what_one_does_not_name_is_none():
    table = drawn(section(late=9, early=8), section(never=6, late=7))

    assert table.columns == ["Autumn 2026/27", "Summer 2025/26"]
    assert cells(table) == {
        "Late": ["9", "7"],
        "Early": ["8", "0"],
        "Never": ["0", "6"],
        "All": ["17", "13"],
    }


def test_rows_of_another_period_stand_where_they_stand_there():
    table = drawn(section(third=9, fifth=9, sixth=9), section(fourth=9, fifth=9, seventh=9))
    assert list(cells(table)) == ["Third", "Fourth", "Fifth", "Sixth", "Seventh", "All"]


def test_each_period_is_withheld_by_its_own_figures():
    table = drawn(section(late=3, early=8), section(late=7, early=8))

    assert cells(table) == {
        "Late": ["fewer than 5", "7"],
        "Early": ["withheld", "8"],
        "All": ["11", "15"],
    }


def test_table_of_few_does_not_even_name_what_occurred():
    table = drawn(section(exclusion=2), section(late=7, early=8))

    assert cells(table) == {
        "Late": ["withheld", "7"],
        "Early": ["withheld", "8"],
        "All": ["fewer than 5", "15"],
    }
    assert table.note.endswith("too few to show them apart.")
    assert cells(drawn(section(exclusion=2), exact=True))["Exclusion"] == ["2"]


def test_table_of_which_only_a_total_is_left_is_a_line():
    figures = compose([(NOW, section(exclusion=2)), (BEFORE, section(late=3))], 5)

    told, exact = (shown_sections(figures, exact=one)[0] for one in (False, True))
    assert [cells(table) for table in told.only_totals] == [{"All": ["fewer than 5"] * 2}]
    assert (told.told, exact.only_totals) == ([], [])


def test_part_in_which_nothing_was_counted_is_empty_and_one_withheld_is_not():
    columns = ([(NOW, section(late=0))], [(NOW, section(late=2))])
    found = [shown_sections(compose(one, 5), exact=False)[0].empty for one in columns]
    assert found == [True, False]


def test_bars_and_sheet_hold_no_withheld_figure():
    figures = compose([(NOW, section(late=3, early=8, other=20))], 5)
    chart = shown_sections(figures, exact=False)[0].tables[0].chart

    assert [(bar.length, text) for bar, text in chart.bars] == [
        (0.0, "fewer than 5"),
        (0.0, "withheld"),
        (340.0, "20"),
    ]
    assert [row[3:] for row in sheet_rows(figures, exact=False)] == [
        ["Late", "fewer than 5"],
        ["Early", "withheld"],
        ["Other", "20"],
        ["All", "31"],
    ]


def test_links_are_for_those_who_hold_their_power():
    rows = (Row("a", "A", 9, url="/a/", power="one"), Row("b", "B", 9, url="/b/"))
    sections = [Section("s", "S", 1, "", (Table("t", "T", "H", rows),))]
    figures = compose([(NOW, sections)], 5)

    def links(may):
        return [row.url for row in shown_sections(figures, exact=True, may=may)[0].tables[0].rows]

    assert links(lambda power: power == "one") == ["/a/", ""]
    assert links(lambda _power: False) == ["", ""]


def test_parts_with_nothing_to_tell_are_named():
    figures = compose([(NOW, [*section(late=0, early=0), Section("t", "Empty", 2)])], 5)
    silent = silent_areas(figures, {"incidents", "filtering", "agreements", "policies"})

    assert silent == [
        "Duties",
        "Training",
        "Equipment and its disposal",
        "Data protection",
        "S",
        "Empty",
    ]


@pytest.mark.parametrize(
    ("start", "end", "columns"),
    [
        (NOW.start, NOW.end, 1),  # the same days
        (date(2026, 10, 1), date(2026, 10, 31), 1),  # inside them
        (date(2026, 9, 1), date(2026, 12, 31), 1),  # round them
        (date(2026, 12, 1), date(2027, 1, 31), 0),  # across their end
        (date(2027, 1, 4), date(2027, 3, 26), 0),
    ],
)
def test_what_was_published_of_days_inside_or_round_others_counts(start, end, columns):
    issued = [compose([(NOW, section(late=3, early=8, other=20))], 5)]

    found = earlier_of(Period(start, end, "Days"), issued)

    assert len(found) == columns
    if columns:
        same = (start, end) == (NOW.start, NOW.end)
        assert ("s", "t", "other") in found[0]
        assert (("s", "t", "late") in found[0]) is same


def test_part_of_a_published_period_does_not_tell_the_rest():
    issued = [compose([(NOW, section(late=30, early=20))], 5)]
    october = Period(date(2026, 9, 2), date(2026, 12, 1), "To December")

    figures = compose([(october, section(late=27, early=10))], 5, issued)

    rows = figures["sections"][0]["tables"][0]["rows"]
    assert {row["key"]: row["marks"][0] for row in rows} == {
        "late": "changed",
        "early": "withheld",
        "total": "",
    }
