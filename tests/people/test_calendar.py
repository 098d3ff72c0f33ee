"""School days round terms, closures, bank holidays and years nobody has entered."""

from datetime import date, datetime

import pytest
import time_machine

from audit.queries import trail_of
from common.errors import Refusal
from common.scope import school_scope
from people.actions.schools import add_closure, add_year, correct_term
from people.actions.settings import change_setting
from people.calendar import LONDON, SchoolCalendar, end_of_school_day, school_year_of
from people.models import AcademicYear, Closure, School, Term
from tests.cast import NOW


@pytest.fixture
def calendar(cast) -> SchoolCalendar:
    """Give the calendar of the cast's school."""
    return SchoolCalendar(cast.school)


@pytest.mark.parametrize(
    ("day", "open_to_pupils"),
    [
        (date(2026, 9, 2), True),  # first day of term
        (date(2026, 9, 1), False),  # the day before
        (date(2026, 9, 5), False),  # a Saturday
        (date(2026, 10, 26), False),  # first day of half-term
        (date(2026, 10, 30), False),  # last day of half-term
        (date(2026, 12, 18), True),  # last day of term
        (date(2026, 12, 21), False),  # Christmas holidays
        (date(2027, 5, 3), False),  # early May bank holiday
        (date(2027, 7, 21), True),  # last day of the year
        (date(2027, 8, 25), False),  # summer holidays
        (date(2027, 9, 1), True),  # a year not entered yet: every weekday counts
        (date(2027, 12, 27), False),  # but not Christmas
        (date(2020, 10, 14), True),  # a year before the product: every weekday counts
    ],
)
def test_school_days_are_known(calendar, day, open_to_pupils):
    assert calendar.is_school_day(day) is open_to_pupils


def test_deadline_does_not_wait_for_a_year_that_nobody_entered(calendar):
    assert calendar.add_school_days(date(2027, 7, 20), 1) == date(2027, 7, 21)
    assert calendar.add_school_days(date(2027, 7, 20), 2) == date(2027, 9, 1)
    assert calendar.add_school_days(date(2027, 7, 20), 4) == date(2027, 9, 3)


def test_school_days_between_two_dates_count_the_last_and_not_the_first(calendar):
    assert calendar.school_days_between(date(2026, 9, 14), date(2026, 9, 18)) == 4
    assert calendar.school_days_between(date(2026, 10, 23), date(2026, 11, 3)) == 2
    assert calendar.school_days_between(date(2026, 9, 18), date(2026, 9, 18)) == 0
    assert calendar.school_days_between(date(2026, 9, 18), date(2026, 9, 14)) == 0


def test_adding_and_counting_agree(calendar):
    start = date(2026, 9, 15)
    for count in range(60):
        assert calendar.school_days_between(start, calendar.add_school_days(start, count)) == count


def test_school_without_terms_counts_every_weekday(cast):
    school = School.objects.create(slug="new-school", name="New School", created_at=NOW)
    with school_scope(school.pk):
        calendar = SchoolCalendar(school)
        assert calendar.add_school_days(date(2026, 10, 23), 1) == date(2026, 10, 26)
        assert calendar.add_school_days(date(2026, 12, 24), 1) == date(2026, 12, 29)


def test_another_schools_closure_does_not_count(cast, other):
    with school_scope(other.school.pk):
        Closure.objects.create(
            school=other.school,
            name="Flood",
            start_date=date(2026, 9, 16),
            end_date=date(2026, 9, 18),
        )

    assert SchoolCalendar(cast.school).add_school_days(date(2026, 9, 15), 1) == date(2026, 9, 16)
    with school_scope(other.school.pk):
        calendar = SchoolCalendar(other.school)
        assert calendar.add_school_days(date(2026, 9, 15), 1) == date(2026, 9, 21)


def test_autumn_term_that_begins_in_august_belongs_to_the_coming_year(cast):
    school = School.objects.create(slug="early-school", name="Early School", created_at=NOW)
    with school_scope(school.pk):
        add_year(
            school=school,
            name="2026/27",
            terms=[("Autumn", date(2026, 8, 24), date(2026, 12, 18))],
            by="tests",
            at=NOW,
        )
        calendar = SchoolCalendar(school)
        assert [calendar.is_school_day(date(2026, 8, day)) for day in (21, 24)] == [True, True]
        assert calendar.years_missing(date(2026, 8, 20)) == [2025]


