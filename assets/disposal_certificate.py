"""The certificate of a disposal: a PDF of what was sealed, with a way to verify it (AST-27)."""

import hashlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localdate

from assets.actions.disposal_papers import print_disposal
from assets.disposal_seal import seal_holds
from assets.models import DisposalBatch
from assets.queries.disposal import disposal_by_number
from common.codes import qr_code
from common.documents import Imprint, render_pdf
from common.errors import Refusal
from common.pages import page_url
from people.jobs import keep_result, progress
from people.models import Job
from roles.queries import powers_of

PARTS = 2


def make_certificate(*, job: Job, at: datetime) -> None:
    """Make the certificate a job names, with the rights of who asked as they are now.

    Refuses whoever may no longer see disposals, one that is not closed, and a record that is not
    what its seal covers.
    """
    by = job.requested_by
    if by is None or "view_disposals" not in powers_of(by, on=localdate(at)):
        raise Refusal("You may no longer see this, so nothing was made.")
    batch = disposal_by_number(job.input["disposal"])
    if not seal_holds(batch):
        raise Refusal("This disposal is not closed, or is not what its seal covers.")
    progress(job.pk, 1, PARTS)
    content = _certificate_pdf(batch, by.full_name, at)
    keep_result(job, name=f"disposal-{batch.reference}.pdf", content=content)
    progress(job.pk, PARTS, PARTS)
    job.message = "The certificate is ready."
    digest = hashlib.sha256(content).hexdigest()
    print_disposal(batch=batch, sha256=digest, by=by, at=at)


def certificate_of(batch: DisposalBatch) -> dict[str, Any]:
    """Return what the certificate shows: what was sealed and nothing else, and how to verify it."""
    address = f"{settings.SITE_URL}{page_url(batch.school, 'disposal_verify', batch.seal)}"
    return {
        "school": batch.school,
        "seal": batch.seal,
        "address": address,
        "qr": qr_code(address),
        "sealed": _with_moments(batch.sealed),
    }


def _certificate_pdf(batch: DisposalBatch, printed_by: str, at: datetime) -> bytes:
    return render_pdf(
        "documents/disposal_certificate.html",
        certificate_of(batch),
        imprint=Imprint(
            title="Certificate of disposal",
            school=batch.school.name,
            printed_by=printed_by,
            printed_at=at,
            reference=batch.reference,
            trail=f"Seal: {batch.seal}",
        ),
    )


def _with_moments(value: Any) -> Any:
    """Return sealed data with moments and dates read back, to be written as people do."""
    if isinstance(value, list):
        return [_with_moments(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {name: _read_back(name, one) for name, one in value.items()}


def _read_back(name: str, value: Any) -> Any:
    if value and name.endswith("_at"):
        return parse_datetime(value)
    return parse_date(value) if value and name == "dated" else _with_moments(value)
