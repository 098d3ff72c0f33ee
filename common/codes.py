"""Codes that a phone's camera reads, for certificates, labels, sheets and posters."""

from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(address: str, title: str = "") -> SafeString:
    """Return a QR code as a drawing with words for those who cannot see it."""
    return _drawn(address, title, scale=3)


def growing_qr(address: str) -> SafeString:
    """Return a QR code as a drawing without a size of its own, for posters and sheets."""
    return _drawn(address, "", omitsize=True)


def _drawn(address: str, title: str, **size: Any) -> SafeString:
    words = title or f"QR code of the address {address}"
    drawing = segno.make(address, error="m").svg_inline(border=2, title=words, **size)
    return mark_safe(drawing.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308  segno's own
