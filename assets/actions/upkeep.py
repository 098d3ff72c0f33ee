"""Send a device for repair or a check, and say what came of it (AST-19)."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from assets.actions.life import locked_asset, take_step
from assets.conditions.common import said
from assets.models import Asset, Upkeep
from assets.queries.lifecycle import open_upkeep_of
from assets.vocabulary import CHECKS, UpkeepKind
from common.errors import Refusal, StepRefused
from people.models import Person


@transaction.atomic
def start_upkeep(
    *,
    asset: Asset,
    submission: UUID,
    kind: str,
    reason: str,
    supplier: str = "",
    back_due_date: date | None = None,
    version: int | None = None,
    by: Person,
    at: datetime,
) -> Upkeep:
    """Send a device for repair or a check (AST-19).

    The same ``submission`` sent twice gives the one record. Refuses without a reason, and a day
    back that has passed.
    """
    asset = locked_asset(asset)
    made = Upkeep.objects.filter(submission=submission).first()
    if made:
        return made
    if back_due_date and back_due_date < localdate(at):
        raise Refusal("The day on which it comes back has passed.")
    why = said(reason, "Say what is wrong, or what is to be checked.", 500)
    asset = take_step(
        asset=asset,
        step="start_upkeep",
        text=f"{UpkeepKind(kind).label}: {why}",
        facts={"kind": kind},
        version=version,
        by=by,
        at=at,
    )
    return Upkeep.objects.create(
        school=asset.school,
        asset=asset,
        submission=submission,
        kind=kind,
        reason=why,
        supplier=supplier.strip()[:80],
        started_date=localdate(at),
        back_due_date=back_due_date,
        started_by=by,
    )


@transaction.atomic
def finish_upkeep(
    *,
    asset: Asset,
    result: str,
    passed: bool | None = None,
    next_date: date | None = None,
    version: int | None = None,
    by: Person,
    at: datetime,
) -> Upkeep:
    """Say that a device is back, what was found and done, and when the next check is due (AST-19).

    One that was still being set up goes on being set up. ``passed`` is said of a check only.
    Refuses without a result, a device that is not away, and a next day that has passed.
    """
    if next_date and next_date <= localdate(at):
        raise Refusal("The next check is in the future.")
    what = said(result, "Say what was found and done.", 500)
    sent = asset.events.filter(step="start_upkeep").first()
    asset = take_step(
        asset=asset,
        step="finish_upkeep",
        text=what,
        back_to=sent.before if sent else "",
        version=version,
        by=by,
        at=at,
    )
    upkeep = open_upkeep_of(asset)
    if upkeep is None:
        raise StepRefused("This device is not away for repair or a check.")
    upkeep.passed = passed if upkeep.kind in CHECKS else None
    return close_upkeep(upkeep=upkeep, result=what, next_date=next_date, by=by, at=at)


def close_upkeep(
    *, upkeep: Upkeep, result: str, next_date: date | None = None, by: Person, at: datetime
) -> Upkeep:
    """Write that a repair or check is over, inside the caller's transaction."""
    upkeep.finished_date, upkeep.finished_by = localdate(at), by
    upkeep.result, upkeep.next_date = result, next_date
    upkeep.save(update_fields=["finished_date", "finished_by", "result", "passed", "next_date"])
    return upkeep
