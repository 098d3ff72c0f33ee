"""Report that filtering failed, and mend it with a second person (FIL-11 to FIL-13, FIL-24)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from audit.queries import trail_of
from common.errors import Conflicted, Refusal, StaleRecord, StepRefused
from filtering.actions.failing import link_failure
from filtering.actions.mending import acknowledge_failure
from filtering.models import FailureReport, LogEntry
from people.actions.settings import change_setting
from people.models import Notice
from tests.cast import NOW
from tests.filtering import walk_failures as walk


def told(reason: str) -> list[str]:
    """Return who got a mail for a reason, by first name."""
    names = Notice.objects.filter(reason=reason).values_list("person__given_name", flat=True)
    return sorted(names)


# Reporting ----------------------------------------------------------------------------------------


def test_report_tells_everybody_on_the_route_at_once_and_starts_the_clock(cast):
    made = walk.report(cast, "HTTPS://Bad.Example/fight?x=1")

    assert told("filtering_failure") == ["Hana", "Tina"]
    assert {one.path for one in Notice.objects.all()} == {
        f"/oak-hill/filtering/reports/{made.reference}/"
    }
    assert (made.state, made.domain, made.urgent) == ("reported", "bad.example", True)
    assert made.due_at == NOW + timedelta(minutes=60)
    assert trail_of(made).get().verb == "report_failure"


def test_report_is_a_line_of_the_log_that_names_nobody(cast):
    made = walk.report(cast, what="Pia saw it.")
    entry = LogEntry.objects.get()

    assert entry.words == f"Report {made}: something unsuitable was seen."
    assert (entry.target, entry.text, entry.cause) == (
        "bad.example",
        "Pia saw it.",
        f"Report {made}",
    )
    assert (entry.failure, entry.by) == (made, cast.tom)


def test_school_sets_who_is_told_and_how_fast(cast):
    for name, value in (("failure_route", ["dsl"]), ("failure_minutes", 15)):
        change_setting(school=cast.school, name=name, value=value, by=cast.hana, at=NOW)
    made = walk.report(cast)

    assert told("filtering_failure") == ["Dora"]
    assert made.due_at == NOW + timedelta(minutes=15)


def test_route_that_nobody_holds_leads_to_those_who_mend(cast):
    change_setting(
        school=cast.school, name="failure_route", value=["chaplain"], by=cast.hana, at=NOW
    )
    walk.report(cast)

    assert told("filtering_failure") == ["Tina"]


def test_pupils_report_and_what_they_saw_counts_as_seen(cast):
    assert walk.report(cast, by="pia", exposed="unsure").exposed == "yes"
    assert walk.report(cast, "other.example", by="paul", exposed="unsure").exposed == "unsure"


def test_something_useful_that_is_blocked_is_not_urgent(cast):
    made = walk.report(cast, kind="overblocked", exposed="yes")

    assert (made.urgent, made.exposed) == (False, "no")
    assert made.due_at.date().isoformat() == "2026-09-17"


def test_same_form_sent_twice_makes_one_report(cast):
    submission = uuid4()

    assert walk.report(cast, submission=submission) == walk.report(cast, submission=submission)
    assert FailureReport.objects.count() == 1
    with pytest.raises(Refusal, match="used already"):
        walk.report(cast, by="tess", submission=submission)


def test_report_of_a_site_that_is_being_worked_on_joins_it(cast):
    first = walk.report(cast, "bad.example/one")
    second = walk.report(cast, "http://bad.example/two", by="pia")

    assert second.joined == first
    assert walk.now(first).exposed == "yes"
    assert told("filtering_failure") == ["Hana", "Tina"]
    assert [entry.failure for entry in LogEntry.objects.all()] == [first, first]
    assert LogEntry.objects.first().words == (
        f"Report {second}: something unsuitable was seen. It joins report {first}."
    )


def test_report_joins_neither_a_closed_one_nor_one_of_another_concern(cast):
    walk.make(cast, "closed")
    walk.report(cast, "useful.example", kind="overblocked")

    assert walk.report(cast).joined is None
    assert walk.report(cast, "useful.example").joined is None
    assert walk.report(cast, "").joined is None
    assert walk.report(cast, "").joined is None


def test_address_that_makes_no_sense_is_kept_as_it_was_typed(cast):
    made = walk.report(cast, "the game with the cats")

    assert (made.address, made.domain) == ("the game with the cats", "")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"what": "  "}, "Say in a few words"),
        ({"seen_at": NOW + timedelta(minutes=1)}, "future"),
        ({"site": "Elsewhere"}, "school’s sites"),
    ],
)
def test_report_refuses_in_words(cast, more, words):
    with pytest.raises(Refusal, match=words):
        walk.report(cast, **more)


# Working on it ------------------------------------------------------------------------------------


def test_report_is_worked_on_step_by_step_until_a_second_person_has_tested_it(cast):
    made = walk.report(cast)
    walk.act("acknowledge_failure", cast, made, note="Looking at it.")
    walk.act("contain_failure", cast, made, note="The site is blocked.")
    walk.act("note_failure", cast, made, note="Asked the provider.")
    walk.act("escalate_failure", cast, made, provider="The grid", ticket="T-7", authority_told=True)
    walk.act("fix_failure", cast, made, cause="A rule was missing.")
    done = walk.act("verify_failure", cast, made, by="tess", note="Tried it on tablet 7.")

    assert (done.state, done.verified_by, done.closed_at) == ("closed", cast.tess, NOW + walk.LATER)
    lines = LogEntry.objects.filter(failure=made).order_by("pk")
    assert [(one.words.partition(": ")[2], one.cause) for one in lines][1:] == [
        ("taken on.", f"Report {made}"),
        ("made safe for now.", f"Report {made}"),
        ("worked on.", f"Report {made}"),
        ("passed to the provider.", "Ticket T-7"),
        ("mended, to be tested by a second person.", f"Report {made}"),
        ("tested by a second person, works again. Closed.", f"Report {made}"),
    ]
    assert told("failure_closed") == ["Tom"]


def test_reports_that_joined_close_with_it_and_everybody_is_told(cast):
    made = walk.report(cast)
    joined = walk.report(cast, by="paul")
    for deed, values in (("acknowledge_failure", {}), ("fix_failure", {"cause": "Mended."})):
        walk.act(deed, cast, made, **values)
    walk.act("verify_failure", cast, made, by="tess")

    assert walk.now(joined).state == "closed"
    assert told("failure_closed") == ["Paul", "Tom"]


def test_who_mended_it_does_not_test_it(cast):
    made = walk.make(cast, "fixed")

    with pytest.raises(Conflicted, match="somebody else"):
        walk.act("verify_failure", cast, made)
    with pytest.raises(Conflicted, match="somebody else"):
        walk.act("return_failure", cast, made, note="No.")


@pytest.mark.parametrize("exposed", ["yes", "unsure"])
def test_exposed_pupil_needs_an_incident_or_a_reason(cast, exposed):
    made = walk.make(cast, "fixed", exposed=exposed)

    with pytest.raises(Refusal, match="Raise an incident"):
        walk.act("verify_failure", cast, made, by="tess", no_incident_reason=" ")
    done = walk.act(
        "verify_failure", cast, made, by="tess", no_incident_reason="Only the teacher saw it."
    )

    assert (done.state, done.no_incident_reason) == ("closed", "Only the teacher saw it.")


def test_incident_that_was_opened_is_linked_and_lets_it_close(cast):
    made = walk.make(cast, "fixed", exposed="yes")
    link_failure(failure=made, incident_reference="2026-0042", by=cast.dora, at=NOW + walk.LATER)
    entry = LogEntry.objects.first()

    assert (entry.words, entry.cause) == (
        f"Report {made}: an incident was opened.",
        "Incident 2026-0042",
    )
    assert walk.act("verify_failure", cast, made, by="tess").state == "closed"
    with pytest.raises(Refusal, match="opened from this report already: 2026-0042"):
        link_failure(failure=made, incident_reference="2026-0043", by=cast.dora, at=NOW)
    with pytest.raises(Refusal, match="role"):
        link_failure(failure=made, incident_reference="2026-0043", by=cast.paul, at=NOW)


def test_repair_that_does_not_work_goes_back_to_who_mended_it(cast):
    made = walk.make(cast, "fixed")
    walk.act("return_failure", cast, made, by="tess", note="Still there.")

    assert walk.now(made).state == "acknowledged"
    assert told("failure_returned") == ["Tina"]
    walk.act("fix_failure", cast, made, cause="Again.")
    with pytest.raises(Refusal, match="does not work"):
        walk.act("return_failure", cast, made, by="tess", note=" ")


def test_authority_is_told_of_what_was_passed_on_where_the_school_says_so(cast):
    made = walk.make(cast, "acknowledged")
    walk.act("escalate_failure", cast, made, provider="The grid")

    with pytest.raises(Refusal, match="has to be told"):
        walk.act("fix_failure", cast, made, cause="Mended.")
    done = walk.act("fix_failure", cast, made, cause="Mended.", authority_told=True)
    assert done.authority_told_at == NOW + walk.LATER


def test_authority_need_not_be_told_where_the_school_says_so(cast):
    change_setting(school=cast.school, name="tell_authority", value=False, by=cast.hana, at=NOW)
    made = walk.make(cast, "acknowledged")
    walk.act("escalate_failure", cast, made, provider="The grid")

    assert walk.act("fix_failure", cast, made, cause="Mended.").state == "fixed"


def test_report_taken_on_late_says_so(cast):
    made = walk.report(cast)
    walk.act("acknowledge_failure", cast, made, at=NOW + timedelta(minutes=61))

    assert LogEntry.objects.first().words == f"Report {made}: taken on, late."


def test_steps_are_refused_in_words(cast):
    made = walk.report(cast)
    joined = walk.report(cast, by="tess")

    with pytest.raises(StepRefused, match="cannot be done now"):
        walk.act("fix_failure", cast, made, cause="Mended.")
    with pytest.raises(StepRefused, match="role"):
        walk.act("acknowledge_failure", cast, made, by="tom")
    with pytest.raises(Refusal, match=f"joined {made}"):
        walk.act("acknowledge_failure", cast, joined)
    walk.act("acknowledge_failure", cast, made)
    with pytest.raises(StaleRecord):
        acknowledge_failure(failure=made, version=1, by=cast.tina, at=NOW)
    with pytest.raises(Refusal, match="made safe"):
        walk.act("contain_failure", cast, made, note=" ")
    with pytest.raises(Refusal, match="what was wrong"):
        walk.act("fix_failure", cast, made, cause=" ")
    with pytest.raises(Refusal, match="who it was passed"):
        walk.act("escalate_failure", cast, made, provider=" ")
