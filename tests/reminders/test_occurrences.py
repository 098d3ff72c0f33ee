"""Recurring duties are opened once a period, closed by a record, or missed when the next began."""

from datetime import UTC, date, datetime, timedelta

import pytest

from audit.queries import trail
from common.duties import PERIODS
from common.scope import school_scope
from people.actions.schools import correct_term, create_school
from people.actions.settings import change_setting
from people.calendar import LONDON, SchoolCalendar
from people.models import School, Term
from reminders.actions import open_occurrences
from reminders.actions.occurrences import Settled
from reminders.models import DutyOccurrence
from reminders.recurring import recurring_duties, setting_of
from reminders.spans import spans_on
from reports.models import GovernorReport
from tests.cast import NOW
from tests.reminders.walk import DAY

TERMLY = "technical_passwords"


def settle(cast, at=NOW):
    return open_occurrences(school=School.objects.get(pk=cast.school.pk), at=at)


def moment(month, day, year=2026):
    return datetime(year, month, day, 10, tzinfo=LONDON)


def row(duty, number=-1) -> DutyOccurrence:
    return list(DutyOccurrence.objects.filter(duty=duty).order_by("starts_date"))[number]


def ask(cast, code, value) -> None:
    change_setting(school=cast.school, name=setting_of(code), value=value, by=cast.hana, at=NOW)


def days(kind, day, cast):
    span = spans_on(SchoolCalendar(cast.school), day).get(kind)
    return (span.starts, span.due) if span else None


@pytest.mark.parametrize(
    ("kind", "day", "starts", "due"),
    [
        ("week", date(2026, 9, 15), date(2026, 9, 14), date(2026, 9, 18)),
        ("week", date(2026, 12, 20), date(2026, 12, 14), date(2026, 12, 18)),
        ("week", date(2027, 3, 23), date(2027, 3, 22), date(2027, 3, 25)),  # then Good Friday
        ("half_term", date(2026, 9, 15), date(2026, 9, 2), date(2026, 10, 23)),
        ("half_term", date(2026, 10, 28), date(2026, 9, 2), date(2026, 10, 23)),
        ("half_term", date(2026, 11, 2), date(2026, 10, 31), date(2026, 12, 18)),
        (
            "half_term",
            date(2027, 1, 4),
            date(2027, 1, 4),
            date(2027, 2, 12),
        ),  # no break
        ("term", date(2026, 9, 15), date(2026, 9, 2), date(2026, 12, 18)),
        ("term", date(2027, 2, 1), date(2027, 1, 4), date(2027, 3, 25)),
        ("year", date(2026, 9, 15), date(2026, 9, 1), date(2027, 7, 21)),
        ("year", date(2027, 8, 20), date(2026, 9, 1), date(2027, 7, 21)),
    ],
)
def test_periods_end_on_the_last_school_day_in_them(cast, kind, day, starts, due):
    assert days(kind, day, cast) == (starts, due)


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        ("week", date(2026, 10, 28)),
        ("week", date(2026, 12, 24)),
        ("half_term", date(2026, 12, 24)),
        ("term", date(2027, 4, 1)),
    ],
)
def test_holidays_have_no_period(cast, kind, day):
    assert days(kind, day, cast) is None


def test_nothing_termly_falls_due_without_terms(cast):
    school = create_school(slug="new-school", name="New School", at=NOW)
    with school_scope(school.pk):
        assert list(spans_on(SchoolCalendar(school), NOW.date())) == ["year"]
        open_occurrences(school=school, at=NOW)
        assert set(DutyOccurrence.objects.values_list("period", "due_date")) == {
            ("year-2026", date(2027, 7, 30))
        }


def test_each_duty_is_opened_once_a_period(cast):
    done = [settle(cast, NOW + DAY * n) for n in range(3)]

    duties = recurring_duties().values()
    asked = [duty for duty in duties if duty.period in PERIODS and not duty.about]
    assert [one.opened for one in done] == [len(asked), 0, 0]
    assert DutyOccurrence.objects.count() == len(asked)
    found = row(TERMLY)
    assert (found.state, found.starts_date, found.due_date, found.opened_at) == (
        "open",
        date(2026, 9, 2),
        date(2026, 12, 18),
        NOW,
    )


def test_duty_is_missed_when_the_next_period_has_begun_and_not_before(cast):
    settle(cast)

    assert settle(cast, moment(12, 28)).missed == []
    assert row(TERMLY).state == "open"
    done = settle(cast, moment(1, 5, 2027))
    assert TERMLY in done.missed
    assert [one.state for one in DutyOccurrence.objects.filter(duty=TERMLY).order_by("pk")] == [
        "missed",
        "open",
    ]
    assert row("policy_review").state == "open"  # its year is not over


