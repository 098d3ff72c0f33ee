"""Prepare a disposal: its route, its devices, and asking for approval (AST-03, AST-27)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Upper
from django.utils.timezone import localdate, localtime

from assets.actions.life import take_step
from assets.conditions.common import check_power, said
from assets.conditions.disposal import check_route
from assets.models import Asset, BatchItem, DisposalBatch, DisposalCompany
from assets.steps.disposal import begin, finish, let_go
from assets.vocabulary import BY_COMPANY, Condition, Route
from audit.actions import record
from common.errors import Refusal
from people.models import Person, School
from people.references import next_reference

WHY = "Say why these things are no longer wanted."


@dataclass(frozen=True)
class DisposalDetails:
    """What is to become of things, who takes them, and why."""

    route: str
    reason: str
    company: DisposalCompany | None = None
    recipient: str = ""

    def checked(self, school: School, at: datetime) -> dict[str, object]:
        """Return the fields of a disposal; refuses what ``check_route`` refuses.

        A company stands only where the route goes by one.
        """
        company = self.company if self.route in BY_COMPANY else None
        recipient = "" if company else self.recipient.strip()[:200]
        check_route(school, self.route, company, recipient, localdate(at))
        return {
            "route": Route(self.route),
            "company": company,
            "recipient": recipient,
            "reason": said(self.reason, WHY, 500),
        }


@transaction.atomic
def prepare_disposal(
    *, school: School, submission: UUID, details: DisposalDetails, by: Person, at: datetime
) -> DisposalBatch:
    """Begin a disposal without devices; the same form sent twice gives the one it made (AST-03).

    Refuses a company that is not approved and in force, a gift without who gets it, and no reason.
    """
    check_power(by, "prepare_disposal", at)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    made = DisposalBatch.objects.filter(school=school, submission=submission).first()
    if made:
        return made
    values = details.checked(school, at)
    batch = DisposalBatch.objects.create(
        school=school,
        reference=next_reference(school=school, series="disposal", year=localtime(at).year),
        submission=submission,
        prepared_by=by,
        prepared_at=at,
        **values,
    )
    record("prepare_disposal", batch, by=by, at=at, facts={"route": batch.route})
    return batch


@transaction.atomic
def edit_disposal(
    *, batch: DisposalBatch, details: DisposalDetails, version: int, by: Person, at: datetime
) -> DisposalBatch:
    """Change route, company or reason before it is approved; whoever does prepares it (AST-27)."""
    batch = begin("edit_disposal", batch=batch, version=version, by=by, at=at)
    values = details.checked(batch.school, at)
    for name, value in values.items():
        setattr(batch, name, value)
    batch.prepared_by = by
    facts = {"route": batch.route}
    return finish("edit_disposal", batch, *values, "prepared_by", facts=facts, by=by, at=at)


@transaction.atomic
def add_devices(
    *, batch: DisposalBatch, tags: Sequence[str], condition: str, by: Person, at: datetime
) -> DisposalBatch:
    """Put devices that are no longer wanted into a disposal, by their tags (AST-03).

    One that is in it already stays as it is, so that a form sent twice changes nothing. Refuses a
    tag nobody knows, and, with its tag, a device that is not “No longer wanted”: lent, kept as
    evidence, lost, or in another disposal. Then none is added.
    """
    batch = begin("edit_disposal", batch=batch, by=by, at=at)
    wanted = list(dict.fromkeys(tag.strip().upper() for tag in tags if tag.strip()))
    if not wanted:
        raise Refusal("Choose a device, or type its tag.")
    known = {asset.tag.upper(): asset for asset in _by_tags(batch.school, wanted)}
    inside = set(batch.items.filter(removed_at=None).values_list("asset_id", flat=True))
    added = 0
    for tag in wanted:
        if tag not in known:
            raise Refusal(f"No device has the tag “{tag}”. Nothing was added.")
        if known[tag].pk not in inside:
            _put_in(batch, known[tag], condition, by, at)
            added += 1
    return finish("edit_disposal", batch, facts={"added": added}, by=by, at=at) if added else batch


@transaction.atomic
def take_out_device(*, item: BatchItem, by: Person, at: datetime) -> DisposalBatch:
    """Take a device out of a disposal that is being prepared; it is still no longer wanted.

    One that was taken out already stays out.
    """
    batch = begin("edit_disposal", batch=item.batch, by=by, at=at)
    live = batch.items.filter(pk=item.pk, removed_at=None).select_related("asset")
    out = let_go(batch, live, by=by, at=at)
    return finish("edit_disposal", batch, facts={"taken_out": out}, by=by, at=at) if out else batch


@transaction.atomic
def submit_disposal(
    *, batch: DisposalBatch, version: int, by: Person, at: datetime
) -> DisposalBatch:
    """Ask for approval; whoever asks has prepared it and cannot decide (AST-27).

    Refuses a disposal without devices, a device that keeps data but whose media are not listed,
    and a company that is not in force any more.
    """
    batch = begin("submit_disposal", batch=batch, version=version, by=by, at=at)
    items = list(batch.items.filter(removed_at=None).select_related("asset"))
    if not items:
        raise Refusal("Put at least one device in before you ask for approval.")
    check_route(batch.school, batch.route, batch.company, batch.recipient, localdate(at))
    for item in items:
        if item.asset.keeps_data and not item.asset.media.exists():
            raise Refusal(
                f"{item.asset} keeps data. List its disks or other storage media with their serial "
                "numbers first, on the page of the device."
            )
    batch.prepared_by, batch.submitted_at = by, at
    facts = {"devices": len(items)}
    names = ("prepared_by", "submitted_at")
    return finish("submit_disposal", batch, *names, facts=facts, by=by, at=at)


@transaction.atomic
def withdraw_disposal(
    *, batch: DisposalBatch, version: int, reason: str, by: Person, at: datetime
) -> DisposalBatch:
    """Withdraw a disposal before anything left; its devices are no longer wanted, as before.

    Refuses no reason. What was wiped or destroyed meanwhile stays written down.
    """
    batch = begin("withdraw_disposal", batch=batch, version=version, by=by, at=at)
    batch.decision_note = said(reason, "Say why it is withdrawn.", 500)
    count = let_go(batch, batch.items.filter(removed_at=None).select_related("asset"), by=by, at=at)
    facts = {"devices": count}
    return finish("withdraw_disposal", batch, "decision_note", facts=facts, by=by, at=at)


def _by_tags(school: School, tags: Sequence[str]) -> list[Asset]:
    rows = Asset.objects.filter(school=school).annotate(capitals=Upper("tag"))
    return list(rows.filter(capitals__in=tags))


def _put_in(batch: DisposalBatch, asset: Asset, condition: str, by: Person, at: datetime) -> None:
    try:
        take_step(asset=asset, step="propose_disposal", text=f"Disposal {batch}", by=by, at=at)
    except Refusal as refusal:
        raise Refusal(f"{asset}: {refusal} Nothing was added.") from None
    BatchItem.objects.create(
        school=batch.school,
        batch=batch,
        asset=asset,
        condition=Condition(condition),
        added_by=by,
        added_at=at,
    )
