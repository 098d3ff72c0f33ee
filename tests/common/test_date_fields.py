"""Dates in three boxes, moments and times, with their refusals."""

from datetime import UTC, date, datetime, time

import pytest
from django import forms
from django.http import QueryDict

from common.forms import DateBoxesField, DateTimeBoxesField, TimeTextField
from tests.common.reading import Field, elements


@pytest.mark.parametrize(
    "sent",
    [
        "x_day=3&x_month=3&x_year=2026",
        "x_day=03&x_month=03&x_year=2026",
        "x_day=3&x_month=March&x_year=2026",
        "x_day=+3&x_month=mar&x_year=2026+",
        "x=2026-03-03",
    ],
)
def test_date_is_read(sent):
    assert Field(DateBoxesField()).value(sent) == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("", "Enter “X”"),
        ("x_month=3", "Enter a day and a year too."),
        (
            "x_day=30&x_month=2&x_year=2026",
            "30 2 2026 is not a real date. Check the day, the month and the year.",
        ),
        (
            "x_day=1&x_month=1&x_year=0026",
            "1 1 0026 is not a real date. Check the day, the month and the year.",
        ),
        ("x_day=1&x_month=1&x_year=26", "Write the year with four numbers, like 2026."),
        ("x_day=one&x_month=1&x_year=2026", "Write the date in numbers, like 3 3 2026."),
        ("x_day=%C2%B2&x_month=1&x_year=2026", "Write the date in numbers, like 3 3 2026."),
    ],
)
def test_date_is_refused_in_words(sent, said):
    assert Field(DateBoxesField()).refusal(sent) == [said]


def test_date_outside_its_limits_is_refused():
    field = DateBoxesField(earliest=date(2026, 1, 5), latest=lambda: date(2026, 3, 31))

    assert Field(field).refusal("x=2026-04-01") == ["Enter a date on or before Tue 31 Mar 2026."]
    assert Field(field).refusal("x=2026-01-04") == ["Enter a date on or after Mon 5 Jan 2026."]
    assert Field(field).value("x=2026-03-31") == date(2026, 3, 31)


def test_optional_date_may_be_empty():
    assert Field(DateBoxesField(required=False)).value("x_day=&x_month=&x_year=") is None


def test_date_knows_whether_it_changed():
    form = type("One", (forms.Form,), {"x": DateBoxesField()})

    same = form(QueryDict("x_day=3&x_month=3&x_year=2026"), initial={"x": date(2026, 3, 3)})
    other = form(QueryDict("x_day=4&x_month=3&x_year=2026"), initial={"x": date(2026, 3, 3)})
    assert (same.has_changed(), other.has_changed()) == (False, True)


@pytest.mark.parametrize("clock", ["14:05", "14.05", "2:05pm", "2.05 PM", "14:05:00"])
def test_moment_is_given_in_utc(clock):
    sent = f"x_day=1&x_month=7&x_year=2026&x_time={clock}"
    assert Field(DateTimeBoxesField()).value(sent) == datetime(2026, 7, 1, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("x_time=14:05", "Enter the date as well as the time."),
        ("x_day=1&x_month=7&x_year=2026", "Enter the time as well, like 14:05."),
        ("x_day=1&x_month=7&x_year=2026&x_time=25:00", "Write the time like 14:05 or 2:05pm."),
        ("x_day=1&x_month=7&x_year=2026&x_time=14", "Write the time like 14:05 or 2:05pm."),
        ("x_day=1&x_month=7&x_year=2026&x_time=13pm", "Write the time like 14:05 or 2:05pm."),
        (
            "x_day=29&x_month=3&x_year=2026&x_time=01:30",
            "The clocks went forward that night and this hour did not exist.",
        ),
    ],
)
def test_moment_is_refused_in_words(sent, said):
    assert Field(DateTimeBoxesField()).refusal(sent) == [said]


def test_moment_outside_its_limits_is_refused_by_its_local_date():
    field = DateTimeBoxesField(latest=date(2026, 7, 1))
    sent = "x_day=1&x_month=7&x_year=2026&x_time=23:59"

    assert Field(field).value(sent) == datetime(2026, 7, 1, 22, 59, tzinfo=UTC)
    assert Field(field).refusal("x_day=2&x_month=7&x_year=2026&x_time=00:01") == [
        "Enter a date on or before Wed 1 Jul 2026."
    ]


def test_moment_is_drawn_in_local_time():
    form = type("One", (forms.Form,), {"x": DateTimeBoxesField()})(
        initial={"x": datetime(2026, 7, 1, 13, 5, tzinfo=UTC)}
    )
    assert [attrs.get("value") for _, attrs in elements(form["x"], "input")] == [
        "1", "7", "2026", "14:05",
    ]  # fmt: skip


def test_time_on_its_own():
    assert Field(TimeTextField()).value("x=12.30am") == time(0, 30)