def test_days_without_a_sweep_are_caught_up_once(cast):
    settle(cast)
    done = settle(cast, moment(6, 1, 2027))

    assert done.missed.count(TERMLY) == 1
    assert row(TERMLY).starts_date == date(2027, 4, 12)
    assert settle(cast, moment(6, 1, 2027)) == Settled()


def report(cast, start, end, at, edition=1) -> GovernorReport:
    return GovernorReport.objects.create(
        school=cast.school,
        period_start=start,
        period_end=end,
        label="Autumn",
        edition=edition,
        state="issued",
        started_by=cast.hana,
        started_at=at,
        issued_by=cast.hana,
        issued_at=at,
        sha256="0" * 64,
    )


def test_record_fulfils_a_duty_and_nobody_has_done_it(cast):
    settle(cast)
    report(cast, date(2026, 9, 2), date(2026, 10, 23), moment(11, 3))

    assert settle(cast, moment(11, 4)).met == ["governor_report"]
    found = row("governor_report")
    assert (found.state, found.done_at, found.done_by, found.version) == (
        "met",
        moment(11, 3),
        None,
        2,
    )


def test_record_of_another_period_fulfils_nothing(cast):
    settle(cast)
    report(cast, date(2026, 4, 13), date(2026, 7, 21), moment(9, 10))

    assert settle(cast, moment(9, 16)).met == []


def test_record_of_the_next_period_does_not_save_the_one_before(cast):
    settle(cast)
    report(cast, date(2027, 1, 4), date(2027, 1, 8), moment(1, 11, 2027))

    done = settle(cast, moment(1, 12, 2027))
    assert "governor_report" in done.missed
    assert (row("governor_report", 0).state, row("governor_report").state) == ("missed", "met")


def test_open_duty_follows_a_term_that_is_put_right(cast):
    settle(cast)
    term = Term.objects.get(school=cast.school, name="Autumn")
    correct_term(
        term=term,
        name="Autumn",
        start_date=date(2026, 9, 3),
        end_date=date(2026, 12, 16),
        by=cast.hana,
        at=NOW,
    )

    assert settle(cast, NOW + DAY).opened == 0
    found = row(TERMLY)
    assert (found.starts_date, found.due_date) == (date(2026, 9, 3), date(2026, 12, 16))


def test_duty_that_is_switched_off_is_not_opened(cast):
    ask(cast, TERMLY, "off")
    settle(cast)

    assert not DutyOccurrence.objects.filter(duty=TERMLY).exists()


def test_duty_with_another_period_is_opened_for_that(cast):
    ask(cast, TERMLY, "week")
    settle(cast)

    assert row(TERMLY).period == "week-2026-38"
    settle(cast, NOW + timedelta(days=7))
    assert [one.state for one in DutyOccurrence.objects.filter(duty=TERMLY).order_by("pk")] == [
        "missed",
        "open",
    ]


def test_open_duty_that_is_asked_for_no_more_is_withdrawn_and_comes_back(cast):
    settle(cast)
    ask(cast, TERMLY, "off")
    assert settle(cast).withdrawn == [TERMLY]
    assert row(TERMLY).state == "withdrawn"
    assert settle(cast) == Settled()

    ask(cast, TERMLY, "term")
    assert settle(cast).opened == 1
    assert (row(TERMLY).state, DutyOccurrence.objects.filter(duty=TERMLY).count()) == ("open", 1)


def test_withdrawn_duty_is_not_missed(cast):
    settle(cast)
    ask(cast, TERMLY, "off")
    settle(cast)

    assert TERMLY not in settle(cast, moment(1, 5, 2027)).missed
    assert row(TERMLY).state == "withdrawn"


def test_duty_that_changes_its_period_is_open_once(cast):
    settle(cast)
    ask(cast, TERMLY, "half_term")
    settle(cast)

    found = DutyOccurrence.objects.filter(duty=TERMLY).order_by("pk")
    assert [one.state for one in found] == ["withdrawn", "open"]


def test_duty_nobody_needs_by_default_can_be_switched_on(cast):
    settle(cast)
    assert not DutyOccurrence.objects.filter(duty="authority_report").exists()
    ask(cast, "authority_report", "year")
    settle(cast)
    assert row("authority_report").due_date == date(2027, 7, 21)


def test_sweep_is_on_the_trail_when_something_changed(cast):
    settle(cast)
    settle(cast)
    settle(cast, moment(1, 5, 2027))

    entries = trail(cast.school.pk).filter(verb="open_occurrences").order_by("sequence")
    assert [(entry.actor_name, sorted(entry.facts)) for entry in entries] == [
        ("open_occurrences", ["met", "missed", "moved", "opened", "withdrawn"])
    ] * 2
    assert TERMLY in entries[1].facts["missed"]


def test_sweep_asks_as_much_for_many_duties_as_for_one(cast, django_assert_max_num_queries):
    settle(cast)
    with django_assert_max_num_queries(18):
        settle(cast, NOW.astimezone(UTC) + DAY)
