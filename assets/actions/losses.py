"""Report equipment as lost or stolen, find it, and judge what was on it (workflows c.12)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from assets.actions.life import locked_asset, take_step
from assets.actions.upkeep import close_upkeep
from assets.conditions.common import said
from assets.models import Asset, Loss
from assets.queries.lifecycle import open_loan_of, open_loss_of, open_upkeep_of
from audit.actions import record
from common.errors import Refusal, StepRefused
from common.pages import page_url
from people.mail import notify
from people.models import Person
from roles.queries import holders_by_role, role_codes_of

JUDGES = ("dsl", "osl", "siro", "head")


@transaction.atomic
def report_loss(
    *,
    asset: Asset,
    submission: UUID,
    kind: str,
    noticed_at: datetime,
    last_seen: str,
    what: str,
    data: str = "",
    police_reference: str = "",
    by: Person,
    at: datetime,
) -> Loss:
    """Report a device as lost or stolen; any member of staff may (workflows c.12).

    The same ``submission`` sent twice gives the one report. Where data may be on it, the people who
    judge a data breach are told at once. A loan stays open; a repair is ended. Refuses without
    words, and a moment that has not come.
    """
    asset = locked_asset(asset)
    made = Loss.objects.filter(submission=submission).first()
    if made:
        return made
    if noticed_at > at:
        raise Refusal("The date and time cannot be in the future.")
    asset = take_step(asset=asset, step="report_loss", facts={"kind": kind}, by=by, at=at)
    _end_upkeep(asset, "It went missing.", by, at)
    loss = Loss.objects.create(
        school=asset.school,
        asset=asset,
        submission=submission,
        kind=kind,
        noticed_at=noticed_at,
        last_seen=said(last_seen, "Say where it was last.", 200),
        what=said(what, "Say what happened.", 1_000),
        data=data.strip()[:500],
        police_reference=police_reference.strip()[:60],
        reported_by=by,
        reported_at=at,
    )
    if asset.keeps_data:
        held = holders_by_role(asset.school, JUDGES, on=localdate(at)).values()
        people = dict.fromkeys(person for group in held for person in group)
        path = page_url(asset.school, "loss_detail", loss.pk)
        notify(people, reason="loss_of_data", path=path, at=at)
    return loss


@transaction.atomic
def find_asset(
    *, asset: Asset, note: str, version: int | None = None, by: Person, at: datetime
) -> Asset:
    """Say that a lost device was found, and where (c.12); refuses without words.

    It goes back to whoever had it on loan, else into service. What its loss meant for data is
    judged all the same.
    """
    words = said(note, "Say where it was found and in what state.")
    back_to = "on_loan" if open_loan_of(asset) else ""
    asset = take_step(
        asset=asset, step="find_asset", back_to=back_to, version=version, by=by, at=at
    )
    mark_found(asset=asset, words=words, by=by, at=at)
    return asset


@transaction.atomic
def settle_loss(*, loss: Loss, reason: str, by: Person, at: datetime) -> Loss:
    """Say why no incident is needed for a loss, as one of those who judge it.

    Refuses anybody else, no reason, and a loss that is judged already.
    """
    if not role_codes_of(by, on=localdate(at)).intersection(JUDGES):
        raise StepRefused("The safeguarding lead, the SIRO or the headteacher judges this.")
    loss = _unjudged(loss)
    loss.no_incident_reason = said(reason, "Say why no incident is needed.")
    loss.save(update_fields=["no_incident_reason"])
    record("settle_loss", loss.asset, by=by, at=at)
    return loss


def mark_found(*, asset: Asset, words: str, by: Person, at: datetime) -> None:
    """Write that a device that was lost is there, inside the caller's transaction."""
    loss = open_loss_of(asset)
    if loss:
        loss.found_at, loss.found_by, loss.found_note = at, by, words
        loss.save(update_fields=["found_at", "found_by", "found_note"])


def _end_upkeep(asset: Asset, words: str, by: Person, at: datetime) -> None:
    upkeep = open_upkeep_of(asset)
    if upkeep:
        close_upkeep(upkeep=upkeep, result=words, by=by, at=at)


def _unjudged(loss: Loss) -> Loss:
    rows = Loss.objects.select_for_update(of=("self",)).select_related("asset", "school")
    loss = rows.get(pk=loss.pk)
    if loss.incident_reference:
        raise Refusal("An incident was raised from this already.")
    return loss
