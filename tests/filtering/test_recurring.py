"""Which records fulfil the recurring duties of filtering, and that nobody is told of them twice."""

from datetime import date, datetime, timedelta

import pytest

from filtering.actions.alert_drills import start_drill
from filtering.actions.alerts import open_alert
from filtering.actions.attesting import attest
from filtering.duties import PARTS, REMINDERS, provision
from filtering.vocabulary import Trigger
from reminders.recurring import recurring_duties
from tests.cast import NOW
from tests.filtering import walk_alerts, walk_provision
from tests.filtering import walk_oversight as walk

TODAY = NOW.date()
TERM = (date(2026, 9, 2), date(2026, 12, 18))
BEFORE = (date(2026, 4, 13), date(2026, 7, 21))
LATER = NOW + timedelta(days=1)


def confirm(cast, *statements: str) -> None:
    """Confirm statements a minute apart: the headteacher hers, IT the others."""
    for number, statement in enumerate(statements):
        attest(
            school=cast.school,
            statement=statement,
            note="Looked through.",
            next_date=TODAY + timedelta(days=100),
            by=cast.hana if statement in {"standard", "strategy", "status"} else cast.tina,
            at=NOW + timedelta(minutes=number),
        )


def check_one_of_two(cast) -> None:
    first, _ = walk.points(cast, "Tablet", "Laptop")
    walk.check(cast, first)


def check_both(cast) -> None:
    for place in walk.points(cast, "Tablet", "Laptop"):
        walk.check(cast, place)


def check_without_an_answer(cast) -> None:
    walk.check(cast, results=walk.results(adult="not_tested"))


def check_again(cast) -> None:
    check_without_an_answer(cast)
    walk.check(cast)


def review_signed_by(cast, *names: str, **trigger) -> None:
    made = walk.offered(cast, **trigger)
    for name in names:
        walk.sign(cast, made, name)


def annual(cast, *names: str) -> None:
    review_signed_by(cast, *names, trigger=Trigger.ANNUAL, words="")


def drill(cast) -> None:
    start_drill(school=cast.school, by=cast.hana, at=NOW)


def drill_opened(cast) -> None:
    started = start_drill(school=cast.school, by=cast.hana, at=NOW)
    walk_alerts.act(open_alert, started, by=cast.dora, at=LATER)


def real_alert(cast) -> None:
    walk_alerts.opened(cast)


FOUR = ("hana", "dora", "tina", "olga")
LISTS = ("iwf", "ctiru", "child_abuse")
# What was done, the duty, and how long after the cast's moment it counts as fulfilled; or never.
CASES = {
    "no place": ("filter_checks", lambda _cast: None, None),
    "one place of two": ("filter_checks", check_one_of_two, None),
    "both places": ("filter_checks", check_both, timedelta()),
    "a test without an answer": ("filter_checks", check_without_an_answer, None),
    "tried again": ("filter_checks", check_again, timedelta()),
    "review not signed by all": ("filter_review", lambda cast: annual(cast, *FOUR[:3]), None),
    "review signed": ("filter_review", lambda cast: annual(cast, *FOUR), timedelta()),
    "another review": ("filter_review", lambda cast: review_signed_by(cast, *FOUR), None),
    "drill nobody opened": ("alert_drill", drill, None),
    "drill opened": ("alert_drill", drill_opened, timedelta(days=1)),
    "no drill": ("alert_drill", real_alert, None),
    "standard": ("filter_approval", lambda cast: confirm(cast, "standard"), timedelta()),
    "not the standard": ("filter_approval", lambda cast: confirm(cast, "strategy"), None),
    "strategy": ("monitoring_strategy", lambda cast: confirm(cast, "strategy"), timedelta()),
    "holders": ("status_holders", lambda cast: confirm(cast, "status"), timedelta()),
    "two lists": ("block_lists", lambda cast: confirm(cast, *LISTS[:2]), None),
    "all lists": ("block_lists", lambda cast: confirm(cast, *LISTS), timedelta(minutes=2)),
}


@pytest.mark.parametrize(("code", "act", "after"), CASES.values(), ids=CASES)
def test_duty_is_fulfilled_by_its_records_in_its_period(cast, code, act, after):
    act(cast)
    duty = recurring_duties()[code]

    assert duty.evidence(cast.school, *TERM) == (None if after is None else NOW + after)
    assert duty.evidence(cast.school, *BEFORE) is None
    assert after is None or duty.records(*TERM).exists()
    assert not duty.records(*BEFORE).exists()


@pytest.mark.parametrize("code", sorted({code for code, _, _ in CASES.values()}))
def test_evidence_costs_the_same_for_more_records(cast, code, django_assert_max_num_queries):
    check_both(cast)
    confirm(cast, *LISTS)

    with django_assert_max_num_queries(2):
        recurring_duties()[code].evidence(cast.school, *TERM)


def told(cast, on: date) -> set[tuple[str, int, str]]:
    dues = (one for part in PARTS for one in part.reminders_due(cast.school, on=on))
    return {(one.duty, one.person_id, one.period) for one in dues}


def test_nobody_is_reminded_beside_the_recurring_duty(cast):
    """Not of checks, drill or yearly review: the recurring duty does that (SYS-02)."""
    assert not REMINDERS.keys() & {"filter_checks", "fire_drill", "yearly_review"}
    walk.points(cast)
    walk.review(cast, "", trigger=Trigger.ANNUAL)
    days = [date(2026, 12, 15), date(2027, 4, 20), date(2027, 7, 29)]

    assert {duty for day in days for duty, _, _ in told(cast, day)} == {"filtering_confirmation"}


def test_confirmations_are_reminded_of_by_their_own_day_only(cast):
    kept = [recurring_duties()[duty.code] for duty in provision.RECURRING]
    assert [duty.remind_days for duty in kept] == [()] * 4


def test_what_was_never_confirmed_is_told_once_a_year_where_there_is_a_profile(cast):
    assert told(cast, TODAY) == set()
    walk_provision.profile(cast)
    both = {("filtering_confirmation", one.pk, "never:2026/27") for one in (cast.hana, cast.tina)}

    assert told(cast, TODAY) == told(cast, TODAY + timedelta(days=90)) == both
    confirm(cast, "standard", "strategy", "status")
    assert {person for _, person, _ in told(cast, TODAY)} == {cast.tina.pk}
    assert told(cast, date(2026, 9, 30)) != set()


def test_moments_of_a_period_end_with_its_last_day(cast):
    confirm(cast, "standard")
    evidence = recurring_duties()["filter_approval"].evidence
    day = timedelta(days=1)

    assert evidence(cast.school, TODAY, TODAY) == NOW
    assert evidence(cast.school, TODAY + day, TODAY + day) is None
    assert evidence(cast.school, TODAY - day, TODAY - day) is None
    assert isinstance(evidence(cast.school, TODAY - day, TODAY), datetime)
