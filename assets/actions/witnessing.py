"""A witness says themselves what somebody else wrote that they saw (AST-03, MOB-10, R-SSC-1)."""

from datetime import datetime

from django.db import transaction

from assets.conditions.common import check_power
from assets.models import DisposalBatch, SearchRecord
from audit.actions import record
from common.errors import StepRefused
from people.models import Person


@transaction.atomic
def confirm_hand_over(*, batch: DisposalBatch, by: Person, at: datetime) -> DisposalBatch:
    """Confirm as its witness that the devices of a disposal were handed over as written (AST-03).

    It may be said after the disposal is closed. Refuses anybody else, and a second time.
    """
    batch = DisposalBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    _check(batch.witnessed_by_id, batch.witnessed_at, by, at)
    batch.witnessed_at = at
    batch.save(update_fields=["witnessed_at"])
    record("confirm_hand_over", batch, by=by, at=at)
    return batch


@transaction.atomic
def confirm_search(*, search: SearchRecord, by: Person, at: datetime) -> SearchRecord:
    """Confirm as its witness that one was there when a search was made (R-SSC-1, MOB-10).

    Refuses anybody else, and a second time.
    """
    search = SearchRecord.objects.select_for_update(of=("self",)).get(pk=search.pk)
    _check(search.witness_id, search.witness_confirmed_at, by, at)
    search.witness_confirmed_at = at
    search.save(update_fields=["witness_confirmed_at"])
    record("confirm_search", search, by=by, at=at)
    return search


def _check(witness: int | None, confirmed_at: datetime | None, by: Person, at: datetime) -> None:
    check_power(by, "confirm_as_witness", at)
    if witness != by.pk:
        raise StepRefused("Only the witness says this.")
    if confirmed_at:
        raise StepRefused("You have said so already.")