def test_school_year_begins_in_september():
    assert [school_year_of(date(2026, month, 1)) for month in (1, 8, 9, 12)] == [
        2025,
        2025,
        2026,
        2026,
    ]


def test_end_of_the_school_day_follows_the_schools_clock_and_setting(cast):
    summer = datetime(2026, 9, 15, 10, 0, tzinfo=LONDON)
    winter = datetime(2026, 12, 1, 10, 0, tzinfo=LONDON)
    assert end_of_school_day(cast.school, summer).isoformat() == "2026-09-15T16:00:00+01:00"
    assert end_of_school_day(cast.school, winter).isoformat() == "2026-12-01T16:00:00+00:00"

    change_setting(school=cast.school, name="school_day_ends", value="15:30", by=cast.hana, at=NOW)
    assert end_of_school_day(cast.school, summer).isoformat() == "2026-09-15T15:30:00+01:00"


# The page ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (datetime(2027, 5, 31, 12, tzinfo=LONDON), []),
        (datetime(2027, 6, 1, 12, tzinfo=LONDON), ["2027/28"]),
        (datetime(2027, 8, 31, 12, tzinfo=LONDON), ["2027/28"]),
        (datetime(2027, 9, 1, 12, tzinfo=LONDON), ["2027/28"]),
        (datetime(2026, 9, 15, 12, tzinfo=LONDON), []),
    ],
)
def test_page_warns_from_june_on_when_next_years_terms_are_missing(cast, today, missing):
    with time_machine.travel(today, tick=False):
        page = cast.client("hana").get(cast.url("calendar/"))

    assert page.context["missing"] == missing
    assert ("The terms of 2027/28 are not entered yet." in page.content.decode()) is bool(missing)


def test_page_shows_years_terms_and_closures(cast):
    page = cast.client("dora").get(cast.url("calendar/"))
    text = page.content.decode()

    assert [year.name for year in page.context["years"]] == ["2026/27"]
    for words in ("Wed 2 Sep 2026", "Fri 18 Dec 2026", "Half-term", "Mon 26 Oct 2026"):
        assert words in text
    assert cast.url("calendar/years/new") not in text
    assert (
        cast.url("calendar/years/new")
        in cast.client("hana").get(cast.url("calendar/")).content.decode()
    )


@pytest.mark.parametrize(
    ("terms", "closures", "sentence"),
    [
        (
            [("Autumn", date(2027, 9, 2), date(2027, 9, 1))],
            [],
            "A term or closure ends before it starts. Check the dates.",
        ),
        (
            [("Autumn", date(2027, 9, 2), date(2037, 9, 1))],
            [],
            "These terms are more than a year apart. Check the dates.",
        ),
        (
            [
                ("Autumn", date(2027, 9, 2), date(2027, 12, 17)),
                ("Spring", date(2027, 12, 17), date(2028, 3, 31)),
            ],
            [],
            "Two terms overlap. Check the dates.",
        ),
        (
            [("Autumn", date(2027, 9, 2), date(2027, 12, 17))],
            [("Half-term", date(2027, 10, 29), date(2027, 10, 25))],
            "A term or closure ends before it starts. Check the dates.",
        ),
    ],
)
def test_year_that_cannot_be_is_refused_and_nothing_is_written(cast, terms, closures, sentence):
    def held():
        return [model.objects.count() for model in (AcademicYear, Term, Closure)]

    before = held()
    with pytest.raises(Refusal) as refused:
        add_year(
            school=cast.school,
            name="2027/28",
            terms=terms,
            closures=closures,
            by=cast.hana,
            at=NOW,
        )

    assert str(refused.value) == sentence
    assert held() == before


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        (date(2026, 11, 5), date(2026, 11, 4), "The last day is before the first."),
        (
            date(2026, 11, 5),
            date(2126, 11, 5),
            "A closure cannot be longer than a term. Check the dates.",
        ),
        (
            date(2026, 10, 26),
            date(2026, 10, 30),
            "These days are entered as a closure already.",
        ),
    ],
)
def test_closure_that_cannot_be_is_refused(cast, start, end, sentence):
    with pytest.raises(Refusal) as refused:
        add_closure(
            school=cast.school, name="Shut", start_date=start, end_date=end, by=cast.hana, at=NOW
        )

    assert str(refused.value) == sentence
    assert Closure.objects.count() == 1


