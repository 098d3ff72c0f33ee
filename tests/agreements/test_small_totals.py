"""Who sees totals alone is told of no small number, nor of one that would give it away (REP-17)."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agreements.queries.consent_lists import Tally
from agreements.queries.lists import Coverage
from agreements.small_totals import Totals, consent_totals, coverage_totals
from people.actions.settings import change_setting
from tests.agreements.walk import asked, obligation_of, signed
from tests.cast import NOW

FEW, WITHHELD = "fewer than 3", "withheld"
AUDIENCES = {"a": "staff", "b": "staff", "c": "parent"}
most = st.integers(0, 7)
sizes = st.lists(st.tuples(most, most).filter(any), min_size=1, max_size=3)


def shown(pairs: list[tuple[int, int]], threshold: int = 3) -> list[Totals]:
    """Return what is shown of agreements with so many done and not done."""
    rows = [
        Coverage(key, done + rest, done, 0, 0, key)
        for key, (done, rest) in zip(AUDIENCES, pairs, strict=False)
    ]
    total = Coverage(
        "Everybody", sum(one.total for one in rows), sum(one.met for one in rows), 0, 0
    )
    return coverage_totals(rows, total, AUDIENCES, threshold)


def fits(cell: str, value: int) -> bool:
    """Return whether a value may stand behind a cell; behind "withheld" any may."""
    return 0 < value < 3 if cell == FEW else cell == WITHHELD or value == int(cell)


def behind(row: Totals, most: int) -> list[tuple[int, int]]:
    """Return how many may have done it and not done it behind a row."""
    return [
        (done, rest)
        for done, rest in product(range(most + 1), repeat=2)
        if done + rest and all(map(fits, row.cells, (done + rest, done, rest)))
    ]


@settings(max_examples=60, deadline=None)
@given(pairs=sizes)
@example(pairs=[(7, 1), (6, 0), (5, 0)])
@example(pairs=[(2, 0), (7, 7)])
@example(pairs=[(0, 1), (0, 2)])
def test_no_withheld_total_can_be_worked_out(pairs):
    *rows, whole = shown(pairs)
    found = [behind(row, 9) for row in rows]
    everybody = set(behind(whole, 27))
    fitting = [
        one
        for one in product(*found)
        if (sum(done for done, _ in one), sum(rest for _, rest in one)) in everybody
    ]
    truth = tuple(pairs)

    assert truth in fitting
    for place, row in enumerate(rows):
        for part, cell in enumerate(row.cells[1:]):
            if not cell.isdigit():
                assert len({one[place][part] for one in fitting}) > 1, (rows, whole)


def test_row_of_large_numbers_is_shown_whole():
    assert shown([(30, 10), (20, 20)])[0] == Totals("a", ["40", "30", "10"], 75)


def test_few_who_have_not_done_it_take_the_percentage_with_them():
    found = shown([(30, 1), (20, 20), (9, 9)])
    assert (found[0].cells[2], found[0].percent) == (FEW, None)


def test_threshold_of_zero_shows_everything():
    assert shown([(2, 1)], threshold=0)[0] == Totals("a", ["3", "2", "1"], 66)


def test_few_answers_about_consent_are_withheld():
    tallies = [
        Tally("Website", 20, Counter(given=18, refused=2)),
        Tally("Internet", 20, Counter(given=10, refused=6, unanswered=4)),
    ]
    assert consent_totals(tallies, 3) == [[WITHHELD, FEW, "0%"], ["50%", "30%", "20%"]]


@pytest.fixture
def signing(cast):
    """Ask staff, pupils and parents; one of the staff has signed."""
    asked(cast, "staff", "pupil_ks2", "parent", at=NOW)
    signed(obligation_of(cast.tom, "staff"), at=NOW)


def test_governors_read_no_small_total_and_no_class(signing, cast, today):
    page = cast.client("olga").get(cast.url("coverage/?by=class"))
    rows = page.context["rows"]

    assert "fewer than 5" in page.content.decode()
    assert [row.name for row in rows].count("5T") == 0
    assert all(row.percent is None for row in rows)


def test_governors_read_everything_where_the_school_withholds_nothing(signing, cast, today):
    change_setting(
        school=cast.school, name="withhold_small_numbers", value=False, by=cast.hana, at=NOW
    )
    rows = cast.client("olga").get(cast.url("coverage/")).context["rows"]
    assert rows[-1].cells == ["9", "1", "8"]


def test_the_head_reads_small_numbers_by_class(signing, cast, today):
    text = cast.client("hana").get(cast.url("coverage/?by=class")).content.decode()
    assert "5T" in text
    assert "fewer than" not in text
