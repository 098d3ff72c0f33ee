"""Settings and calendar: typed, dated, reasoned, and never lost."""

from datetime import date

import pytest

from audit.queries import trail
from common.errors import Refusal
from people.actions.settings import change_setting
from people.calendar import SchoolCalendar
from people.models import AcademicYear, Closure, School, SchoolSetting
from tests.cast import NOW


def change(cast, name, value, seen):
    """Send the form: a value, or the choices of a chain of roles one after the other."""
    chain = {f"choice_{number}": code for number, code in enumerate(value)}
    entered = chain if isinstance(value, list) else {"value": value}
    return cast.client("hana").post(
        cast.url(f"settings/{name}/"), entered | {"seen": seen, "reason": "Governors agreed"}
    )


def in_force(cast, name):
    return School.objects.get(pk=cast.school.pk).setting(name)


@pytest.mark.parametrize(
    ("name", "typed", "seen", "value"),
    [
        ("unread_hours", "6", "4", 6),
        ("pupil_route", ["dsl", "", "head"], "['osl', 'dsl', 'head']", ["dsl", "head"]),
        ("key_stages", "KS2", "['KS1', 'KS2']", ["KS2"]),
        ("learning_platform", "Purple Moss", "''", "Purple Moss"),
        ("look_back", "term", "'year'", "term"),
        ("school_day_ends", "15:30", "'16:00'", "15:30"),
    ],
)
def test_setting_is_changed_in_its_own_type(cast, name, typed, seen, value):
    """SYS-01: a setting of each kind, through its page."""
    assert change(cast, name, typed, seen).status_code == 302
    assert in_force(cast, name) == value


@pytest.mark.parametrize(
    ("name", "typed", "seen", "words"),
    [
        ("unread_hours", "0", "4", "greater than or equal to 1"),
        ("unread_hours", "many", "4", "whole number"),
        ("pupil_route", ["osl", "osl"], "['osl', 'dsl', 'head']", "each role once"),
        ("pupil_route", ["", "osl"], "['osl', 'dsl', 'head']", "First choice"),
        ("pupil_route", ["Robert'); DROP"], "['osl', 'dsl', 'head']", "is not one of the"),
        ("key_stages", "KS9", "['KS1', 'KS2']", "is not one of the available choices"),
        ("learning_platform", "a\x07b", "''", "hidden character"),
        ("learning_platform", "x" * 301, "''", "301 characters long"),
        ("school_day_ends", "25:99", "'16:00'", "a time such as 16:30"),
        ("unread_hours", "6", "7", "Somebody changed this setting"),
    ],
)
def test_setting_refuses_bad_values_in_words_and_writes_nothing(cast, name, typed, seen, words):
    """The form comes back filled in."""
    before = in_force(cast, name)
    text = change(cast, name, typed, seen).content.decode()
    assert (words in text, in_force(cast, name)) == (True, before)
    assert SchoolSetting.objects.filter(name=name).count() == 0


def test_setting_keeps_what_it_was(cast):
    """Old values stay with who set them, and the trail has both."""
    for value in (5, 6):
        change_setting(
            school=cast.school, name="unread_hours", value=value, by=cast.hana, at=NOW, reason="x"
        )
    rows = SchoolSetting.objects.filter(name="unread_hours").order_by("pk")
    assert [(row.value, row.superseded_at is None) for row in rows] == [(5, False), (6, True)]
    facts = trail(cast.school.pk).filter(verb="change_setting").values_list("facts", flat=True)
    assert list(facts) == [{"before": 5, "after": 6}, {"before": 4, "after": 5}]


def test_unchanged_and_unknown_settings_write_nothing(cast):
    """An unchanged value is no change; an unknown name is refused."""
    change_setting(school=cast.school, name="unread_hours", value=4, by=cast.hana, at=NOW)
    with pytest.raises(Refusal, match="no such setting"):
        change_setting(school=cast.school, name="moon_phase", value=1, by=cast.hana, at=NOW)
    assert SchoolSetting.objects.count() == 0


def test_settings_and_calendar_open_for_those_who_may(cast):
    """Lead sees, headteacher changes, teacher neither."""
    pages = ("settings/", "settings/unread_hours/", "calendar/", "calendar/years/new")
    seen = {
        who: [cast.client(who).get(cast.url(page)).status_code for page in pages]
        for who in ("dora", "hana", "tom")
    }
    assert seen == {
        "dora": [200, 403, 200, 403],
        "hana": [200, 200, 200, 200],
        "tom": [403, 403, 403, 403],
    }


YEAR = {
    "name": "2027/28",
    "autumn_start": "2027-09-02",
    "autumn_end": "2027-12-17",
    "spring_start": "2028-01-04",
    "spring_end": "2028-03-31",
    "summer_start": "2028-04-17",
    "summer_end": "2028-07-21",
}


def test_year_is_entered_once(cast):
    """SYS-05: a year with three terms; the same name again is refused in words."""
    client, url = cast.client("hana"), cast.url("calendar/years/new")
    assert client.post(url, YEAR).status_code == 302
    year = AcademicYear.objects.get(name="2027/28")
    again = client.post(url, YEAR).content.decode()
    assert (year.terms.count(), "was entered already" in again) == (3, True)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"spring_start": "2027-12-01"}, "has to come after the one before it"),
        ({"name": "2026/27b", "autumn_start": "2026-10-01"}, "more than a year apart"),
    ],
)
def test_year_refuses_terms_out_of_order(cast, changed, words):
    """Nothing is written and what was typed is kept."""
    response = cast.client("hana").post(cast.url("calendar/years/new"), {**YEAR, **changed})
    text = response.content.decode()
    assert (words in text, "2028" in text, AcademicYear.objects.count()) == (True, True, 1)


def test_closure_makes_its_days_no_school_days(cast):
    """A closure through the page counts in the calendar; the same one twice is refused."""
    data = {"name": "Training day", "start_date": "2026-11-23", "end_date": "2026-11-23"}
    client, url = cast.client("hana"), cast.url("calendar/closures/new")
    assert client.post(url, data).status_code == 302
    assert "entered as a closure already" in client.post(url, data).content.decode()
    calendar = SchoolCalendar(cast.school)
    assert Closure.objects.filter(name="Training day").count() == 1
    assert calendar.add_school_days(date(2026, 11, 20), 1) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2026, 9, 15), 0, date(2026, 9, 15)),
        (date(2026, 9, 19), 0, date(2026, 9, 21)),  # a Saturday
        (date(2026, 10, 23), 1, date(2026, 11, 2)),  # over half-term
        (date(2026, 12, 18), 1, date(2027, 1, 4)),  # over Christmas
        (date(2027, 4, 30), 1, date(2027, 5, 4)),  # over the early May bank holiday
    ],
)
def test_school_days_are_counted_round_holidays(cast, start, count, expected):
    """Terms, closures, weekends and bank holidays."""
    assert SchoolCalendar(cast.school).add_school_days(start, count) == expected
