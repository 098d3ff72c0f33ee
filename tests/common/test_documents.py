"""Documents on paper: nothing typed by a user is fetched or read as HTML; every page says whose."""

import io
import urllib.request
import zipfile
from datetime import datetime
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from common.documents import ROWS_ON_PAPER, Annexes, Imprint, pack, render_pdf
from people.calendar import LONDON

AT = datetime(2026, 9, 15, 10, 30, tzinfo=LONDON)
SECRET = "root:x:0:0"


@pytest.fixture
def documents(settings, tmp_path):
    """Give a way to print a piece of template as a document."""
    (tmp_path / "test_document.html").write_text(
        '{% extends "documents/base.html" %}{% block content %}{{ words }}{{ raw|safe }}'
        "{% endblock content %}"
    )
    settings.TEMPLATES = [
        {**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], tmp_path]}
    ]

    def make(*, title="A title", trail="", **context) -> bytes:
        imprint = Imprint(
            title=title,
            school="Oak Hill <Primary> School",
            printed_by="Dora Dale",
            printed_at=AT,
            reference="2026-0042",
            trail=trail,
        )
        return render_pdf("test_document.html", context, imprint=imprint)

    return make


@pytest.fixture
def fetched(monkeypatch):
    """Give the list of what was opened outside, by any of Python's ways to do it."""
    opened = []

    def refuse(self, request, *args, **kwargs):
        opened.append(getattr(request, "full_url", request))
        raise OSError("nothing leaves here")

    for handler in ("FileHandler.file_open", "HTTPHandler.http_open", "HTTPSHandler.https_open"):
        monkeypatch.setattr(f"urllib.request.{handler}", refuse)
    monkeypatch.setattr("urllib.request.FTPHandler.ftp_open", refuse)
    return opened


