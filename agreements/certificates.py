"""The certificate of a signature: a PDF with what was signed, its seal and a way to verify it."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile

from agreements.models import Signature, SignatureFile
from agreements.queries.signatures import signature_by_number
from common.codes import qr_code
from common.documents import Imprint, render_pdf
from common.pages import page_url


def make_certificate_file(*, signature_id: int, at: datetime) -> SignatureFile | None:
    """Make and keep the certificate of a signature, once; returns it, or None when it is there.

    The file goes again when its row cannot be written.
    """
    signature = signature_by_number(signature_id)
    if SignatureFile.objects.filter(signature=signature).exists():
        return None
    content = certificate_pdf(signature, at=at)
    row = SignatureFile(
        school_id=signature.school_id,
        signature=signature,
        sha256=hashlib.sha256(content).hexdigest(),
        made_at=at,
    )
    row.file.save("", ContentFile(content), save=False)
    try:
        row.save(force_insert=True)
    except BaseException:
        row.file.delete(save=False)
        raise
    return row


def certificate_pdf(signature: Signature, *, at: datetime) -> bytes:
    """Return the certificate as PDF: the text as shown, who signed it and how, and the seal."""
    address = f"{settings.SITE_URL}{page_url(signature.school, 'signature_verify', signature.seal)}"
    return render_pdf(
        "documents/certificate.html",
        {
            "signature": signature,
            "address": address,
            "qr": qr_code(address),
            "lines": signature.shown.text.splitlines(),
        },
        imprint=Imprint(
            title="Certificate of signature",
            school=signature.school.name,
            printed_by="Safeguard",
            printed_at=at,
            reference=signature.reference,
            trail=f"Seal: {signature.seal}",
        ),
    )
