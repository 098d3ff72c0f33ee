"""Documents on paper: a PDF from a template, and what does not fit on paper beside it (REP-15)."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

# A row costs about 8 ms to lay out; what is longer is better read as a sheet.
ROWS_ON_PAPER = 100


@dataclass(frozen=True)
class Imprint:
    """What stands on every page: whose it is, what it is, and who took it when.

    ``trail`` names the entry of the school's trail that records this print, with its hash; only
    for documents that may serve as evidence.
    """

    title: str
    school: str
    printed_by: str
    printed_at: datetime
    reference: str = ""
    trail: str = ""


@dataclass(frozen=True)
class OnPaper:
    """The rows of a table that are printed, and how many stand in the annex alone."""

    rows: list[Any]
    left_out: int = 0
    annex: str = ""


@dataclass
class Annexes:
    """The sheets that go with a document because its tables are too long for paper."""

    files: dict[str, bytes] = field(default_factory=dict)

    def cut(self, rows: Sequence[Any], name: str, sheet: Any) -> OnPaper:
        """Return what fits on paper; a longer table goes whole into the annex ``name``.

        ``sheet`` turns all rows into the annex's bytes and is called only when there is one.
        """
        if len(rows) <= ROWS_ON_PAPER:
            return OnPaper(list(rows))
        self.files[name] = sheet(rows)
        return OnPaper(list(rows[:ROWS_ON_PAPER]), len(rows) - ROWS_ON_PAPER, name)


def render_pdf(template: str, context: Mapping[str, Any], *, imprint: Imprint) -> bytes:
    """Return a template as a tagged PDF with the imprint on every page.

    The template extends ``documents/base.html``. Whatever people typed is escaped, and no address
    in it is ever opened (see ``common.pdf_writer``). Slow: for background work only.
    """
    from common.pdf_writer import write_pdf

    return write_pdf(render_to_string(template, {**context, "imprint": imprint}))


def pack(name: str, pdf: bytes, annexes: Annexes) -> tuple[str, bytes]:
    """Return the name and content of what a person gets: the PDF, or a zip of it and its annexes.

    ``name`` comes without an ending.
    """
    if not annexes.files:
        return f"{name}.pdf", pdf
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.pdf", pdf)
        for annex, content in annexes.files.items():
            archive.writestr(annex, content)
    return f"{name}.zip", packed.getvalue()
