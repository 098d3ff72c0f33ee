"""Turn HTML of ours into a tagged PDF. Imported only where one is made: WeasyPrint is heavy."""

import io
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

OWN_SCHEME = "static:"


class OwnFilesOnly(URLFetcher):
    """Fetch our own static files (``static:css/document.css``) and ``data:``, and nothing else.

    WeasyPrint's own fetcher reads local files and the network for whoever gets an address into
    the HTML. Here every other scheme is refused before anything is opened. ``?wght=700`` after a
    variable font gives that one weight of it.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return a static file or inline data; refuses any other address."""
        if not url.startswith(OWN_SCHEME):
            return super().fetch(url, headers)
        name, _, weight = url.removeprefix(OWN_SCHEME).partition("?wght=")
        path = finders.find(name)
        if not isinstance(path, str):
            raise ValueError(f"Not a static file of ours: {url}")
        if weight:
            return URLFetcherResponse(url, _one_weight(path, int(weight)))
        return URLFetcherResponse(url, Path(path).read_bytes(), _kind_of(path))


def write_pdf(html: str) -> bytes:
    """Return the document as PDF, tagged for readers (PDF/UA-1 structure, no conformance claimed).

    Addresses in the HTML lead only to our own static files; whatever else it names stays unread.
    """
    written = HTML(string=html, base_url=OWN_SCHEME, url_fetcher=OwnFilesOnly()).write_pdf(
        pdf_variant="pdf/ua-1"
    )
    with pikepdf.open(io.BytesIO(written)) as document:
        _scope_headings(document.Root.StructTreeRoot.get("/K"), "/Column")
        scoped = io.BytesIO()
        document.save(scoped, deterministic_id=True)
    return scoped.getvalue()


@cache
def _one_weight(path: str, weight: int) -> bytes:
    """Return a variable font at one weight, unpacked; kept, for it takes longer than a document."""
    font = instantiateVariableFont(TTFont(path), {"wght": weight}, static=True)
    font.flavor = None
    unpacked = io.BytesIO()
    font.save(unpacked)
    return unpacked.getvalue()


def _kind_of(path: str) -> dict[str, str]:
    return {"Content-Type": "text/css"} if path.endswith(".css") else {}


def _scope_headings(node: Any, scope: str) -> None:
    """Say of each table heading whether it heads its column or its row."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            _scope_headings(child, scope)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        if node.S == "/TH":
            node.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name(scope))
        if node.S in ("/THead", "/TBody"):
            scope = "/Column" if node.S == "/THead" else "/Row"
        _scope_headings(node.get("/K"), scope)
