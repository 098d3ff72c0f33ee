"""What of oversight needs whom, and who is reminded of it when (FIL-19, FIL-21, R-FM-3)."""

from collections import defaultdict
from datetime import date, timedelta

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


def test_figure_says_how_many_are_checked(cast):
    walk.points(cast, "Tablet", "Laptop")
    walk.check(cast)
    found = figures(request_of(cast, "olga"), at=NOW)

    assert [(one.number, one.note) for one in found] == [(1, "of 2 places")]
    assert figures(request_of(cast, "tom"), at=NOW) == []


# Reviews ------------------------------------------------------------------------------------------


def test_yearly_review_that_is_late_is_left_to_the_recurring_duty(cast):
    walk.review(cast, "", trigger=Trigger.ANNUAL)

    assert [one.what for one in needs_of(cast, "hana", date(2027, 7, 1))] == ["Review 2026-0001"]
    assert "review_late" not in told(cast, date(2027, 7, 28))


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
