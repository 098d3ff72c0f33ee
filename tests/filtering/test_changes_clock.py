"""What the clock does to changes, what waits for whom, and whom to remind (c.5, c.6, FIL-26)."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import RequestFactory

from common.dates import uk_datetime
from common.errors import Conflicted, Refusal
from common.pages import page_url
from filtering.actions import change_decisions
from filtering.actions.change_sweeps import alarm_late_undoing, expire_blocks, expire_changes
from filtering.actions.exceptions import end_exception
from filtering.duties import changes as duties_changes
from filtering.models import LogEntry
from filtering.queries.changes import active_unblocks
from filtering.tasks import end_changes
from people.calendar import LONDON
from people.models import Notice
from roles.queries import powers_of, role_codes_of
from tests.cast import NOW
from tests.filtering import walk_changes as walk

HOUR = timedelta(hours=1)


def told(reason):
    return sorted(Notice.objects.filter(reason=reason).values_list("person__given_name", flat=True))


def due(cast, on, duty):
    """Return whom to remind of a duty on a day, and in which period."""
    people = {person.pk: name for name, person in vars(cast.people).items()}
    return sorted(
        (people[one.person_id], one.period)
        for one in duties_changes.reminders_due(cast.school, on=on)
        if one.duty == duty
    )


def at_home(cast, who, at=NOW):
    """Return what the home page of a member of the cast says about changes."""
    request = RequestFactory().get("/")
    request.school, request.person = cast.school, getattr(cast, who)
    request.powers = powers_of(request.person, on=at.date())
    request.role_codes = role_codes_of(request.person, on=at.date())
    request.may = request.powers.__contains__
    return request


def needs(cast, who, at=NOW):
    return [
        (one.what.split(" · ")[0], one.label, one.late)
        for one in duties_changes.needs(at_home(cast, who, at), at=at)
    ]


# Unblocks end by themselves -----------------------------------------------------------------------


def test_unblock_ends_after_its_last_day_and_is_put_back_the_same_day(cast):
    change = walk.bring(cast, "active")
    assert list(active_unblocks(cast.school)) == [change]
    assert expire_changes(school=cast.school, at=walk.MIDNIGHT - timedelta(minutes=1)) == 0
    assert expire_changes(school=cast.school, at=walk.MIDNIGHT) == 1
    assert expire_changes(school=cast.school, at=walk.MIDNIGHT) == 0

    over = walk.now(change)
    assert (over.state, over.undo) == ("undo", "expired")
    assert uk_datetime(over.undo_due_at) == "Thu 1 Oct 2026 at 16:00"
    assert told("change_undo") == ["Tina", "Tom"]
    entry = LogEntry.objects.get(kind="expired")
    assert (entry.by, entry.words) == (None, "Its time is over: to be put back")
    closed = walk.check(cast, walk.put_back(cast, change, at=walk.MIDNIGHT), at=walk.MIDNIGHT)
    assert closed.state == "closed"
    assert walk.log_of(change)[-1] == ("closed", "Closed: its time is over")
    assert walk.in_force(cast, "www.example.com/war") == []


def test_unblock_that_nobody_tested_ends_too(cast):
    change = walk.bring(cast, "made")
    assert expire_changes(school=cast.school, at=walk.MIDNIGHT) == 1
    assert walk.now(change).state == "undo"


def test_what_ends_on_a_friday_is_put_back_on_monday(cast):
    change = walk.bring(cast, "active", walk.study(cast, until_date=date(2026, 9, 25)))
    expire_changes(school=cast.school, at=datetime(2026, 9, 26, 0, 5, tzinfo=LONDON))

    assert uk_datetime(walk.now(change).undo_due_at) == "Mon 28 Sep 2026 at 16:00"


def test_the_clock_ends_everything_of_every_school(cast):
    change, block = walk.bring(cast, "active"), walk.block(cast)
    with time_machine.travel(walk.MIDNIGHT + timedelta(minutes=5)):
        end_changes()

    assert (walk.now(change).undo, walk.now(block).undo) == ("expired", "unapproved")


def test_late_putting_back_alarms_the_head_once(cast):
    walk.revoke(cast, walk.bring(cast, "active"))
    due_at = NOW.replace(hour=16, minute=0)
    assert alarm_late_undoing(school=cast.school, at=due_at - HOUR) == 0
    assert alarm_late_undoing(school=cast.school, at=due_at + HOUR) == 1
    assert alarm_late_undoing(school=cast.school, at=due_at + 2 * HOUR) == 0
    assert told("change_not_put_back") == ["Hana"]
    assert needs(cast, "hana", due_at + HOUR) == [("2026-0001", "Look at it", True)]
    assert needs(cast, "tina", due_at + HOUR) == [("2026-0001", "Put back", True)]


# Blocked at once ----------------------------------------------------------------------------------


def test_block_at_once_holds_at_once_and_waits_for_the_head(cast):
    change = walk.block(cast)

    assert (change.state, change.emergency, change.made_by) == ("awaiting", True, cast.tina)
    assert change.due_at.isoformat() == "2026-09-16T16:00:00+01:00"
    assert walk.in_force(cast, "bad.example.org") == ["block"]
    assert walk.log_of(change) == [("emergency", "Blocked at once for Pupils")]
    assert LogEntry.objects.get().emergency is True
    assert told("change_awaiting") == ["Hana"]
    assert needs(cast, "hana") == [("2026-0001", "Approve or refuse", False)]


def test_block_nobody_approved_in_time_is_put_back(cast):
    change = walk.block(cast)
    assert expire_blocks(school=cast.school, at=change.due_at - HOUR) == 0
    assert expire_blocks(school=cast.school, at=change.due_at) == 1
    assert expire_blocks(school=cast.school, at=change.due_at) == 0

    over = walk.now(change)
    assert (over.state, over.undo) == ("undo", "unapproved")
    walk.check(cast, walk.put_back(cast, change, at=change.due_at), at=change.due_at)
    assert walk.in_force(cast, "bad.example.org") == []


def test_refused_block_is_put_back(cast):
    change = walk.block(cast)
    with pytest.raises(Refusal, match=r"This was blocked at once: approve what was blocked"):
        walk.approve(cast, change)
    refused = walk.act(change_decisions.refuse_block, change, reason="A poem.", by=cast.hana)

    assert (refused.state, refused.undo) == ("undo", "refused")
    closed = walk.check(cast, walk.put_back(cast, change))
    assert closed.state == "closed"
    assert walk.in_force(cast, "bad.example.org") == []


# The governors' exception -------------------------------------------------------------------------


def test_exception_lets_one_person_do_two_parts_and_shows_it(cast):
    change = walk.bring(cast, "awaiting", walk.ask(cast, by="hana"))
    walk.exception(cast)
    approved = walk.approve(cast, change)

    assert approved.under_exception is True
    assert LogEntry.objects.get(kind="approved").under_exception is True
    (seen,) = duties_changes.needs(at_home(cast, "olga"), at=NOW)
    assert (seen.what, seen.due, seen.due_kind) == (
        *("A change was made under the governors’ exception", "Under an exception"),
        "late",
    )
    assert seen.url == f"{page_url(cast.school, 'log_list')}?under_exception=yes"
    assert duties_changes.needs(at_home(cast, "cara", NOW), at=NOW + timedelta(days=31)) == []


def test_exception_lets_the_asker_make_it_but_never_test_it(cast):
    change = walk.bring(cast, "approved", walk.ask(cast, by="tina"))
    walk.exception(cast)
    made = walk.make(cast, change)

    assert (made.state, made.under_exception) == ("made", True)
    with pytest.raises(Conflicted):
        walk.tried(cast, change, by=cast.tina)


def test_exception_that_has_ended_or_not_begun_lifts_nothing(cast):
    change = walk.bring(cast, "awaiting", walk.ask(cast, by="hana"))
    end_exception(exception=walk.exception(cast), by=cast.cara, at=NOW)
    walk.exception(cast, from_date=date(2026, 9, 16))

    with pytest.raises(Conflicted):
        walk.approve(cast, change)
    assert (
        list(LogEntry.objects.filter(kind="exception").values_list("cause", flat=True))
        == ["Minute 2026/17"] * 3
    )


def test_exception_has_its_limits(cast):
    for changed, why in (
        ({"minute_reference": " "}, r"Say in which minute"),
        ({"until_date": date(2026, 9, 14)}, r"The last day cannot be before the first"),
        ({"until_date": date(2027, 9, 17)}, r"after a year at most"),
        ({"by": cast.hana}, r"Your role at this school"),
    ):
        with pytest.raises(Refusal, match=why):
            walk.exception(cast, **changed)
    walk.exception(cast)
    with pytest.raises(Refusal, match=r"An exception is recorded already until Fri 18 Dec 2026"):
        walk.exception(cast)


# Home page and reminders --------------------------------------------------------------------------


def test_each_sees_the_step_that_waits_for_them(cast):
    walk.ask(cast)
    walk.bring(cast, "awaiting", walk.ask(cast, addresses="two.example"))
    walk.bring(cast, "approved", walk.ask(cast, addresses="three.example"))
    walk.bring(cast, "made", walk.ask(cast, addresses="four.example"))
    late = NOW + timedelta(days=3)

    assert needs(cast, "dora")[0] == ("2026-0001", "Assess the risk", False)
    assert needs(cast, "dora", late)[0] == ("2026-0001", "Assess the risk", True)
    assert ("2026-0002", "Approve or refuse", False) in needs(cast, "hana")
    assert needs(cast, "tina") == [("2026-0003", "Make the change", False)]
    assert needs(cast, "tess") == [("2026-0004", "Test as a second person", False)]
    assert needs(cast, "paul") == needs(cast, "olga") == []


def test_figures_count_what_waits_and_what_is_open(cast):
    walk.ask(cast)
    walk.bring(cast, "active", walk.study(cast, addresses="two.example"))
    figures = duties_changes.figures(at_home(cast, "hana"), at=NOW)

    assert [(one.number, one.words) for one in figures] == [
        (1, "filter change to decide"),
        (1, "filter change that ends by itself"),
    ]
    assert duties_changes.figures(at_home(cast, "tom"), at=NOW) == []


def test_head_is_reminded_after_a_school_day_and_each_day_after(cast):
    change = walk.bring(cast, "awaiting", walk.ask(cast))
    assert due(cast, NOW.date(), "change_to_decide") == []
    assert due(cast, date(2026, 9, 16), "change_to_decide") == [("hana", f"{change.pk}-1")]
    assert due(cast, date(2026, 9, 21), "change_to_decide") == [("hana", f"{change.pk}-4")]
    walk.approve(cast, change)
    assert due(cast, date(2026, 9, 21), "change_to_decide") == []


def test_end_of_an_unblock_is_told_three_days_and_one_day_before(cast):
    change = walk.bring(cast, "active", walk.study(cast, supervisor=cast.tess))
    period = f"{change.pk}-260930"
    assert due(cast, date(2026, 9, 26), "unblock_ends") == []
    three = [("tess", f"{period}-3"), ("tina", f"{period}-3"), ("tom", f"{period}-3")]
    assert due(cast, date(2026, 9, 27), "unblock_ends") == three
    assert due(cast, date(2026, 9, 28), "unblock_ends") == three
    assert {period for _, period in due(cast, date(2026, 9, 29), "unblock_ends")} == {f"{period}-1"}
    assert due(cast, date(2026, 10, 1), "unblock_ends") == []


def test_putting_back_is_reminded_of_and_the_head_hears_when_it_is_late(cast):
    change = walk.revoke(cast, walk.bring(cast, "active"))
    period = f"{change.pk}-260915"
    assert due(cast, NOW.date(), "put_back_due") == [("tina", period)]
    assert due(cast, NOW.date(), "put_back_late") == []
    assert due(cast, date(2026, 9, 16), "put_back_late") == [("hana", f"{change.pk}-260916")]
    walk.put_back(cast, change)
    assert due(cast, NOW.date(), "put_back_due") == []
    assert due(cast, date(2026, 9, 16), "put_back_late") == [("hana", f"{change.pk}-260916")]
    walk.check(cast, change)
    assert due(cast, date(2026, 9, 16), "put_back_late") == []


def test_every_reminder_has_its_name():
    kinds = {"change_to_decide", "unblock_ends", "put_back_due", "put_back_late"}
    assert set(duties_changes.REMINDERS) == kinds
