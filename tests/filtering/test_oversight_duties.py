"""What of oversight needs whom, and who is reminded of it when (FIL-19, FIL-21, R-FM-3)."""

from collections import defaultdict
from datetime import date, timedelta

import pytest

from common.duties import Need
from filtering.actions.monitoring import sign_monitoring
from filtering.actions.reviewing import finish_review_action
from filtering.duties.oversight import figures, needs, reminders_due
from filtering.vocabulary import Trigger
from tests.cast import NOW
from tests.filtering import walk_oversight as walk
from tests.filtering.walk_oversight import request_of

TODAY = NOW.date()
FRIDAY = date(2026, 9, 18)  # the week's report is due on it


def needs_of(cast, name: str, day: date = TODAY) -> list[Need]:
    return needs(request_of(cast, name), at=walk.at(day))


def told(cast, day: date) -> dict[str, list[str]]:
    """Return who is reminded of what on a day, by first name."""
    names = {person.pk: name for name, person in vars(cast.people).items()}
    found = defaultdict(list)
    for due in reminders_due(cast.school, on=day):
        found[due.duty].append(names[due.person_id])
    return dict(found)


# Weekly reports -----------------------------------------------------------------------------------


def test_week_waits_for_it_then_for_the_lead_then_for_the_head(cast):
    walk.report(cast)
    before = [one.what for name in ("tina", "dora", "hana") for one in needs_of(cast, name)]
    walk.signed(cast)
    after = [one.what for name in ("tina", "dora", "hana") for one in needs_of(cast, name)]

    assert before == [
        "Look through the logs of a week",
        "Sign off a week of monitoring",
    ]
    assert after == ["1 monitoring report to take note of"]


def test_week_is_late_after_its_day(cast):
    walk.report(cast)

    assert [one.late for one in needs_of(cast, "dora")] == [False]
    assert [one.late for one in needs_of(cast, "dora", FRIDAY + timedelta(days=3))] == [True]


def test_unsigned_week_reminds_the_lead_then_the_head_too(cast):
    """Once a week and person, however often the sweep asks."""
    walk.report(cast)
    days = [FRIDAY - timedelta(days=1), FRIDAY, date(2026, 9, 21), date(2026, 9, 22)]

    assert [told(cast, day).get("monitoring_report") for day in days] == [
        None,
        ["dora"],
        ["dora"],
        ["dora", "hana"],
    ]
    assert len({one.period for one in reminders_due(cast.school, on=days[-1])}) == 1


def test_signed_week_reminds_nobody(cast):
    report = walk.report(cast)
    sign = {"breaches": "", "actions": "", "without_look": True}
    walk.deed(sign_monitoring, report, **sign, by=cast.dora)

    assert told(cast, date(2026, 9, 25)) == {}


# Checks -------------------------------------------------------------------------------------------


def test_checks_wait_from_the_second_half_of_the_term(cast):
    """The autumn term is from 2 September to 18 December."""
    walk.points(cast, "Tablet", "Laptop")

    found = [needs_of(cast, "tina", day) for day in (date(2026, 10, 24), date(2026, 10, 26))]
    assert [[one.what for one in part] for part in found] == [
        [],
        ["Check the filter at 2 places"],
    ]


def test_checks_are_reminded_of_in_the_last_three_weeks(cast):
    walk.points(cast)
    days = [date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 18), date(2026, 12, 19)]

    assert [told(cast, day).get("filter_checks") for day in days] == [
        None,
        ["dora", "tina"],
        ["dora", "tina"],
        None,
    ]


def test_checked_places_wait_for_nobody(cast):
    walk.check(cast)

    assert needs_of(cast, "tina", date(2026, 12, 1)) == []
    assert told(cast, date(2026, 12, 1)) == {}


def test_figure_says_how_many_are_checked(cast):
    walk.points(cast, "Tablet", "Laptop")
    walk.check(cast)
    found = figures(request_of(cast, "olga"), at=NOW)

    assert [(one.number, one.note) for one in found] == [(1, "of 2 places")]
    assert figures(request_of(cast, "tom"), at=NOW) == []


# Reviews ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 12, 18), []),
        (date(2027, 1, 4), [False]),
        (date(2027, 6, 30), [False]),
        (date(2027, 7, 1), [True]),
    ],
)
def test_yearly_review_is_missed_from_the_spring_term_and_late_in_july(cast, day, expected):
    assert [one.late for one in needs_of(cast, "dora", day)] == expected


def test_yearly_review_that_has_begun_is_not_missed(cast):
    walk.review(cast, "", trigger=Trigger.ANNUAL)

    assert [one.what for one in needs_of(cast, "hana", date(2027, 7, 1))] == ["Review 2026-0001"]
    assert told(cast, date(2027, 7, 1)) == {}


def test_missing_yearly_review_reminds_leaders_from_the_summer_term(cast):
    """The summer term begins on 12 April."""
    days = [date(2027, 4, 11), date(2027, 4, 12)]

    assert [told(cast, day) for day in days] == [{}, {"yearly_review": ["hana", "dora"]}]


def test_review_waits_for_each_signature(cast):
    made = walk.offered(cast)
    walk.sign(cast, made, "tina")

    assert [one.what for one in needs_of(cast, "olga")] == ["Sign review 2026-0001"]
    assert needs_of(cast, "tina") == []
    assert needs_of(cast, "cara") == []


def test_late_review_reminds_head_and_governors(cast):
    """It is due on 13 October."""
    walk.review(cast)
    days = [date(2026, 10, 13), date(2026, 10, 14)]

    assert [told(cast, day) for day in days] == [{}, {"review_late": ["hana", "olga", "cara"]}]


def test_action_waits_for_its_owner_until_it_is_done(cast):
    action = walk.todo(cast, walk.review(cast))
    waiting = needs_of(cast, "tina", date(2026, 10, 1))
    due = [told(cast, day).get("review_action") for day in (date(2026, 9, 30), date(2026, 10, 1))]
    finish_review_action(action=action, note="Done.", by=cast.tina, at=NOW)

    assert [(one.what, one.late) for one in waiting] == [("Filter the guest network.", True)]
    assert due == [None, ["tina"]]
    assert needs_of(cast, "tina", date(2026, 10, 1)) == []
    assert "review_action" not in told(cast, date(2026, 10, 1))
