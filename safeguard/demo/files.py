"""Small real files to attach: a picture of a screen and a page of notes."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

LINE = 62


def small_file(name: str, text: str) -> SimpleUploadedFile:
    """Return a file of the kind its name says, PNG or PDF, showing the beginning of a text."""
    image = _page(text[:420])
    content = BytesIO()
    image.save(content, "PDF" if name.endswith(".pdf") else "PNG", resolution=72.0)
    kind = "application/pdf" if name.endswith(".pdf") else "image/png"
    return SimpleUploadedFile(name, content.getvalue(), kind)


def _page(text: str) -> Image.Image:
    image = Image.new("L", (460, 240), 248)
    draw = ImageDraw.Draw(image)
    draw.rectangle((12, 12, 447, 36), fill=205)
    draw.text((20, 18), "Copy kept with the incident", fill=40)
    words, lines = text.split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    draw.multiline_text((20, 48), "\n".join(lines), fill=20, spacing=5)
    return image
