"""Papers of a disposal: put on file, replaced, handed on, and the certificate (AST-04, AST-07)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from assets.conditions.common import check_power
from assets.conditions.disposal import check_paper
from assets.disposal_files import check_file, file_kept, upload_digest
from assets.disposal_needs import DisposalFile
from assets.models import Asset, DisposalBatch, DisposalPaper, Medium
from assets.steps.disposal import begin, finish
from assets.vocabulary import AssetKind, PaperKind
from audit.actions import record
from common.errors import Refusal
from people.models import Person, School

SAME = ("kind", "number", "dated", "devices", "accepts_duty")


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
    details: PaperDetails,
    upload: UploadedFile,
    by: Person,
    at: datetime,
) -> list[DisposalPaper]:
    """Put a paper on file: one row, or one for each medium or server a certificate is about.

    The same one sent twice stays one. One put in by mistake is replaced, never removed. Refuses a
    certificate about nothing of this disposal or without its number, a receipt before the hand-over
    or without its count, and any file that ``check_upload`` refuses (AST-04, AST-07, AST-08).
    """
    batch = begin("add_disposal_paper", batch=batch, by=by, at=at)
    today = localdate(at)
    check_paper(batch, kind=details.kind, dated=details.dated, devices=details.devices, on=today)
    about = _about(DisposalFile(batch, on=today), details)
    earlier = _sent_before(batch, details, upload)
    if earlier:
        return earlier
    first = DisposalPaper(
        school=batch.school,
        batch=batch,
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
def print_disposal(*, batch: DisposalBatch, by: Person, at: datetime) -> None:
    """Note on the trail that the certificate of a disposal was made (REP-15)."""
    record("print_disposal", batch, by=by, at=at, facts={"seal": batch.seal})


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


def _sent_before(
    batch: DisposalBatch, details: PaperDetails, upload: UploadedFile
) -> list[DisposalPaper]:
    """Return what the same form, sent a moment earlier, made.

    One that replaces a paper that still counts has not been sent before.
    """
    if batch.papers.filter(pk__in=[one.pk for one in details.replaces], replaced_by=None).exists():
        return []
    same = {name: getattr(details, name) for name in SAME}
    rows = batch.papers.filter(replaced_by=None, sha256=upload_digest(upload), **same)
    found = list(rows)
    media = {one.pk for one in details.media} == {one.medium_id for one in found if one.medium_id}
    servers = {one.pk for one in details.servers} == {one.asset_id for one in found if one.asset_id}
    return found if media and servers else []


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
