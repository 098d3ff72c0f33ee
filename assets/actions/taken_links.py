"""Let a loss, a disposal or a program know of the incident raised because of it (INC-53, c.12)."""

from datetime import datetime

from django.db import transaction

from assets.conditions.common import check_power
from assets.models import DisposalBatch, Installation, Loss
from audit.actions import record
from common.errors import Refusal
from people.models import Person


@transaction.atomic
def link_loss(*, loss: Loss, incident_reference: str, by: Person, at: datetime) -> Loss:
    """Note which incident was raised because a device was lost; the caller raised it.

    Refuses a loss that has its incident already. The trail bears no number.
    """
    loss = Loss.objects.select_for_update(of=("self",)).get(pk=loss.pk)
    check_power(by, "report_loss", at)
    if loss.incident_reference:
        raise Refusal("An incident was raised from this already.")
    loss.incident_reference = incident_reference
    loss.save(update_fields=["incident_reference"])
    record("link_loss", loss, by=by, at=at)
    return loss


@transaction.atomic
def link_disposal(
    *, batch: DisposalBatch, incident_reference: str, by: Person, at: datetime
) -> DisposalBatch:
    """Note which incident was raised because a paper or a medium is missing; the caller raised it.

    It may be so after the disposal is closed. Refuses one that has its incident already. The trail
    bears no number.
    """
    batch = DisposalBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    check_power(by, "view_disposals", at)
    if batch.incident_reference:
        raise Refusal("An incident was raised from this already.")
    batch.incident_reference = incident_reference
    batch.save(update_fields=["incident_reference"])
    record("link_disposal", batch, by=by, at=at)
    return batch


@transaction.atomic
def link_installation(
    *, installation: Installation, incident_reference: str, by: Person, at: datetime
) -> Installation:
    """Note which incident was raised because of a program that nobody approved (AST-29).

    Refuses an approved program, and one that has its incident already. The trail bears no number.
    """
    rows = Installation.objects.select_for_update(of=("self",)).select_related("software")
    installation = rows.get(pk=installation.pk)
    check_power(by, "view_assets", at)
    if installation.software.approved:
        raise Refusal("This program is approved.")
    if installation.incident_reference:
        raise Refusal("An incident was raised from this already.")
    installation.incident_reference = incident_reference
    installation.save(update_fields=["incident_reference"])
    record("link_installation", installation, by=by, at=at)
    return installation
