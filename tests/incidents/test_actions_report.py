"""Reporting: numbered without gaps, once per form, never in the future, on time or late."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from audit.queries import trail_of
from common.errors import Refusal
from common.scope import school_scope
from incidents.models import Event, Incident, Involvement
from incidents.vocabulary import Part
from people.calendar import LONDON
from people.models import Notice
from tests.cast import NOW
from tests.incidents import walk


def moment(month, day, hour, minute=0, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


def test_report_is_logged_with_who_when_and_what(cast):
    incident = walk.now(walk.report(cast, "pia", harmed=("quin",), place_detail="Room 4"))
    assert (incident.reference, incident.state, incident.version) == ("2026-0001", "reported", 1)
    assert (incident.reporter, incident.reported_at, incident.place_detail) == (
        cast.tom,
        NOW,
        "Room 4",
    )
    assert [(row.person, row.part) for row in incident.involvements.all()] == [
        (cast.pia, Part.ALLEGED),
        (cast.quin, Part.HARMED),
    ]
    assert [event.kind for event in incident.events.all()] == ["reported", "routed"]
    assert [(entry.verb, entry.actor_name) for entry in trail_of(incident)] == [
        ("report_incident", "Tom Teale")
    ]


def test_references_run_on_and_begin_anew_each_year_and_school(cast, other):
    january = moment(1, 12, 10, year=2027)
    numbers = [walk.report(cast, at=at).reference for at in (NOW, NOW, january)]
    with school_scope(other.school.pk):
        numbers.append(walk.report(other, by="oscar").reference)
    numbers.append(walk.report(cast).reference)
    assert numbers == ["2026-0001", "2026-0002", "2027-0001", "2026-0001", "2026-0003"]


def test_year_of_a_reference_is_the_school_s_own(cast):
    last_moment = datetime.fromisoformat("2026-12-31T23:59:00+00:00")
    summer = datetime.fromisoformat("2026-06-30T23:30:00+00:00")  # already July in London
    assert walk.report(cast, at=last_moment).reference == "2026-0001"
    assert walk.report(cast, at=summer).reference == "2026-0002"


def test_report_that_is_rolled_back_leaves_no_gap(cast):
    with transaction.atomic():
        walk.report(cast)
        transaction.set_rollback(True)
    assert walk.report(cast).reference == "2026-0001"


def test_form_sent_twice_gives_the_one_incident(cast):
    form = uuid4()
    first = walk.report(cast, "pia", submission=form)
    again = walk.report(cast, "pia", submission=form)
    assert (again.pk, Incident.objects.count(), Involvement.objects.count()) == (first.pk, 1, 1)
    assert len(trail_of(first)) == 1
    assert walk.report(cast).reference == "2026-0002"


def test_form_of_somebody_else_is_refused_and_writes_nothing(cast):
    form = uuid4()
    walk.report(cast, submission=form)
    with pytest.raises(Refusal, match="This form was used already"):
        walk.report(cast, by="tess", submission=form)
    assert (Incident.objects.count(), walk.report(cast).reference) == (1, "2026-0002")


def test_form_of_another_school_is_refused(cast, other):
    form = uuid4()
    with school_scope(other.school.pk):
        walk.report(other, by="oscar", submission=form)
    with pytest.raises(Refusal, match="This form was used already"):
        walk.report(cast, submission=form)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"occurred_at": NOW + timedelta(seconds=1)}, "cannot be in the future"),
        ({"noticed_at": NOW + timedelta(seconds=1)}, "cannot be in the future"),
        ({"noticed_at": NOW - timedelta(hours=1)}, "noticed before it happened"),
    ],
)
def test_impossible_times_are_refused_and_write_nothing(cast, changed, words):
    with pytest.raises(Refusal, match=words):
        walk.report(cast, **changed)
    assert (Incident.objects.count(), Event.objects.count()) == (0, 0)
    assert walk.report(cast).reference == "2026-0001"


def test_person_of_another_school_is_refused(cast, other):
    stranger = walk.Involved(part=Part.HARMED, person=other.zara)
    with pytest.raises(Refusal, match="people of your own school"):
        walk.report(cast, involved=[stranger])
    assert Incident.objects.count() == 0


def test_same_person_sent_twice_in_one_part_is_there_once(cast):
    walk.report(cast, "pia", "pia", harmed=("pia",))
    assert [row.part for row in Involvement.objects.all()] == [Part.ALLEGED, Part.HARMED]


def test_somebody_unknown_is_described(cast):
    stranger = walk.Involved(part=Part.ALLEGED, described="A boy in a red coat")
    incident = walk.report(cast, involved=[stranger])
    assert [str(row) for row in incident.involvements.all()] == ["A boy in a red coat"]


@pytest.mark.parametrize(
    ("noticed", "reported", "late"),
    [
        (moment(9, 15, 9), moment(9, 15, 16), False),  # the day's end itself is on time
        (moment(9, 15, 9), moment(9, 15, 16, 1), True),
        (moment(9, 15, 17), moment(9, 16, 15), False),  # noticed in the evening
        (moment(9, 15, 17), moment(9, 16, 17), True),
        (moment(9, 18, 17), moment(9, 21, 15), False),  # Friday evening to Monday
        (moment(9, 19, 12), moment(9, 21, 17), True),  # Saturday, too late on Monday
        (moment(10, 23, 17), moment(11, 2, 15), False),  # over half-term
        (moment(10, 28, 12), moment(11, 2, 17), True),
    ],
)
def test_report_is_late_after_the_end_of_its_school_day(cast, noticed, reported, late):
    incident = walk.report(cast, occurred_at=noticed, noticed_at=noticed, at=reported)
    assert incident.late is late


@pytest.mark.parametrize(
    ("about", "alleged", "kind", "restriction"),
    [
        ("pupil", ("pia",), "pupil", ""),
        ("other", (), "other", ""),
        ("staff", (), "staff", "staff"),
        ("pupil", ("tess",), "staff", "staff"),
        ("other", ("olga",), "staff", "staff"),
        ("head", (), "staff", "head"),
        ("pupil", ("pia", "hana"), "staff", "head"),
        ("staff", ("hana",), "staff", "head"),
        ("head", ("tess",), "staff", "head"),
    ],
)
def test_who_is_said_to_have_done_it_can_only_restrict_further(
    cast, about, alleged, kind, restriction
):
    incident = walk.report(cast, *alleged, about=about)
    assert (incident.subject_kind, incident.restriction) == (kind, restriction)


def test_member_of_staff_as_witness_restricts_nothing(cast):
    assert walk.report(cast, "pia", witness=("tess",), harmed=("tom",)).restriction == ""


def test_report_about_the_head_names_the_head_without_being_told_the_name(cast):
    incident = walk.report(cast, about="head")
    assert [(row.person, row.part) for row in incident.involvements.all()] == [
        (cast.hana, Part.ALLEGED)
    ]


@pytest.mark.parametrize("imagery", ["yes", "unsure"])
def test_lead_is_told_at_once_where_images_of_a_child_may_be_involved(cast, imagery):
    walk.report(cast, "pia", imagery=imagery)
    told = Notice.objects.filter(reason="lead_alert").values_list("person", flat=True)
    assert list(told) == [cast.dora.pk]


def test_lead_is_not_told_of_a_restricted_report_by_that_alert(cast):
    walk.report(cast, "hana", imagery="yes")
    assert Notice.objects.filter(person=cast.dora).count() == 0


def test_files_come_with_the_report(cast, own_files):
    incident = walk.report(cast, files=[walk.upload(), walk.upload("chat.csv", b"a,b")])
    assert [file.name for file in incident.evidence.all()] == ["notes.txt", "chat.csv"]
    assert len([path for path in own_files.rglob("*") if path.is_file()]) == 2


def test_report_refused_for_its_second_file_keeps_neither(cast, own_files):
    with pytest.raises(Refusal, match="not a kind of file"):
        walk.report(cast, files=[walk.upload(), walk.upload("run.exe", b"MZ\x90\x00")])
    assert Incident.objects.count() == 0
    assert [path for path in own_files.rglob("*") if path.is_file()] == []


def test_report_with_files_is_refused_where_images_may_be_involved(cast, own_files):
    with pytest.raises(Refusal, match="indecent images of a child may be involved"):
        walk.report(cast, imagery="unsure", files=[walk.upload()])
    assert Incident.objects.count() == 0
    assert [path for path in own_files.rglob("*") if path.is_file()] == []
