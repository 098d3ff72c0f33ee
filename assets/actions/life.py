"""The one way by which a device goes from one state to the next (workflows c.12)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from assets.conditions.common import check_power
from assets.models import Asset, AssetEvent
from assets.steps.life import locked_asset
from assets.workflow import ASSET, ASSET_GONE
from audit.actions import record
from people.models import Person

__all__ = ["locked_asset", "take_step", "write_life"]


@transaction.atomic
def take_step(
    *,
    asset: Asset,
    step: str,
    text: str = "",
    incident_reference: str = "",
    back_to: str = "",
    changes: dict[str, Any] | None = None,
    facts: dict[str, Any] | None = None,
    version: int | None = None,
    by: Person | str,
    at: datetime,
) -> Asset:
    """Take a step of a device's life: move its state, write its history and the trail.

    ``changes`` are fields saved with the state, such as who holds it. ``back_to`` is the state to
    which a release leads where that is not the step's own. ``text`` is read by everybody who sees
    the register, so nothing of a case belongs into it. ``by`` may be the name of a job.

    Refuses a step that the table does not allow from the state it is in now, an old ``version``,
    and whoever lacks the power.
    """
    locked = locked_asset(asset, version=version)
    found = ASSET.check(step, locked.state)
    if isinstance(by, Person):
        check_power(by, found.needs, at)
    before, locked.state = locked.state, back_to or found.target or locked.state
    changed = {**(changes or {}), **({"disposed_at": at} if locked.state in ASSET_GONE else {})}
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.version += 1
    locked.save(update_fields=["state", "version", *changed])
    write_life(
        asset=locked,
        step=step,
        before=before,
        text=text,
        incident_reference=incident_reference,
        by=by,
        at=at,
    )
    told = {"from": before, "to": locked.state, **(facts or {})}
    record(step, locked, by=by, at=at, facts=told)
    return locked


def write_life(
    *,
    asset: Asset,
    step: str,
    before: str = "",
    text: str = "",
    incident_reference: str = "",
    by: Person | str,
    at: datetime,
) -> AssetEvent:
    """Write one line into the life of a device, inside the caller's transaction."""
    return AssetEvent.objects.create(
        school_id=asset.school_id,
        asset=asset,
        step=step,
        before=before,
        after=asset.state,
        text=text.strip()[:500],
        incident_reference=incident_reference,
        by=by if isinstance(by, Person) else None,
        at=at,
    )
