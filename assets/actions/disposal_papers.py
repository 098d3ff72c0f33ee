"""Papers of a disposal: put on file, replaced, handed on, and the certificate (AST-04, AST-07)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from assets.conditions.common import check_power
from assets.conditions.disposal import check_paper
from assets.disposal_files import check_file, file_kept
from assets.disposal_needs import DisposalFile
from assets.models import Asset, DisposalBatch, DisposalPaper, Medium
from assets.steps.disposal import begin, finish
from assets.vocabulary import AssetKind, PaperKind
from audit.actions import record
from common.errors import Refusal
from people.models import Person, School


@dataclass(frozen=True)
class PaperDetails:
    """What a paper says: its kind, number, day, for how many devices, and of which things."""

    kind: str
    dated: date
    number: str = ""
    issuer: str = ""
    devices: int | None = None
    accepts_duty: bool = False
    media: Sequence[Medium] = ()
    servers: Sequence[Asset] = ()
    replaces: Sequence[DisposalPaper] = ()


@transaction.atomic
def add_disposal_paper(
    *,
    batch: DisposalBatch,
    submission: UUID,
    details: PaperDetails,
    upload: UploadedFile,
    by: Person,
    at: datetime,
) -> list[DisposalPaper]:
    """Put a paper on file: one row, or one for each medium or server a certificate is about.

    The same ``submission`` sent twice gives the rows it made. One put in by mistake is replaced,
    never removed. Refuses a certificate about nothing of this disposal or without its number, a
    receipt before the hand-over or without its count, and any file that ``check_upload`` refuses
    (AST-04, AST-07, AST-08).
    """
    batch = begin("add_disposal_paper", batch=batch, by=by, at=at)
    if made := _sent_before(batch, submission):
        return made
    today = localdate(at)
    check_paper(batch, kind=details.kind, dated=details.dated, devices=details.devices, on=today)
    about = _about(DisposalFile(batch, on=today), details)
    first = DisposalPaper(
        school=batch.school,
        batch=batch,
        submission=submission,
        kind=PaperKind(details.kind),
        number=details.number.strip()[:60],
        issuer=details.issuer.strip()[:100],
        dated=details.dated,
        devices=details.devices,
        accepts_duty=details.accepts_duty and details.kind == PaperKind.RECEIPT,
        added_by=by,
        added_at=at,
    )
    with file_kept(first, upload):
        made = [_saved(first, about_one) for about_one in about]
        _replace(batch, details.replaces, made[0])
        facts = {"kind": first.kind, "sha256": first.sha256, "papers": len(made)}
        finish("add_disposal_paper", batch, facts=facts, by=by, at=at)
    return made


@transaction.atomic
def hand_on_disposal_paper(*, paper: DisposalPaper, by: Person, at: datetime) -> DisposalPaper:
    """Give a copy of a paper to somebody who sees disposals; the trail notes it.

    Refuses a stored file that is not the one that was taken in (SYS-06).
    """
    check_power(by, "view_disposals", at)
    check_file(paper)
    record("hand_on_disposal_paper", paper, by=by, at=at, facts={"sha256": paper.sha256})
    return paper


@transaction.atomic
def print_disposal(*, batch: DisposalBatch, sha256: str, by: Person, at: datetime) -> None:
    """Note on the trail that the certificate of a disposal was made, and its hash (REP-15)."""
    facts = {"seal": batch.seal, "sha256": sha256}
    record("print_disposal", batch, by=by, at=at, facts=facts)


@transaction.atomic
def export_disposals(
    *, school: School, filters: dict[str, str], count: int, by: Person, at: datetime
) -> None:
    """Note on the trail which disposals were taken out as a file (REP-15)."""
    facts = {"filters": filters, "count": count}
    record("export_disposals", school, by=by, at=at, facts=facts, school_id=school.pk)


def _about(file: DisposalFile, details: PaperDetails) -> list[dict[str, Any]]:
    """Return the one thing of each row; refuses what the disposal does not hold."""
    if details.kind not in {PaperKind.MEDIUM, PaperKind.SERVER}:
        return [{}]
    if not details.number.strip():
        raise Refusal("Write down the number of the certificate.")
    servers = [one.asset for one in file.devices if one.asset.kind == AssetKind.SERVER]
    inside: dict[str, tuple[str, Sequence[Any], list[Any], str]] = {
        PaperKind.MEDIUM: (
            "medium",
            details.media,
            [one.medium for one in file.media],
            "storage medium",
        ),
        PaperKind.SERVER: ("asset", details.servers, servers, "server"),
    }
    field, chosen, known, noun = inside[details.kind]
    if not chosen or not set(chosen) <= set(known):
        raise Refusal(f"Choose the {noun} of this disposal that the certificate is about.")
    return [{field: one} for one in chosen]


def _sent_before(batch: DisposalBatch, submission: UUID) -> list[DisposalPaper]:
    """Return what the same form, sent a moment earlier, made; refuses another disposal's form."""
    found = list(DisposalPaper.objects.filter(school=batch.school, submission=submission))
    if any(one.batch_id != batch.pk for one in found):
        raise Refusal("This form was used already. Open a new one and send it from there.")
    return found


def _saved(first: DisposalPaper, about: dict[str, Any]) -> DisposalPaper:
    """Save a row for one thing; the rows of one paper share its file."""
    values = {
        field.name: getattr(first, field.name)
        for field in first._meta.concrete_fields
        if not field.primary_key
    }
    return DisposalPaper.objects.create(**values | about)


def _replace(batch: DisposalBatch, old: Sequence[DisposalPaper], new: DisposalPaper) -> None:
    live = batch.papers.filter(pk__in=[one.pk for one in old], replaced_by=None)
    if live.update(replaced_by=new) != len(old):
        raise Refusal("A paper that this one is to replace was replaced already.")
