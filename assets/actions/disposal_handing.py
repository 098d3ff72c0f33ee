"""Hand a disposal over, and close it once its papers are complete (AST-03, AST-04, AST-27)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from assets.actions.life import take_step
from assets.conditions.common import check_power, said
from assets.conditions.disposal import check_handed_over, check_nothing_missing
from assets.disposal_files import check_file
from assets.disposal_needs import DisposalFile
from assets.disposal_seal import seal_of, sealed_fields
from assets.models import DisposalBatch, DisposalCompany
from assets.steps.disposal import begin, finish
from assets.workflow import BATCH
from audit.actions import record
from common.errors import Refusal, StepRefused
from common.pages import page_url
from people.mail import notify
from people.models import Person

HANDED = (
    *("collected_at", "collected_by", "handed_over_by", "witnessed_by"),
    *("count_out", "tracking_reference", "papers_due_date"),
)


@dataclass(frozen=True)
class HandOver:
    """What two people saw when the devices were fetched."""

    count: int
    collected_by: str
    collected_at: datetime
    witness: Person
    tracking_reference: str = ""


@transaction.atomic
def collect_disposal(
    *, batch: DisposalBatch, version: int, seen: HandOver, by: Person, at: datetime
) -> DisposalBatch:
    """Write down that the devices were fetched, counted by two people (AST-03, AST-05).

    The witness is asked to confirm it. Refuses while a medium is neither wiped nor left to the
    company under its guarantee, while the consignment note of hazardous waste is missing, a company
    not in force on that day, another count than the disposal holds, and one person for both.
    """
    batch = begin("collect_disposal", batch=batch, version=version, by=by, at=at)
    if batch.company_id:
        batch.company = (
            DisposalCompany.objects.select_for_update(of=("self",))
            .select_related("school")
            .get(pk=batch.company_id)
        )
    file = DisposalFile(batch, on=localdate(at))
    collected_by = said(seen.collected_by, "Say who came for the devices.", 100)
    check_handed_over(
        file, count=seen.count, witness=seen.witness, when=seen.collected_at, by=by, at=at
    )
    batch.collected_at, batch.collected_by = seen.collected_at, collected_by
    batch.handed_over_by, batch.witnessed_by = by, seen.witness
    batch.count_out = seen.count
    batch.tracking_reference = seen.tracking_reference.strip()[:60]
    days = timedelta(days=batch.school.setting("receipt_days"))
    batch.papers_due_date = localdate(seen.collected_at) + days
    path = page_url(batch.school, "hand_over_confirm", batch.reference)
    notify([seen.witness], reason="to_witness", path=path, at=at)
    facts = {"devices": seen.count}
    return finish("collect_disposal", batch, *HANDED, facts=facts, by=by, at=at)


@transaction.atomic
def finish_disposal(
    *, batch: DisposalBatch, version: int, by: Person, at: datetime
) -> DisposalBatch:
    """Close a disposal whose papers are complete, and seal what its certificate says (AST-04).

    Every device is disposed of, none is deleted. Refuses while anything is missing and names it:
    counts that do not agree, a medium without its proof, a paper; and a file that is not in the
    store as it was taken in.
    """
    batch = begin("finish_disposal", batch=batch, version=version, by=by, at=at)
    file = DisposalFile(batch, on=localdate(at))
    check_nothing_missing(file.missing(), "Before it can be closed, this is missing:")
    for paper in file.papers:
        check_file(paper)
    for device in file.devices:
        text = f"Disposal {batch}"
        take_step(asset=device.asset, step="dispose_asset", text=text, by=by, at=at)
    batch.finished_by, batch.finished_at = by, at
    batch.sealed = sealed_fields(file, finished_by=by, finished_at=at)
    batch.seal = seal_of(batch.sealed)
    facts = {"seal": batch.seal, "devices": len(file.devices), "media": len(file.media)}
    names = ("finished_by", "finished_at", "sealed", "seal")
    return finish("finish_disposal", batch, *names, facts=facts, by=by, at=at)


@transaction.atomic
def note_breach(*, batch: DisposalBatch, note: str, by: Person, at: datetime) -> DisposalBatch:
    """Write what was done about papers so late that data may be lost (AST-07, R-DISP-1).

    Refuses before they are that late, after it is closed, and no words. It stays open.
    """
    check_power(by, "approve_disposal", at)
    rows = DisposalBatch.objects.select_for_update(of=("self",)).select_related("school")
    batch = rows.get(pk=batch.pk)
    if batch.state != "collected" or batch.collected_at is None:
        raise StepRefused(f"This disposal is “{BATCH.states[batch.state]}”: no paper is late.")
    late = timedelta(days=batch.school.setting("papers_late_days"))
    if localdate(at) < localdate(batch.collected_at) + late:
        raise Refusal("The papers of this disposal are not that late yet.")
    batch.breach_note = said(note, "Say what was done.")
    batch.version += 1
    batch.save(update_fields=["breach_note", "version"])
    record("note_breach", batch, by=by, at=at)
    return batch
