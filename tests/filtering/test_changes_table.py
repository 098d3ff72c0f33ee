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
def test_step_leads_where_the_table_says_or_is_refused(cast, other, subtests, state):
    change = bring(cast, state)
    for name, deed in DEEDS.items():
        step, refused = CHANGE.step(name), {"another state": ({}, Refusal)}
        if state in step.sources:
            refused = {
                "stale": ({"version": change.version - 1}, StaleRecord),
                "without the power": ({"by": cast.paul}, Refusal),
                "of another school": ({"by": other.oscar}, Refusal),
            }
            with subtests.test(name), undone():
                reached(name, step, change, deed(cast, change))
        for reason, (changed, refusal) in refused.items():
            with subtests.test(name, reason=reason), undone():
                before = written(cast, change)
                with pytest.raises(refusal):
                    deed(cast, change, **changed)
                assert written(cast, change) == before


def reached(name, step, change, done):
    """Check that a step did what the table says; a request for more time is one of its own."""
    if name == "extend_change":
        assert (done.state, done.extends, walk.now(change).state) == (
            *("submitted", change),
            change.state,
        )
        return
    target = CHANGE.step("keep_open").target if name == "test_change" else step.target
    assert (done.state, done.version) == (target, change.version + 1)
