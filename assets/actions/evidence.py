"""Keep a device as evidence of an incident, hand it to the police, release it (AST-22, INC-24).

The pages are the incident's: who may keep and release is for the case to say; these actions ask for
the power and for the state of the device.
"""

from datetime import datetime

from django.db import transaction

from assets.actions.life import take_step, write_life
from assets.actions.loans import close_loan
from assets.actions.losses import mark_found
from assets.actions.upkeep import close_upkeep
from assets.conditions.common import check_power, said
from assets.models import Asset, Quarantine
from assets.queries.lifecycle import open_loan_of, open_upkeep_of
from audit.actions import record
from common.errors import Refusal, StepRefused
from people.models import Person

AFTER = ("in_service", "redundant")
KEPT_WORDS = "It was kept as evidence."


@transaction.atomic
def quarantine_asset(
    *,
    asset: Asset,
    incident_reference: str,
    reason: str,
    place: str,
    seal: str = "",
    by: Person,
    at: datetime,
) -> Quarantine:
    """Take a device out of use as evidence of an incident: not lent, not disposed of (AST-22).

    Refuses without a reason and a place, and a device that is kept already or in a disposal. A loan
    stays open until it is released. The register shows neither reason nor number to those who may
    not see the incident.
    """
    before = Asset.objects.only("state").get(pk=asset.pk).state
    asset = take_step(
        asset=asset,
        step="quarantine_asset",
        incident_reference=incident_reference,
        by=by,
        at=at,
    )
    if before == "lost":
        mark_found(asset=asset, words=KEPT_WORDS, by=by, at=at)
    return Quarantine.objects.create(
        school=asset.school,
        asset=asset,
        incident_reference=incident_reference,
        before=before,
        reason=said(reason, "Say why it is evidence."),
        place=said(place, "Say where it is kept.", 120),
        seal=seal.strip()[:60],
        kept_by=by,
        kept_at=at,
    )


@transaction.atomic
def hand_quarantined_to_police(
    *, asset: Asset, reference: str, by: Person, at: datetime
) -> Quarantine:
    """Write down that the police have a device, with their number (AST-22).

    Refuses without the number, a device that is not kept, and a second time.
    """
    check_power(by, "quarantine_asset", at)
    kept = _kept(asset)
    if kept.police_at:
        raise Refusal("The police have it already.")
    kept.police_reference = said(reference, "Enter the number the police gave you.", 60)
    kept.police_at = at
    kept.save(update_fields=["police_reference", "police_at"])
    write_life(
        asset=kept.asset,
        step="hand_quarantined_to_police",
        before=kept.asset.state,
        incident_reference=kept.incident_reference,
        by=by,
        at=at,
    )
    record("hand_quarantined_to_police", kept.asset, by=by, at=at)
    return kept


@transaction.atomic
def release_asset(
    *, asset: Asset, why: str, after: str = "in_service", by: Person, at: datetime
) -> Quarantine:
    """Let a device go that was kept as evidence, back into service or as no longer wanted (AST-22).

    Ends a loan or a repair it was on. Refuses without a reason, and a device that is not kept.
    """
    if after not in AFTER:
        raise Refusal("It goes back into service, or it is no longer wanted.")
    kept = _kept(asset)
    take_step(
        asset=kept.asset,
        step="release_asset",
        incident_reference=kept.incident_reference,
        back_to=after,
        changes={"holder": None} if kept.before == "on_loan" else None,
        by=by,
        at=at,
    )
    kept.released_by, kept.released_at = by, at
    kept.released_why = said(why, "Say why it is released.")
    kept.save(update_fields=["released_by", "released_at", "released_why"])
    loan, upkeep = open_loan_of(asset), open_upkeep_of(asset)
    if loan:
        close_loan(loan=loan, condition="", note=KEPT_WORDS, by=by, at=at)
    if upkeep:
        close_upkeep(upkeep=upkeep, result=KEPT_WORDS, by=by, at=at)
    return kept


def _kept(asset: Asset) -> Quarantine:
    rows = Quarantine.objects.select_for_update(of=("self",)).select_related("asset__school")
    kept = rows.filter(asset=asset, released_at=None).first()
    if kept is None:
        raise StepRefused("This device is not kept as evidence.")
    return kept