def words_of(pdf: bytes) -> str:
    """Return the words of a PDF, page after page."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_every_page_says_whose_it_is_who_printed_it_and_which_page_of_how_many(documents):
    pdf = documents(raw="<p>Line.</p>" * 120, trail="Trail at entry 7: abc")
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    pages = [" ".join(text.split()) for text in texts]
    assert len(pages) == 4
    for number, text in enumerate(pages, start=1):
        assert "Oak Hill <Primary> School · 2026-0042" in text
        assert "Printed by Dora Dale on Tue 15 Sep 2026 at 10:30. Confidential." in text
        assert "Trail at entry 7: abc" in text
        assert f"Page {number} of 4" in text


def test_document_is_tagged_and_says_its_title_and_language(documents):
    with pikepdf.open(io.BytesIO(documents(title="Incident 2026-0042"))) as document:
        assert str(document.docinfo["/Title"]) == "Incident 2026-0042"
        assert str(document.docinfo["/Author"]) == "Oak Hill <Primary> School"
        assert (str(document.Root.Lang), bool(document.Root.MarkInfo.Marked)) == ("en-GB", True)


def scopes(node: Any) -> list[str]:
    """Return the table headings of a structure tree with their scope, in order."""
    if isinstance(node, pikepdf.Array):
        return [found for child in node for found in scopes(child)]
    if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
        return []
    own = [str(node.A.Scope)] if node.S == "/TH" else []
    return own + scopes(node.get("/K"))


def test_headings_of_a_table_say_what_they_head(documents):
    table = (
        "<table><thead><tr><th>When</th><th>What</th></tr></thead>"
        "<tbody><tr><th>Monday</th><td>Rude words</td></tr></tbody></table>"
    )
    with pikepdf.open(io.BytesIO(documents(raw=table))) as document:
        assert scopes(document.Root.StructTreeRoot.K) == ["/Column", "/Column", "/Row"]


TYPED = (
    "<img src='file:///etc/passwd'>",
    "<script>alert(1)</script>",
    '"><iframe src="http://localhost:1/">',
    "{{ request }} {% load static %} &lt;b&gt;",
    "<style>@import url(file:///etc/passwd)</style>",
)


def test_what_people_type_is_text(documents, fetched):
    text = words_of(documents(words=" | ".join(TYPED)))
    assert (
        " | ".join(TYPED).split() == text[text.index("<img") : text.rindex("</style>") + 8].split()
    )
    assert fetched == []


MARKUP = (
    '<img src="file:///etc/passwd" alt="x">',
    '<img src="http://localhost:1/x.png" alt="x">',
    '<img src="https://localhost:1/x.png" alt="x">',
    '<img src="ftp://localhost:1/x.png" alt="x">',
    '<img src="//localhost:1/x.png" alt="x">',
    '<img src="/etc/passwd" alt="x">',
    '<img src="../../../../etc/passwd" alt="x">',
    '<img src="static:../../../../etc/passwd" alt="x">',
    '<img src="static:/etc/passwd" alt="x">',
    '<img src="FILE:///etc/passwd" alt="x">',
    '<object data="file:///etc/passwd"></object>',
    '<embed src="file:///etc/passwd">',
    '<link rel="stylesheet" href="file:///etc/passwd">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<a rel="attachment" href="file:///etc/passwd">x</a>',
    "<style>@import url(file:///etc/passwd);</style>",
    '<p style="background: url(http://localhost:1/)">x</p>',
    '<link rel="stylesheet" href="data:text/css,@import url(file:///etc/passwd)">',
    '<svg><image href="file:///etc/passwd" width="9" height="9"/></svg>',
    '<svg><use href="file:///etc/passwd#a"/></svg>',
)


@pytest.mark.parametrize(
    "markup",
    ["".join(MARKUP), '<base href="file:///etc/"><img src="passwd" alt="x">'],
    ids=["every way", "another base"],
)
def test_no_address_is_followed_even_where_markup_slips_through(documents, fetched, markup):
    pdf = documents(raw=markup)
    assert fetched == []
    assert SECRET not in words_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert list(document.attachments) == []
        streams = [one.read_bytes() for one in document.objects if isinstance(one, pikepdf.Stream)]
    assert not any(SECRET.encode() in stream for stream in streams)


def test_guard_of_these_tests_sees_what_python_opens(fetched):
    for address in ("file:///etc/passwd", "http://localhost:1/", "ftp://localhost:1/"):
        with pytest.raises(OSError, match="nothing leaves here"):
            urllib.request.urlopen(address)  # noqa: S310  the guard is what is tried here
    assert fetched == ["file:///etc/passwd", "http://localhost:1/", "ftp://localhost:1/"]


def test_our_own_style_and_inline_data_are_read(documents, fetched):
    dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    with pikepdf.open(io.BytesIO(documents(raw=f'<img src="{dot}" alt="A dot">'))) as document:
        images = [name for page in document.pages for name in page.get_images()]
        size = [float(number) for number in document.pages[0].mediabox]
    assert (len(images), fetched) == (1, [])
    assert [round(number) for number in size] == [0, 0, 595, 842]  # A4, as our style says


@pytest.mark.parametrize(("rows", "left_out"), [(0, 0), (1, 0), (100, 0), (101, 1), (250, 150)])
def test_long_table_is_cut_and_goes_whole_into_the_annex(rows, left_out):
    annexes = Annexes()
    table = annexes.cut(range(rows), "all.csv", lambda all_rows: b"%d rows" % len(all_rows))
    assert (table.rows, table.left_out) == (list(range(min(rows, ROWS_ON_PAPER))), left_out)
    assert annexes.files == ({"all.csv": b"%d rows" % rows} if left_out else {})


def test_document_without_annexes_is_the_pdf_alone():
    assert pack("2026-0042", b"%PDF", Annexes()) == ("2026-0042.pdf", b"%PDF")


def test_document_with_annexes_is_a_zip_of_them():
    name, content = pack("2026-0042", b"%PDF", Annexes({"all.csv": b"a,b"}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = {one: archive.read(one) for one in archive.namelist()}
    assert (name, found) == ("2026-0042.zip", {"2026-0042.pdf": b"%PDF", "all.csv": b"a,b"})
