"""Who gets a report: the school's route, and what happens when the first choice cannot."""

from datetime import date

import pytest

from incidents.models import IncidentUserObjectPermission
from people.actions.settings import change_setting
from people.models import CarerLink
from roles.actions import end_role
from tests.cast import NOW, START
from tests.incidents import walk
from tests.incidents.office import asked_to_open, cover, give, held


def named(incident):
    """Return who is named on an incident."""
    rows = IncidentUserObjectPermission.objects.filter(content_object=incident)
    return {row.user.persons.get().full_name for row in rows}


def test_first_role_of_the_route_that_somebody_holds_gets_the_report(cast):
    incident = walk.report(cast, "pia")
    assert (asked_to_open(incident), named(incident)) == ([cast.dora], {"Dora Dale"})
    assert (incident.handler, incident.route_position) == (None, 1)  # nobody is online safety lead


def test_route_is_the_school_s_own_setting(cast):
    change_setting(
        school=cast.school, name="pupil_route", value=["teacher", "dsl"], by=cast.hana, at=NOW
    )
    assert asked_to_open(walk.report(cast, "quin")) == [cast.tess]


def test_class_teacher_of_the_alleged_comes_before_that_of_the_harmed(cast):
    change_setting(school=cast.school, name="pupil_route", value=["teacher"], by=cast.hana, at=NOW)
    assert asked_to_open(walk.report(cast, "pia", harmed=("quin",), by="tina")) == [cast.tom]


def test_somebody_away_is_replaced_by_the_cover(cast):
    cover(cast, "dsl", "tess")
    assert asked_to_open(walk.report(cast, "pia")) == [cast.tess]


def test_subject_of_the_report_does_not_get_it(cast):
    change_setting(
        school=cast.school, name="staff_route", value=["dsl", "head"], by=cast.hana, at=NOW
    )
    assert asked_to_open(walk.report(cast, "dora")) == [cast.hana]


def test_witness_does_not_get_it_either(cast):
    assert asked_to_open(walk.report(cast, "pia", witness=("dora",))) == [cast.hana]


def test_parent_of_a_child_involved_does_not_get_it(cast):
    CarerLink.objects.create(
        school=cast.school, pupil=cast.quin, carer=cast.dora, relation="Mother", start_date=START
    )
    assert asked_to_open(walk.report(cast, "pia", harmed=("quin",))) == [cast.hana]


def test_conflicted_holder_gives_way_to_the_deputy(cast):
    give(cast, "dsl", "tess", deputy=True)
    assert asked_to_open(walk.report(cast, "pia", witness=("dora",))) == [cast.tess]


def test_report_about_staff_goes_to_the_headteacher(cast):
    assert asked_to_open(walk.report(cast, "tess")) == [cast.hana]


def test_report_about_the_headteacher_goes_to_the_chair(cast):
    assert asked_to_open(walk.report(cast, "hana")) == [cast.cara]


def test_report_about_an_absent_headteacher_does_not_go_to_whoever_acts(cast):
    cover(cast, "head", "tess")
    incident = walk.report(cast, "hana")
    assert (incident.restriction, asked_to_open(incident)) == ("head", [cast.cara])


def test_report_about_the_acting_headteacher_goes_to_the_chair(cast):
    cover(cast, "head", "tess")
    incident = walk.report(cast, "tess")
    assert (incident.restriction, asked_to_open(incident)) == ("head", [cast.cara])


def test_report_about_staff_goes_to_whoever_acts_as_headteacher(cast):
    cover(cast, "head", "dora")
    assert asked_to_open(walk.report(cast, "tess")) == [cast.dora]


def test_nobody_left_is_said_in_the_chronology(cast):
    end_role(assignment=held(cast, "chair"), end_date=date(2026, 9, 14), by="tests", at=NOW)
    incident = walk.report(cast, "hana")
    assert (asked_to_open(incident), named(incident)) == ([], set())
    assert [event.text for event in incident.events.filter(kind="routed")] == [
        "Nobody in the route is free to take this."
    ]


@pytest.mark.parametrize(
    ("involved", "restriction", "sent_to"),
    [("tess", "staff", "hana"), ("hana", "head", "cara"), ("quin", "", "dora")],
)
def test_person_added_later_sends_it_where_the_stricter_route_leads(
    cast, involved, restriction, sent_to
):
    incident = walk.opened(cast, "pia")
    person = walk.Involved(part="alleged", person=getattr(cast, involved))
    walk.act(walk.actions.involve_person, incident, by=cast.dora, involved=person)
    fresh = walk.now(incident)
    assert (fresh.restriction, asked_to_open(incident)[-1]) == (restriction, getattr(cast, sent_to))


def test_handler_who_turns_out_to_be_involved_is_replaced(cast):
    incident = walk.opened(cast, "pia")
    walk.act(
        walk.actions.involve_person,
        incident,
        by=cast.hana,
        involved=walk.Involved(part="witness", person=cast.dora),
    )
    assert asked_to_open(incident)[-1] == cast.hana
