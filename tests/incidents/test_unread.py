"""A report nobody opens moves on after four hours of school time, once for each deadline."""

from datetime import datetime, timedelta

import pytest

from audit.queries import trail
from common.scope import school_scope
from incidents.actions import open_incident, route_unread
from incidents.models import Event
from incidents.tasks import route_unread_reports
from people.actions.settings import change_setting
from people.calendar import LONDON
from safeguard.timetable import collect
from tests.cast import NOW
from tests.incidents import walk
from tests.incidents.office import asked_to_open


def moment(month, day, hour, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("reported", "due"),
    [
        (moment(9, 15, 8), moment(9, 15, 12)),
        (moment(9, 15, 6), moment(9, 15, 12)),  # school begins at eight
        (moment(9, 15, 12), moment(9, 15, 16)),
        (moment(9, 15, 14), moment(9, 16, 10)),
        (moment(9, 15, 18), moment(9, 16, 12)),
        (moment(9, 18, 14), moment(9, 21, 10)),  # over a weekend
        (moment(9, 19, 11), moment(9, 21, 12)),
        (moment(10, 23, 15), moment(11, 2, 11)),  # over half-term, and the clocks go back
        (moment(12, 18, 15), datetime(2027, 1, 4, 11, tzinfo=LONDON)),  # over Christmas
    ],
)
def test_unread_report_moves_on_at_its_deadline_and_not_before(cast, reported, due):
    incident = walk.report(cast, "pia", at=reported)
    assert route_unread(school=cast.school, at=due - timedelta(seconds=1)) == 0
    assert asked_to_open(incident) == [cast.dora]
    assert route_unread(school=cast.school, at=due) == 1
    assert asked_to_open(incident) == [cast.dora, cast.hana]


def test_hours_are_the_school_s_own_setting(cast):
    change_setting(school=cast.school, name="unread_hours", value=1, by=cast.hana, at=NOW)
    walk.report(cast, "pia", at=moment(9, 15, 9))
    assert route_unread(school=cast.school, at=moment(9, 15, 10)) == 1


def test_report_moves_once_for_each_deadline_to_the_end_of_the_chain(cast):
    incident = walk.report(cast, "pia", at=moment(9, 15, 8))
    sweeps = [moment(9, day, hour) for day in range(15, 23) for hour in (12, 12, 16)]
    assert [route_unread(school=cast.school, at=at) for at in sweeps][:6] == [1, 0, 1, 0, 0, 0]
    assert sum(route_unread(school=cast.school, at=at) for at in sweeps) == 0
    assert asked_to_open(incident) == [cast.dora, cast.hana]
    assert [event.text for event in incident.events.filter(kind="routed")] == [
        "Sent to Dora Dale.",
        "Sent to Hana Headley.",
        "Nobody in the route is free to take this.",
    ]
    sent_on = trail(cast.school.pk).filter(verb="route_unread")
    assert [entry.actor_name for entry in sent_on] == ["route_unread", "route_unread"]


def test_whoever_had_it_first_may_still_open_it(cast):
    incident = walk.report(cast, "pia", at=moment(9, 15, 8))
    route_unread(school=cast.school, at=moment(9, 15, 12))
    walk.act(open_incident, incident, by=cast.dora, at=moment(9, 15, 13))
    assert walk.now(incident).handler == cast.dora


def test_opened_report_stays_where_it_is(cast):
    incident = walk.opened(cast, "pia")
    assert route_unread(school=cast.school, at=NOW + timedelta(days=30)) == 0
    assert asked_to_open(incident) == [cast.dora]


def test_report_about_the_headteacher_never_reaches_the_headteacher(cast):
    incident = walk.report(cast, "hana")
    for day in range(1, 30):
        route_unread(school=cast.school, at=NOW + timedelta(days=day))
    assert asked_to_open(incident) == [cast.cara]


def test_sweep_enters_every_school(cast, other, today):
    ours = walk.report(cast, "pia", at=NOW - timedelta(days=1))
    with school_scope(other.school.pk):
        theirs = walk.report(other, "zara", by="oscar", at=NOW - timedelta(days=1))
    route_unread_reports()
    route_unread_reports()
    assert asked_to_open(ours) == [cast.dora, cast.hana]
    with school_scope(other.school.pk):
        routed = Event.objects.filter(incident=theirs, kind="routed")
        assert [event.text for event in routed] == [
            "Sent to Oscar Outside.",
            "Sent to Oscar Outside.",
        ]


def test_sweep_runs_every_ten_minutes():
    entry = collect()["route unread reports"]
    assert (entry["task"], entry["schedule"]) == (route_unread_reports.name, 600)
