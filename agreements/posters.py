"""QR codes that grow with the paper they stand on."""

import segno
from django.utils.safestring import SafeString, mark_safe


def growing_qr(address: str) -> SafeString:
    """Return a QR code as a drawing without a size of its own, for posters and sheets."""
    title = f"QR code of the address {address}"
    drawing = segno.make(address, error="m").svg_inline(border=2, title=title, omitsize=True)
    return mark_safe(drawing.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308  segno's own
