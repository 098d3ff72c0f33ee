"""The table of steps holds: none from another state, none on a stale page, none from elsewhere."""

from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction

from audit.queries import trail
from common.errors import Refusal, StaleRecord
from filtering.actions import change_decisions, changing
from filtering.models import LogEntry
from filtering.workflow import CHANGE, CHANGE_STATES
from tests.filtering import walk_changes as walk

# How each step with a page is tried; the others are ways in which these end.
DEEDS: dict[str, Any] = {
    "assess_change": walk.assess,
    "approve_change": walk.approve,
    "make_change": walk.make,
    "test_change": walk.tried,
    "revoke_change": walk.revoke,
    "put_back_change": walk.put_back,
    "check_put_back": walk.check,
    "extend_change": walk.extension,
    "edit_change": lambda cast, change, **more: walk.act(
        changing.edit_change, change, **walk.wanted(cast) | {"by": cast.tom} | more
    ),
    "withdraw_change": lambda cast, change, **more: walk.act(
        changing.withdraw_change, change, **{"reason": "", "by": cast.tom} | more
    ),
    "reject_change": lambda cast, change, **more: walk.act(
        change_decisions.reject_change, change, **{"reason": "No.", "by": cast.hana} | more
    ),
    "return_change": lambda cast, change, **more: walk.act(
        change_decisions.return_change, change, **{"question": "Why?", "by": cast.hana} | more
    ),
}
ENDS = {
    "keep_open": "test_change",
    "find_fault": "test_change",
    "find_not_put_back": "check_put_back",
    "take_up_again": "check_put_back",
}
# Tried in the tests of what the clock does, of blocks at once and of more time.
ELSEWHERE = {"confirm_block", "refuse_block", "grant_time", "expire_block", "expire_change"}


@contextmanager
def undone():
    """Undo what is done inside, so that one walk serves many steps."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def bring(cast, state):
    """Return an unblock for study in a state."""
    if state in walk.WAYS:
        return walk.bring(cast, state)
    ended = {"rejected": "reject_change", "withdrawn": "withdraw_change"}[state]
    return walk.now(DEEDS[ended](cast, walk.bring(cast, "awaiting")))


def written(cast, change):
    """Return what a refused step must leave as it was."""
    fresh = walk.now(change)
    return fresh.state, fresh.version, LogEntry.objects.count(), trail(cast.school.pk).count()


def test_every_step_of_the_table_is_tried():
    assert {*DEEDS, *ENDS, *ELSEWHERE} == {step.name for step in CHANGE.steps}


@pytest.mark.parametrize("state", CHANGE_STATES)
def test_step_is_refused_from_other_states_and_on_stale_pages(cast, other, subtests, state):
    change = bring(cast, state)
    for step in CHANGE.steps:
        deed = DEEDS.get(step.name)
        if deed is None:
            continue
        tries = {"another state": ({}, Refusal)}
        if state in step.sources:
            tries = {
                "stale": ({"version": change.version - 1}, StaleRecord),
                "without the power": ({"by": cast.paul}, Refusal),
                "of another school": ({"by": other.oscar}, Refusal),
            }
        for reason, (changed, refusal) in tries.items():
            with subtests.test(step.name, reason=reason), undone():
                before = written(cast, change)
                with pytest.raises(refusal):
                    deed(cast, change, **changed)
                assert written(cast, change) == before


@pytest.mark.parametrize("state", [state for state in CHANGE_STATES if state in walk.WAYS])
def test_step_leads_where_the_table_says(cast, subtests, state):
    change = bring(cast, state)
    for step in CHANGE.steps:
        deed = DEEDS.get(step.name)
        if deed is None or state not in step.sources:
            continue
        with subtests.test(step.name), undone():
            done = deed(cast, change)
            if step.name == "test_change":
                assert done.state == CHANGE.step("keep_open").target
            elif step.target:
                assert done.state == step.target
            assert walk.now(change).version == change.version + bool(step.target)
