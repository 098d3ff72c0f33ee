"""Closing: each of its guards by itself, feedback, outside scope, and opening again."""

import pytest

from common.errors import Refusal
from incidents import actions
from incidents.models import ClosingRecord, Feedback
from incidents.queries import agency_of
from tests.cast import NOW
from tests.incidents import walk
from tests.incidents.office import give, told

TODAY = NOW.date()


@pytest.fixture
def ready(cast, ladder):
    """Give an incident that lacks nothing before closing."""
    return walk.ready_to_close(cast, walk.make(cast, "actions", harmed=("quin",)))


def close(cast, incident, by="dora", **said):
    return walk.act(actions.close_incident, incident, by=getattr(cast, by), **walk.CLOSING | said)


def test_incident_that_lacks_nothing_closes(cast, ready):
    closing = close(cast, ready, outcome="Friends again.")
    fresh = walk.now(ready)
    assert (fresh.state, fresh.closed_by, fresh.closed_at) == ("closed", cast.dora, NOW)
    assert (closing.outcome, closing.lessons) == ("Friends again.", "Written down.")


@pytest.mark.parametrize("missing", walk.CLOSING)
def test_each_of_the_six_texts_is_needed(cast, ready, missing):
    with pytest.raises(Refusal, match="Write all five records and the lessons"):
        close(cast, ready, **{missing: " \n"})
    assert (ClosingRecord.objects.count(), walk.now(ready).state) == (0, "actions")


def add_pupil(cast, incident):
    witness = walk.Involved(part="witness", person=cast.quin)
    walk.act(actions.involve_person, incident, by=cast.dora, involved=witness)


def add_task(cast, incident):
    walk.act(
        actions.add_task, incident, by=cast.dora, label="Call", owner=cast.tess, due_date=TODAY
    )


def lacking(cast, **left_out):
    """Walk an incident to where everything is done except what is left out."""
    incident = walk.make(cast, "actions")
    if "parents" not in left_out:
        walk.tell_parents(cast, incident, cast.pia)
    if "feedback" not in left_out:
        walk.act(actions.give_feedback, incident, by=cast.dora, text="Thank you.")
    return incident


@pytest.mark.parametrize(
    ("left_out", "then", "words"),
    [
        ({"parents": 1}, None, "Record whether the parents of Pia Pease were told, or why not."),
        ({"feedback": 1}, None, "Give feedback to the person who reported it, or say why not."),
        ({}, add_pupil, "Record whether the parents of Quin Pease were told, or why not."),
        ({}, add_task, "Answer the task “Call”."),
    ],
    ids=["parents", "feedback", "pupil added later", "task"],
)
def test_one_thing_missing_keeps_it_open_and_is_named(cast, ladder, left_out, then, words):
    incident = lacking(cast, **left_out)
    if then:
        then(cast, incident)
    with pytest.raises(Refusal) as refused:
        close(cast, incident)
    assert str(refused.value) == f"This incident cannot be closed yet. {words}"
    assert (walk.now(incident).state, ClosingRecord.objects.count()) == ("actions", 0)


def test_required_referral_keeps_it_open(cast, ladder):
    incident = lacking(cast)
    incident.referrals.create(
        school=cast.school,
        agency=agency_of(cast.school, "police"),
        purpose="Tell the police",
        mandatory=True,
        asked_at=NOW,
    )
    with pytest.raises(Refusal, match="Make the referral to Police, or say why it is not needed"):
        close(cast, incident)


def test_referral_that_is_not_required_does_not(cast, ladder):
    incident = lacking(cast)
    agency = agency_of(cast.school, "social_care")
    walk.act(actions.refer_incident, incident, by=cast.dora, agency=agency, purpose="Advice")
    close(cast, incident)
    assert walk.now(incident).state == "closed"


def test_everything_missing_is_named_at_once(cast, ladder):
    incident = lacking(cast, parents=1, feedback=1)
    add_task(cast, incident)
    with pytest.raises(Refusal) as refused:
        close(cast, incident)
    assert str(refused.value) == (
        "This incident cannot be closed yet. "
        "Record whether the parents of Pia Pease were told, or why not. "
        "Answer the task “Call”. "
        "Give feedback to the person who reported it, or say why not."
    )


