"""The seal of a disposal: one hash over all that its certificate says (AST-27).

What is sealed is plain data: texts, numbers and lists. It is written as JSON with its keys in
order and without spaces, after a line that names the format, and hashed. A later format is added
beside this one, never in its place.
"""

import json
from datetime import datetime
from typing import Any

from assets.disposal_needs import DeviceFile, DisposalFile, MediumFile
from assets.models import DisposalBatch, DisposalPaper, Sanitisation
from common.seals import sealed_text
from people.models import Person

FORMAT = "safeguard-disposal/1"


def seal_of(sealed: dict[str, Any]) -> str:
    """Return the seal of what a certificate says, in hexadecimal."""
    text = json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sealed_text(FORMAT, text)


def seal_holds(batch: DisposalBatch) -> bool:
    """Return whether what a disposal sealed is still what its seal covers."""
    return bool(batch.seal) and seal_of(batch.sealed) == batch.seal


def sealed_fields(file: DisposalFile, *, finished_by: Person, finished_at: datetime) -> dict:
    """Return what the certificate of a disposal says and its seal covers."""
    batch = file.batch
    return {
        "school": batch.school.slug,
        "reference": batch.reference,
        "route": batch.get_route_display(),
        "taken_by": str(batch.company or batch.recipient),
        "carrier_licence": batch.company.carrier_licence if batch.company else "",
        "reason": batch.reason,
        "rules": batch.school.setting("waste_rules"),
        "tracking_reference": batch.tracking_reference,
        "prepared_by": str(batch.prepared_by),
        "approved_by": str(batch.decided_by),
        "approved_at": _moment(batch.decided_at),
        "handed_over_by": str(batch.handed_over_by),
        "witnessed_by": str(batch.witnessed_by),
        "witnessed_at": _moment(batch.witnessed_at),
        "collected_by": batch.collected_by,
        "collected_at": _moment(batch.collected_at),
        "count_out": batch.count_out,
        "finished_by": str(finished_by),
        "finished_at": _moment(finished_at),
        "devices": [_device(one) for one in file.devices],
        "media_count": len(file.media),
        "papers": [_paper(one) for one in file.papers],
    }


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _device(one: DeviceFile) -> dict[str, Any]:
    asset = one.asset
    return {
        "tag": asset.tag,
        "kind": asset.get_kind_display(),
        "make": asset.make,
        "model": asset.model,
        "serial": asset.serial,
        "condition": one.item.get_condition_display(),
        "media": [_medium(medium) for medium in one.media],
    }


def _medium(one: MediumFile) -> dict[str, Any]:
    return {
        "kind": one.medium.get_kind_display(),
        "serial": one.medium.serial,
        "done": [_wipe(wipe) for wipe in one.wipes],
    }


def _wipe(wipe: Sanitisation) -> dict[str, str]:
    return {
        "method": wipe.get_method_display(),
        "technique": wipe.technique,
        "tool": f"{wipe.tool} {wipe.tool_version}".strip(),
        "result": wipe.get_result_display(),
        "failure": wipe.failure,
        "place": wipe.place,
        "done_by": str(wipe.done_by or wipe.done_by_name),
        "done_at": _moment(wipe.done_at),
        "verified_by": str(wipe.verified_by or ""),
        "verification": wipe.verification,
        "certificate_number": wipe.certificate_number,
    }


def _paper(paper: DisposalPaper) -> dict[str, Any]:
    return {
        "kind": paper.get_kind_display(),
        "number": paper.number,
        "issuer": paper.issuer,
        "dated": paper.dated.isoformat(),
        "devices": paper.devices,
        "file_name": paper.file_name,
        "sha256": paper.sha256,
    }
