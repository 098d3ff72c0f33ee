"""Decide on a disposal: approved, refused or sent back by somebody who did not prepare it."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from assets.conditions.common import said
from assets.conditions.disposal import check_apart, check_route
from assets.models import DisposalBatch
from assets.steps.disposal import begin, finish, let_go
from people.models import Person

DECIDED = ("decided_by", "decided_at", "decision_note")


@transaction.atomic
def approve_disposal(
    *, batch: DisposalBatch, version: int, note: str = "", by: Person, at: datetime
) -> DisposalBatch:
    """Approve a disposal exactly as it was seen (AST-27).

    Refuses whoever prepared it or put a device into it, an old version, and a company that is not
    approved and in force any more.
    """
    batch = _begin("approve_disposal", batch, version, by, at)
    check_route(batch.school, batch.route, batch.company, batch.recipient, localdate(at))
    return _decide("approve_disposal", batch, note.strip(), by, at)


@transaction.atomic
def refuse_disposal(
    *, batch: DisposalBatch, version: int, note: str, by: Person, at: datetime
) -> DisposalBatch:
    """Refuse a disposal with a reason; its devices are no longer wanted, as before (AST-27)."""
    batch = _begin("refuse_disposal", batch, version, by, at)
    why = said(note, "Say why it is refused.", 500)
    let_go(batch, batch.items.filter(removed_at=None).select_related("asset"), by=by, at=at)
    return _decide("refuse_disposal", batch, why, by, at)


@transaction.atomic
def return_disposal(
    *, batch: DisposalBatch, version: int, note: str, by: Person, at: datetime
) -> DisposalBatch:
    """Send a disposal back to be changed, and say what; it is decided on again (AST-27)."""
    batch = _begin("return_disposal", batch, version, by, at)
    batch.decision_note = said(note, "Say what has to be changed.", 500)
    return finish("return_disposal", batch, "decision_note", by=by, at=at)


def _begin(
    step: str, batch: DisposalBatch, version: int, by: Person, at: datetime
) -> DisposalBatch:
    batch = begin(step, batch=batch, version=version, by=by, at=at)
    check_apart(batch, by)
    return batch


def _decide(step: str, batch: DisposalBatch, note: str, by: Person, at: datetime) -> DisposalBatch:
    batch.decided_by, batch.decided_at, batch.decision_note = by, at, note[:500]
    return finish(step, batch, *DECIDED, by=by, at=at)