def test_closure_of_another_school_cannot_be_added(cast, other):
    data = {"name": "Shut", "start_date": "2026-11-23", "end_date": "2026-11-23"}

    response = other.client("oscar").post(cast.url("calendar/closures/new"), data)

    assert (response.status_code, Closure.objects.count()) == (404, 1)


# Putting right what was entered wrongly ----------------------------------------------------------


def test_closure_is_put_right_and_what_it_said_stays_in_the_trail(cast):
    closure = Closure.objects.get()
    client, url = cast.client("hana"), cast.url(f"calendar/closures/{closure.pk}/edit")
    form = client.get(url).context["form"]
    assert [form[name].value() for name in ("name", "start_date")] == [
        "Half-term",
        date(2026, 10, 26),
    ]

    sent = {"name": "Autumn half-term", "start_date": "2026-10-19", "end_date": "2026-10-23"}
    assert client.post(url, sent).url == cast.url("calendar/")

    calendar = SchoolCalendar(cast.school)
    assert calendar.add_school_days(date(2026, 10, 16), 1) == date(2026, 10, 26)
    (entry,) = trail_of(closure).filter(verb="correct_closure")
    assert entry.facts == {
        "before": ["Half-term", "2026-10-26", "2026-10-30"],
        "after": ["Autumn half-term", "2026-10-19", "2026-10-23"],
    }
    sent["end_date"] = "2026-10-01"
    assert client.post(url, sent).context["form"].errors == {
        "end_date": ["The last day is before the first."]
    }
    closure.refresh_from_db()
    assert closure.end_date == date(2026, 10, 23)


def test_term_is_put_right_with_its_year(cast):
    term = Term.objects.get(name="Summer")
    sent = {"name": "Summer", "start_date": "2027-04-12", "end_date": "2027-07-23"}

    client, url = cast.client("hana"), cast.url(f"calendar/terms/{term.pk}/edit")
    assert client.post(url, sent).url == cast.url("calendar/")

    term.refresh_from_db()
    assert (term.end_date, term.year.end_date) == (date(2027, 7, 23), date(2027, 7, 23))
    assert trail_of(term).first().facts["before"] == ["Summer", "2027-04-12", "2027-07-21"]


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        (date(2027, 3, 26), date(2027, 7, 21), "Two terms overlap. Check the dates."),
        (date(2027, 4, 12), date(2027, 4, 12), "The last day has to come after the first."),
        (
            date(2027, 4, 12),
            date(2028, 4, 12),
            "These terms are more than a year apart. Check the dates.",
        ),
    ],
)
def test_term_that_cannot_be_is_refused_and_stays_as_it_was(cast, start, end, sentence):
    term = Term.objects.get(name="Summer")

    with pytest.raises(Refusal) as refused:
        correct_term(term=term, name="Summer", start_date=start, end_date=end, by=cast.hana, at=NOW)

    assert str(refused.value) == sentence
    term.refresh_from_db()
    assert (term.start_date, term.year.end_date) == (date(2027, 4, 12), date(2027, 7, 21))
    assert trail_of(term).count() == 0


def test_calendar_is_corrected_only_by_who_may_and_only_here(cast, other):
    closure, term = Closure.objects.get(), Term.objects.get(name="Summer")
    paths = (f"calendar/closures/{closure.pk}/edit", f"calendar/terms/{term.pk}/edit")
    sent = {"name": "x", "start_date": "2026-10-19", "end_date": "2026-10-23"}

    for path in paths:
        assert cast.client("dora").post(cast.url(path), sent).status_code == 403
        assert other.client("oscar").post(other.url(path), sent).status_code == 404
    closure.refresh_from_db()
    term.refresh_from_db()
    assert (closure.name, term.name) == ("Half-term", "Summer")
