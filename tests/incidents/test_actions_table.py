"""The table of steps holds: each from its states, none from another, none on a stale page."""

from contextlib import contextmanager

import pytest
from django.db import transaction

from audit.queries import trail
from common.errors import Refusal, StaleRecord, StepRefused
from common.scope import school_scope
from incidents.models import Event
from incidents.trail_words import WORDS
from incidents.workflow import ENDED, INCIDENT, STATES
from tests.incidents import steps, walk


@contextmanager
def undone():
    """Undo what is done inside, so that one walk serves many steps."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def end_of_trail(cast):
    last = trail(cast.school.pk).first()
    return last.sequence


def verbs_since(cast, end):
    """Return what the trail says was done after an entry, oldest first."""
    return [entry.verb for entry in trail(cast.school.pk).filter(sequence__gt=end)][::-1]


def written(cast, incident):
    """Return what a refused step must leave as it was."""
    fresh = walk.now(incident)
    return fresh.state, fresh.version, fresh.handler_id, Event.objects.count(), end_of_trail(cast)


def test_every_step_of_the_table_is_tried():
    assert set(steps.STEPS) == {step.name for step in INCIDENT.steps}


@pytest.mark.parametrize("state", STATES)
def test_step_from_another_state_is_refused_and_writes_nothing(cast, ladder, subtests, state):
    incident = walk.make(cast, state)
    for step in INCIDENT.steps:
        if state in step.sources:
            continue
        with subtests.test(step.name), undone():
            said = steps.needs(cast, step.name, incident)
            before = written(cast, incident)
            with pytest.raises(Refusal):
                steps.step(cast, step.name, incident, said)
            assert written(cast, incident) == before


@pytest.mark.parametrize("state", STATES)
def test_step_is_refused_when_stale_without_power_or_from_elsewhere(
    cast, other, ladder, subtests, state
):
    incident = walk.make(cast, state)
    reasons = (
        ("stale", {"version": incident.version - 1}, StaleRecord),
        ("without the power", {"by": cast.tina}, Refusal),
        ("of another school", {"by": other.oscar}, Refusal),
    )
    for step in INCIDENT.steps:
        if state not in step.sources:
            continue
        for reason, changed, refusal in reasons:
            with subtests.test(step.name, reason=reason), undone():
                said = steps.needs(cast, step.name, incident)
                before = written(cast, incident)
                with pytest.raises(refusal):
                    steps.step(cast, step.name, incident, said | changed)
                assert written(cast, incident) == before


@pytest.mark.parametrize("state", STATES)
def test_step_moves_to_its_target_and_leaves_one_entry(cast, ladder, subtests, state):
    incident = walk.make(cast, state)
    if state == "actions":
        walk.ready_to_close(cast, incident)
    if state == "referred":
        walk.make_referrals(incident, by=cast.dora)
    incident = walk.now(incident)
    for step in INCIDENT.steps:
        if state not in step.sources or (step.name, state) == ("propose_decision", "investigating"):
            continue
        with subtests.test(step.name), undone():
            said = steps.needs(cast, step.name, incident)
            end = end_of_trail(cast)
            steps.step(cast, step.name, incident, said)
            assert verbs_since(cast, end) == [step.name]
            after = walk.now(incident)
            assert (after.state, after.version) == (step.target or state, incident.version + 1)


def test_proposal_moves_to_its_target_and_leaves_one_entry(cast, ladder):
    incident = walk.classify(cast, walk.opened(cast), "PC1")
    end = end_of_trail(cast)
    walk.decide(cast, incident)
    assert verbs_since(cast, end) == ["propose_decision"]
    assert walk.now(incident).state == "confirming"


@pytest.mark.parametrize("state", ENDED)
def test_ended_incident_takes_notes_and_links_and_nothing_else(state):
    names = [step.name for step in INCIDENT.steps if state in step.sources]
    assert names == ["reopen_incident", "note_incident", "link_incident"]


def test_incident_of_another_school_cannot_be_reached(cast, other, ladder):
    incident = walk.opened(cast)
    with school_scope(other.school.pk), pytest.raises(type(incident).DoesNotExist):
        walk.now(incident)


def test_refusal_of_a_wrong_state_says_what_is_and_what_would_be(cast, ladder):
    incident = walk.make(cast, "closed")
    with pytest.raises(StepRefused) as refused:
        steps.step(cast, "classify_incident", incident)
    assert str(refused.value) == (
        "“Classify” cannot be done now: this incident is “Closed”, and it needs to be "
        "“Being triaged” or “Being looked into”."
    )


def test_every_step_has_its_words_for_the_trail():
    assert {step.name for step in INCIDENT.steps} - set(WORDS) == set()
