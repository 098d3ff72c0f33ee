"""The spans of days a report can be about, and what each is compared with."""

from datetime import date

import pytest

from common.errors import Refusal
from common.scope import school_scope
from common.sections import Period
from people.actions.schools import add_year, create_school
from reports.periods import Compared, compared, period_between, term_to_report, terms_of
from tests.cast import NOW

AUTUMN = Period(date(2026, 9, 2), date(2026, 12, 18), "Autumn 2026/27")
SPRING = Period(date(2027, 1, 4), date(2027, 3, 26), "Spring 2026/27")
SUMMER = Period(date(2027, 4, 12), date(2027, 7, 21), "Summer 2026/27")


@pytest.fixture
def school(cast):
    return cast.school


def enter_year_before(school, *names: str) -> list[Period]:
    dates = [
        (date(2025, 9, 3), date(2025, 12, 19)),
        (date(2026, 1, 5), date(2026, 3, 27)),
        (date(2026, 4, 13), date(2026, 7, 22)),
    ]
    terms = [(name, *days) for name, days in zip(names, dates, strict=False)]
    add_year(school=school, name="2025/26", terms=terms, by="tests", at=NOW)
    return [Period(start, end, f"{name} 2025/26") for name, start, end in terms]


def test_terms_come_latest_first(school, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert terms_of(school) == [SUMMER, SPRING, AUTUMN]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 9, 1), None),
        (date(2026, 9, 2), AUTUMN),
        (date(2026, 12, 18), AUTUMN),
        (date(2026, 12, 28), AUTUMN),
        (date(2027, 1, 4), SPRING),
        (date(2028, 1, 1), SUMMER),
    ],
)
def test_the_term_to_report_is_the_one_last_begun(school, on, expected):
    assert term_to_report(school, on=on) == expected


def test_without_terms_there_is_none_to_report(cast):
    school = create_school(slug="new", name="New School", at=NOW)
    with school_scope(school.pk):
        assert terms_of(school) == []
        assert term_to_report(school, on=NOW.date()) is None
        assert compared(school, AUTUMN).previous == Period(
            date(2026, 5, 17), date(2026, 9, 1), "Sun 17 May 2026 to Tue 1 Sep 2026"
        )


def test_the_days_of_a_term_carry_its_name(school):
    assert period_between(school, AUTUMN.start, AUTUMN.end) == AUTUMN


def test_other_days_are_called_by_their_dates(school):
    found = period_between(school, date(2026, 9, 2), date(2026, 9, 2))
    assert found == Period(date(2026, 9, 2), date(2026, 9, 2), "Wed 2 Sep 2026 to Wed 2 Sep 2026")


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 9, 2), date(2026, 9, 1), "The last day cannot be before the first."),
        (date(2024, 9, 1), date(2026, 9, 3), "Choose two years at most."),
        (date(1999, 12, 31), date(2000, 9, 3), "Choose days from the year 2000 on."),
    ],
)
def test_days_that_make_no_period_are_refused(school, start, end, words):
    with pytest.raises(Refusal) as refused:
        period_between(school, start, end)
    assert str(refused.value) == words


def test_a_term_is_compared_with_the_one_before_and_the_same_last_year(
    school, django_assert_num_queries
):
    before = enter_year_before(school, "Autumn", "Spring", "Summer")
    with django_assert_num_queries(1):
        assert compared(school, AUTUMN) == Compared(AUTUMN, before[2], before[0])
    assert compared(school, SPRING) == Compared(SPRING, AUTUMN, before[1])


def test_the_first_term_a_school_entered_is_compared_with_nothing(school):
    assert compared(school, AUTUMN) == Compared(AUTUMN, None, None)


def test_terms_that_changed_their_names_are_compared_by_their_place(school):
    before = enter_year_before(school, "Michaelmas", "Lent", "Trinity")
    assert compared(school, SPRING).last_year == before[1]


def test_a_year_with_fewer_terms_has_no_twin_of_another_name(school):
    enter_year_before(school, "First half")
    assert compared(school, SPRING).last_year is None


def test_other_days_are_compared_with_as_many_before_and_the_same_dates_last_year(school):
    period = period_between(school, date(2024, 2, 29), date(2024, 3, 1))
    assert compared(school, period) == Compared(
        period,
        Period(date(2024, 2, 27), date(2024, 2, 28), "Tue 27 Feb 2024 to Wed 28 Feb 2024"),
        Period(date(2023, 2, 28), date(2023, 3, 1), "Tue 28 Feb 2023 to Wed 1 Mar 2023"),
    )
