"""The key of a webhook, and whether a delivery is signed with it (docs/webhook.md)."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings

from filtering.models import AlertSource

# How far a delivery's time may be from ours.
TOLERANCE = timedelta(minutes=5)
LONGEST_TIMESTAMP = 12


def key_of(source: AlertSource) -> str:
    """Return the key of a source's webhook; it is made from the secret of this installation.

    It changes with ``source.hook`` and is never stored.
    """
    told = f"hook:{source.school_id}:{source.pk}:{source.hook}"
    return hmac.new(settings.SECRET_KEY.encode(), told.encode(), hashlib.sha256).hexdigest()


def signature_of(key: str, timestamp: str, body: bytes) -> str:
    """Return the header that signs a delivery."""
    signed = hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={signed.hexdigest()}"


def is_signed(
    source: AlertSource | None, *, timestamp: str, signature: str, body: bytes, at: datetime
) -> bool:
    """Return whether a delivery bears the signature of an open webhook and a time near now.

    An unknown or shut webhook takes as long to answer as a wrong signature.
    """
    opened = source is not None and source.hook is not None
    key = key_of(source) if source is not None and opened else key_of(AlertSource(pk=0))
    given = signature.encode("utf-8", "replace")
    same = hmac.compare_digest(signature_of(key, timestamp, body).encode(), given)
    if not (opened and same and timestamp.isascii() and timestamp.isdecimal()):
        return False
    if len(timestamp) > LONGEST_TIMESTAMP:
        return False
    return abs(at.timestamp() - int(timestamp)) <= TOLERANCE.total_seconds()
