"""Small numbers are withheld from governors, and nobody can work them out (REP-17)."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from common.sections import Period, Row, Section, Table
from reports.figures import SAME_DAYS, compose, earlier_of
from reports.suppression import Published, suppressed
from tests.reports import attack_shares
from tests.reports.attack import Attack, Made


def counts(*values: int, total: int | None = None, **table) -> list[Section]:
    """Return one section with one table that adds up."""
    rows = [Row(f"r{n}", f"Row {n}", value) for n, value in enumerate(values)]
    if total is not None:
        rows.append(Row("total", "All", total))
    given = {"adds_up": True, **table}
    return [Section("s", "S", 1, tables=(Table("t", "T", "H", tuple(rows), **given),))]


def marks(sections, threshold=5, earlier=()) -> dict[str, str]:
    return {cell[2]: mark for cell, mark in suppressed(sections, threshold, earlier).items()}


def split(whole: int, cuts: list[int]) -> tuple[int, ...]:
    """Return a whole number cut into parts."""
    places = [0, *sorted(cut % (whole + 1) for cut in cuts), whole]
    return tuple(b - a for a, b in pairwise(places))


@st.composite
def schools(draw) -> Made:
    whole = draw(st.one_of(st.integers(0, 12), st.integers(0, 70)))
    cut = st.lists(st.integers(0, 70), min_size=1, max_size=5)
    about = split(whole, draw(cut))
    year = split(about[0], draw(cut))
    return Made(about, split(whole, draw(cut)), year, totals=draw(st.booleans()))


@settings(max_examples=120, deadline=None)
@given(made=schools(), threshold=st.integers(3, 6))
@example(made=Made((46, 4), (30, 20), (20, 26)), threshold=5)
@example(made=Made((5, 1), (6, 0), (5, 0)), threshold=5)
@example(made=Made((1, 1, 1, 1), (4, 0), (1, 0)), threshold=5)
@example(made=Made((4, 4, 4), (12, 0), (4, 0)), threshold=5)
def test_no_withheld_number_can_be_worked_out(made, threshold):
    attack = Attack(made, threshold)

    pinned = {cell: values for cell in attack.withheld if len(values := attack.values_of(cell)) < 2}
    if not made.about[0]:  # nothing happened, and a table about it says so
        pinned.pop(("about", "about0"), None)

    assert pinned == {}


WAYS = 12_000
small = st.one_of(st.integers(0, 3), st.integers(0, 9))
groups = st.lists(st.tuples(small, small, small), min_size=1, max_size=3)


@settings(max_examples=40, deadline=None)
@given(groups=groups, threshold=st.integers(3, 5))
@example(groups=[(12, 6, 2), (30, 0, 0)], threshold=5)
@example(groups=[(1, 2, 0), (7, 3, 2), (9, 9, 0)], threshold=5)
def test_no_share_tells_a_number_of_the_tables_it_belongs_to(groups, threshold):
    attack = attack_shares.Attack(groups, threshold)
    assume(attack.ways() < WAYS)

    pinned = {
        cell: values
        for cell, values in attack.values().items()
        if len(values) < 2 and attack.truth[cell] and cell[0] != "done"
    }

    assert pinned == {}


@settings(max_examples=80, deadline=None)
@given(made=schools(), threshold=st.integers(3, 6))
def test_no_small_number_is_shown_and_nothing_is_withheld_without_one(made, threshold):
    found = suppressed(made.sections(), threshold)
    every = {
        (section.code, table.code, row.key): row.value
        for section in made.sections()
        for table in section.tables
        for row in table.rows
    }
    small = {cell for cell, value in every.items() if 0 < value < threshold}

    assert small <= found.keys()
    assert bool(found) == bool(small or 0 < made.whole < threshold or 0 < made.about[0] < threshold)


def test_small_number_is_withheld_with_the_smallest_that_protects_it():
    assert marks(counts(3, 30, 12, 0, total=45)) == {"r0": "few", "r2": "withheld"}


def test_two_small_numbers_protect_each_other():
    assert marks(counts(3, 2, 30, total=35)) == {"r0": "few", "r1": "few"}


@pytest.mark.parametrize("small", [(1, 1), (4, 4)])
def test_small_numbers_that_the_total_gives_away_need_a_third(small):
    assert marks(counts(*small, 30, 12)) == {"r0": "few", "r1": "few", "r3": "withheld"}


def test_few_cases_are_not_broken_down_at_all():
    assert marks(counts(3, 0, 0, total=3)) == {
        "r0": "withheld",
        "r1": "withheld",
        "r2": "withheld",
        "total": "few",
    }


def test_zero_is_shown():
    assert marks(counts(0, 20, 9, total=29)) == {}


def test_row_that_is_the_total_of_another_table_is_withheld_in_both():
    attack = Attack(Made(about=(46, 4), source=(50, 0), year=(20, 26)), 5)

    assert attack.marks == {
        ("about", "about0"): "withheld",
        ("about", "about1"): "few",
        ("year", "year0"): "withheld",
        ("year", "total"): "withheld",
    }


def test_number_withheld_in_one_table_is_not_told_by_one_that_does_not_add_up():
    other = Table("o", "O", "H", (Row("same", "Same", 12), Row("other", "Other", 30)))
    section = counts(3, 30, 12)[0]
    both = [Section("s", "S", 1, tables=(*section.tables, other))]

    assert marks(both) == {"r0": "few", "r2": "withheld", "same": "withheld"}


def test_counts_of_things_are_never_withheld():
    assert marks(counts(3, 30, total=33, people=False)) == {}


def test_threshold_of_zero_withholds_nothing_and_two_is_refused():
    assert marks(counts(3, 30, total=33), threshold=0) == {}
    with pytest.raises(ValueError, match="below 3"):
        marks(counts(3), threshold=2)


def rate(value, base, unit="percent") -> list[Section]:
    table = Table("t", "T", "H", (Row("r", "Rate", value, base=base),), unit=unit)
    return [Section("s", "S", 1, tables=(table,))]


@pytest.mark.parametrize(
    ("value", "base", "unit", "mark"),
    [
        (7.5, 4, "hours", True),
        (7.5, None, "hours", True),
        (7.5, 5, "hours", False),
        (50.0, 4, "percent", True),
        (50.0, 20, "percent", False),
        (20.0, 10, "percent", True),  # two of ten
        (80.0, 10, "percent", True),  # all but two
        (100.0, 10, "percent", False),
        (0.0, 10, "percent", False),
        (None, 0, "percent", False),
    ],
)
def test_rate_is_withheld_by_the_cases_it_rests_on(value, base, unit, mark):
    assert marks(rate(value, base, unit)) == ({"r": "withheld"} if mark else {})


def test_share_that_tells_a_withheld_number_is_withheld():
    sections = [*counts(3, 12, 30), *rate(40.0, 30)]  # 12 of 30

    assert marks(sections)["r"] == "withheld"


def published(**values) -> list[dict]:
    return [
        {
            ("s", "t", key): Published(abs(value), shown=value >= 0)  # minus: withheld then
            for key, value in values.items()
        }
    ]


def test_new_edition_does_not_tell_what_changed_by_a_little():
    earlier = published(r0=10, r1=20, r2=30, total=60)

    assert marks(counts(11, 20, 29, total=60), earlier=earlier) == {
        "r0": "changed",
        "r2": "changed",
    }
    assert marks(counts(11, 20, 30, total=61), earlier=earlier) == {
        "r0": "changed",
        "total": "changed",
    }


def test_new_edition_shows_what_stayed_and_what_changed_much():
    earlier = published(r0=10, r1=20, total=30)

    assert marks(counts(10, 30, total=40), earlier=earlier) == {}


def test_what_was_withheld_stays_withheld_while_it_has_hardly_changed():
    earlier = published(r0=-3, r1=-20, r2=40, total=63)

    found = marks(counts(6, 20, 40, total=66), earlier=earlier)

    assert (found["r0"], found["r1"]) == ("withheld", "withheld")
    assert marks(counts(26, 40, 45, total=111), earlier=earlier) == {}


def test_rate_that_changed_on_hardly_other_cases_is_withheld():
    earlier = [{("s", "t", "r"): Published(50.0, 20)}]

    assert marks(rate(52.4, 21), earlier=earlier) == {"r": "withheld"}
    assert marks(rate(50.0, 21), earlier=earlier) == {}
    assert marks(rate(40.0, 50), earlier=earlier) == {}


def test_papers_of_a_review_are_compared_for_the_very_same_days_alone():
    """A number shown in them that changed by one is withheld in a report on those days."""
    term = Period(date(2026, 9, 2), date(2026, 12, 18), "Autumn")
    half = Period(term.start, date(2026, 10, 23), "Half")
    sections = counts(12, 20, total=32)
    papers = compose([(half, sections)], 5) | {SAME_DAYS: True}

    assert earlier_of(term, [papers]) == []
    assert len(earlier_of(term, [papers | {SAME_DAYS: False}])) == 1
    assert len(earlier_of(half, [papers])) == 1
    again = compose([(half, counts(13, 20, total=33))], 5, [papers])
    (row, *_) = again["sections"][0]["tables"][0]["rows"]
    assert row["marks"] == ["changed"]
