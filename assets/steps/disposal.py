"""How every deed on a disposal begins and ends: locked, checked, written on the trail."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from assets.actions.life import take_step
from assets.conditions.common import check_power, check_version
from assets.models import DisposalBatch
from assets.workflow import BATCH
from audit.actions import record
from people.models import Person

ALONG = ("school", "company__school", "prepared_by", "decided_by", "handed_over_by", "witnessed_by")


def begin(
    step: str, *, batch: DisposalBatch, version: int | None = None, by: Person, at: datetime
) -> DisposalBatch:
    """Lock a disposal and refuse the step unless version, state and power allow it.

    Returns it as it stands in the database now. Without ``version`` whatever was seen will do.
    """
    rows = DisposalBatch.objects.select_for_update(of=("self",)).select_related(*ALONG)
    locked = rows.get(pk=batch.pk)
    if version is not None:
        check_version(locked.version, version)
    check_power(by, BATCH.check(step, locked.state).needs, at)
    return locked


def finish(
    step: str,
    batch: DisposalBatch,
    *fields: str,
    facts: dict[str, Any] | None = None,
    by: Person,
    at: datetime,
) -> DisposalBatch:
    """Move a disposal to the step's target, save named fields, write the trail."""
    batch.state = BATCH.step(step).target or batch.state
    batch.version += 1
    batch.save(update_fields=sorted({"state", "version", *fields}))
    record(step, batch, by=by, at=at, facts={"state": batch.state, **(facts or {})})
    return batch


def let_go(batch: DisposalBatch, items: Iterable[Any], *, by: Person, at: datetime) -> int:
    """Take devices out of a disposal, so that they are no longer wanted again; return how many."""
    count = 0
    for item in items:
        text = f"Disposal {batch}"
        take_step(asset=item.asset, step="take_out_of_disposal", text=text, by=by, at=at)
        item.removed_at = at
        item.save(update_fields=["removed_at"])
        count += 1
    return count
