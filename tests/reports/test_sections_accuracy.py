"""Every figure about incidents is equal to one counted slowly over records of every sort."""

from datetime import date, timedelta
from random import Random

import pytest

from common.sections import Period
from incidents import sections
from policies.actions import load_policy, put_in_force
from tests.cast import NOW, Cast
from tests.reports.records import Scatter
from tests.reports.slow_count import SlowCount

COUNT = 120
EDGES = [
    (date(2026, 9, 2), date(2026, 12, 18)),
    (date(2026, 10, 25), date(2026, 10, 25)),
    (date(2026, 3, 29), date(2026, 3, 29)),
    (date(2026, 3, 30), date(2026, 9, 1)),
    (date(2025, 7, 1), date(2027, 6, 30)),
    (date(2030, 1, 1), date(2030, 3, 31)),
]


def random_periods(seed: int) -> list[tuple[date, date]]:
    """Return a few spans of days, short and long."""
    random = Random(seed)  # noqa: S311  no secrets
    starts = [date(2025, 7, 1) + timedelta(days=random.randrange(640)) for _ in range(4)]
    return [(start, start + timedelta(days=random.choice((0, 6, 40, 120)))) for start in starts]


def figures(cast: Cast, start: date, end: date) -> dict:
    """Return every figure with what it rests on, by its section, table and row."""
    found = sections.sections(cast.school, Period(start, end, "A period"))
    return {
        (section.code, table.code, row.key): (row.value, row.base)
        for section in found
        for table in section.tables
        for row in table.rows
    }


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_is_what_a_slow_count_finds(cast, ladder, seed):
    flat = load_policy(school=cast.school, data_name="secondary_flat", by=cast.hana, at=NOW)
    put_in_force(
        school=cast.school,
        version=flat,
        from_date=date(2026, 11, 1),
        by=cast.hana,
        at=NOW,
        reason="A new ladder.",
    )
    Scatter(cast, [ladder, flat], seed).write(COUNT)
    slow = SlowCount(cast.school)
    for start, end in [*EDGES, *random_periods(seed)]:
        fast, counted = figures(cast, start, end), slow.count(start, end)
        different = {
            key: (fast.get(key), counted.get(key))
            for key in fast.keys() | counted.keys()
            if fast.get(key) != counted.get(key)
        }
        assert different == {}, f"{start} to {end}"
