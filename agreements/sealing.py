"""Which fields of a signature its seal covers."""

from agreements.document import text_hash
from agreements.models import Signature
from agreements.seal import NONE
from common.seals import sealed_moment


def sealed_fields(signature: Signature) -> dict[str, str]:
    """Return what the seal of a signature covers, so that anybody can compute it again."""
    return {
        "reference": signature.reference,
        "school": signature.school.slug,
        "agreement": signature.version.agreement.code,
        "version": str(signature.version.number),
        "language": signature.language,
        "shown_sha256": signature.shown.sha256,
        "statement_sha256": text_hash(signature.statement),
        "signer": str(signature.signer_id or NONE),
        "typed_name": signature.typed_name,
        "capacity": str(signature.capacity),
        "about": str(signature.about_id or NONE),
        "method": str(signature.method),
        "assurance": signature.assurance,
        "witness": str(signature.witness_id or NONE),
        "issued_at": sealed_moment(signature.issued_at),
        "opened_at": sealed_moment(signature.opened_at),
        "signed_at": sealed_moment(signature.signed_at),
        "valid_until": signature.valid_until.isoformat() if signature.valid_until else NONE,
    }
