"""What may be attached: hostile and clumsy files, each with its sentence."""

import io
import zipfile

import pytest

from common.errors import Refusal
from common.file_checks import LONGEST_NAME, check_upload, clean_name
from tests.incidents.walk import upload

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 64
GIF = b"GIF89a" + b"\x01\x00\x01\x00" + b"\x00" * 64
WEBP = b"RIFF\x40\x00\x00\x00WEBPVP8 " + b"\x00" * 64
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 64
EXE = b"MZ\x90\x00" + b"\x00" * 64
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><script>alert(1)</script>"


def packed(*names: str) -> bytes:
    """Return a zip that holds some members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def office(kind: str) -> bytes:
    """Return the least that is an Office file: content types first, as Office writes them."""
    return packed("[Content_Types].xml", "_rels/.rels", f"{kind}/document.xml")


def check(name: str, content: bytes, megabytes: int = 10):
    return check_upload(upload(name, content), megabytes=megabytes)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.jpg", JPEG, "image/jpeg"),
        ("a.JPEG", JPEG, "image/jpeg"),
        ("a.gif", GIF, "image/gif"),
        ("a.webp", WEBP, "image/webp"),
        (
            "a.docx",
            office("word"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            "a.xlsx",
            office("xl"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("a.txt", "Zoë said “no”.\r\n\tTwice.".encode(), "text/plain"),
        ("a.csv", b"name,day\nPia,Tuesday\n", "text/csv"),
        ("a.txt", HTML, "text/plain"),  # text with tags is text; it only ever leaves as a download
        ("two.endings.pdf", PDF, "application/pdf"),
    ],
)
def test_allowed_kinds_are_told_by_their_content(name, content, kind):
    checked = check(name, content)
    assert (checked.name, checked.kind, checked.content) == (name, kind, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.exe", EXE),
        ("report.pdf", EXE),
        ("report.pdf.exe", EXE),
        ("page.html", HTML),
        ("drawing.svg", SVG),
        ("script.js", b"alert(1)"),
        ("all.zip", packed("a.txt")),
        ("notes.docx", packed("a.txt")),
        ("notes.docx", packed(*(f"{number}.txt" for number in range(2000)))),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64),
        ("clip.mp4", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 64),
        ("notes.txt", b"\x00\x01\x02"),
        ("notes.txt", "caf\xe9".encode("latin-1")),
        ("notes.txt", b"red \x1b[31mtext"),
        ("report.pdf", b"This is no PDF."),
        ("picture.png", b"not a picture"),
        ("report.PDF ", b"%PD"),
    ],
)
def test_other_kinds_are_refused_with_what_is_allowed(name, content):
    with pytest.raises(Refusal, match="is not a kind of file that can be attached"):
        check(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("picture.jpg", PNG),
        ("picture.png", GIF),
        ("report.txt", PDF),
        ("report.html", PDF),  # a PDF that a browser would be asked to read as a page
        ("picture.gif.html", GIF),
        ("report.pdf.exe", PDF),
        ("sheet.docx", office("xl")),
        ("macro.docm", office("word")),
    ],
)
def test_ending_that_lies_is_refused(name, content):
    with pytest.raises(Refusal, match="is not what its ending says"):
        check(name, content)


def test_polyglot_is_kept_as_what_it_begins_with():
    both = GIF + b"/*" + HTML + b"*/" + packed("evil.js")
    assert check("picture.gif", both).kind == "image/gif"
    with pytest.raises(Refusal):
        check("picture.html", both)
    with pytest.raises(Refusal):
        check("picture.zip", both)


def test_empty_file_is_refused():
    with pytest.raises(Refusal, match="is empty"):
        check("notes.txt", b"")


def test_file_of_exactly_the_largest_size_is_allowed_and_one_byte_more_is_not():
    most = 1024 * 1024
    assert len(check("notes.txt", b"x" * most, megabytes=1).content) == most
    with pytest.raises(Refusal) as refused:
        check("notes.txt", b"x" * (most + 200_000), megabytes=1)
    assert str(refused.value) == "“notes.txt” is 1.2 MB. The largest file allowed is 1 MB."
    with pytest.raises(Refusal, match="largest file allowed is 1 MB"):
        check("notes.txt", b"x" * (most + 1), megabytes=1)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\system.txt", "system.txt"),
        ("C:\\Users\\Pia\\notes.txt", "notes.txt"),
        ("/etc/notes.txt", "notes.txt"),
        ("no\x00tes\r\n.txt", "notes.txt"),
        ("photo\u202egnp.txt", "photognp.txt"),  # reads as photo-txt.png on the screen
        ('a<b>c:"d|e?f*.txt', "a_b_c__d_e_f_.txt"),
        ("cafe\u0301.txt", "caf\u00e9.txt"),
        (" notes.txt. ", "notes.txt"),
        ("notes.txt\u200b", "notes.txt"),
    ],
)
def test_name_is_cleaned(raw, clean):
    assert clean_name(raw) == clean


def test_long_name_is_shortened_and_keeps_its_ending():
    name = clean_name("x" * 300 + ".pdf")
    assert (len(name), name[-4:]) == (LONGEST_NAME, ".pdf")


@pytest.mark.parametrize("raw", ["", "notes", ".txt", "...", "\x00", "/", "notes.", " . "])
def test_name_without_an_ending_is_refused(raw):
    with pytest.raises(Refusal, match="needs a name with an ending"):
        clean_name(raw)


def test_ending_that_is_longer_than_a_name_may_be_is_refused():
    with pytest.raises(Refusal):
        check("a." + "x" * 300, PDF)