def test_excused_parents_tasks_and_feedback_count_as_answered(cast, ladder):
    incident = lacking(cast, parents=1, feedback=1)
    add_task(cast, incident)
    walk.act(
        actions.inform_parents,
        incident,
        by=cast.dora,
        pupil=cast.pia,
        informed=False,
        excused_reason="It would put her at risk.",
    )
    task = incident.tasks.get()
    actions.answer_task(task=task, state="not_needed", answer="She left.", by=cast.dora, at=NOW)
    walk.act(actions.give_feedback, incident, by=cast.dora, excused_reason="It was anonymous.")
    close(cast, incident)
    assert walk.now(incident).state == "closed"


def must_act(cast, *, chosen):
    """Walk a must-act incident (bullying) to where it could close."""
    incident = walk.classify(cast, walk.opened(cast), "PA1", themes=("bullying",))
    given = [walk.Chosen(walk.sanction(cast, "warning"), cast.pia, TODAY)] if chosen else []
    walk.decide(cast, incident, chosen=given)
    return walk.ready_to_close(cast, incident)


def test_must_act_incident_is_not_closed_without_a_response_by_everybody(cast, ladder):
    give(cast, "deputy", "tess")
    incident = must_act(cast, chosen=False)
    with pytest.raises(Refusal, match="asks for a response to this kind of incident"):
        close(cast, incident, by="tess")


@pytest.mark.parametrize(("by", "chosen"), [("dora", False), ("hana", False), ("tess", True)])
def test_must_act_incident_closes_with_a_response_or_by_a_lead(cast, ladder, by, chosen):
    give(cast, "deputy", "tess")
    incident = must_act(cast, chosen=chosen)
    close(cast, incident, by=by)
    assert walk.now(incident).state == "closed"


@pytest.mark.parametrize(
    "said", [{}, {"text": " "}, {"text": "Done.", "excused_reason": "Anonymous."}]
)
def test_feedback_is_given_or_excused_and_not_both(cast, ladder, said):
    incident = walk.opened(cast)
    with pytest.raises(Refusal, match="Write the feedback, or say why there is none"):
        walk.act(actions.give_feedback, incident, by=cast.dora, **said)
    assert Feedback.objects.count() == 0


def test_reporter_is_told_of_feedback_and_of_an_excuse_nothing(cast, ladder):
    incident = walk.opened(cast)
    walk.act(actions.give_feedback, incident, by=cast.dora, excused_reason="Anonymous.")
    assert told("feedback") == []
    walk.act(actions.give_feedback, incident, by=cast.dora, text="It was dealt with.")
    assert told("feedback") == [cast.tom]


def test_incident_outside_scope_ends_with_its_advice(cast):
    incident = walk.opened(cast)
    with pytest.raises(Refusal, match="what advice was given"):
        walk.act(actions.mark_out_of_scope, incident, by=cast.dora, advice="")
    walk.act(actions.mark_out_of_scope, incident, by=cast.dora, advice="Talk to the family.")
    fresh = walk.now(incident)
    assert (fresh.state, fresh.closed_by) == ("out_of_scope", cast.dora)
    assert incident.events.last().text == "Talk to the family."


@pytest.mark.parametrize("state", ["closed", "out_of_scope"])
def test_ended_incident_is_opened_again_with_a_reason_and_keeps_its_records(cast, ladder, state):
    incident = walk.make(cast, state)
    with pytest.raises(Refusal, match="Say what is new"):
        walk.act(actions.reopen_incident, incident, by=cast.dora, reason="")
    before = ClosingRecord.objects.count()
    walk.act(actions.reopen_incident, incident, by=cast.dora, reason="It began again.")
    fresh = walk.now(incident)
    assert (fresh.state, fresh.closed_at, fresh.closed_by) == ("triage", None, None)
    assert (ClosingRecord.objects.count(), fresh.handler) == (before, cast.dora)


def test_reopened_incident_needs_a_new_decision_before_it_closes_again(cast, ladder):
    incident = walk.make(cast, "closed")
    walk.act(actions.reopen_incident, incident, by=cast.dora, reason="It began again.")
    for _ in range(2):
        with pytest.raises(Refusal, match="cannot be done now"):
            close(cast, incident)
        walk.classify(cast, incident)
    walk.decide(cast, incident)
    close(cast, incident)
    assert (walk.now(incident).state, ClosingRecord.objects.count()) == ("closed", 2)
