"""Numbers of a scattered series: each gap as likely as chance makes it, none given twice."""

from itertools import pairwise

from people.references import next_reference


def drawn(cast, *, scattered: bool) -> list[int]:
    given = {"school": cast.school, "series": "incident", "year": 2040, "scattered": scattered}
    return [int(next_reference(**given).partition("-")[2]) for _ in range(200)]


def test_scattered_numbers_grow_with_gaps_of_any_length(cast, settings):
    settings.SCATTERED_NUMBERS = True
    numbers = drawn(cast, scattered=True)
    gaps = [later - earlier for earlier, later in pairwise(numbers)]

    assert min(gaps) == 1
    assert {1, 2, 3} <= set(gaps)
    assert 1.5 < sum(gaps) / len(gaps) < 2.6


def test_other_series_follow_each_other(cast, settings):
    settings.SCATTERED_NUMBERS = True
    numbers = drawn(cast, scattered=False)

    assert numbers == list(range(numbers[0], numbers[0] + 200))
