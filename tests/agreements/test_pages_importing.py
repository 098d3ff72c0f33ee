"""The page that brings in a school's own texts."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.models import Agreement, AgreementText
from tests.agreements.text_pages import words
from tests.cast import NOW

MINE = "# Our phone rules\n\nRead this.\n\n1. I keep my phone away.\n2. I ask first.\n"


@pytest.fixture(autouse=True)
def now(time_machine):
    """Stand at the cast's moment."""
    time_machine.move_to(NOW)


def file(name: str, content: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Volunteers here", 1)
    document.add_paragraph("1. I sign in at reception.")
    document.add_paragraph("2. I keep my phone away.")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bad.docx", b"no document", "not a Word document"),
        ("old.doc", b"\xd0\xcf\x11\xe0", "Choose a Word file (.docx) or Markdown"),
        ("letters.md", b"\xff\xfe1. One", "Its letters cannot be read"),
        ("prose.md", b"# Title\n\nOnly prose.", "No clauses were found"),
        ("hidden.md", "# T\n\n1. a\u202eb", "hidden character"),
        ("noending", b"1. One", "needs a name with an ending"),
        ("large.md", b"1. One\n" * 400_000, "larger than 2 MB"),
    ],
)
def test_bad_file_is_refused_in_words_and_the_good_one_stays(cast, name, content, said):
    page = cast.client("dora").post(
        cast.url("agreements/new/files/"),
        {"files": [file("phones.md", MINE), file(name, content)], "do": "read"},
    )

    assert said in words(page)
    assert [one.read.file for one in page.context["found"]] == ["phones.md"]
    assert not Agreement.objects.exists()


def test_several_files_are_looked_over_and_kept_together(cast):
    client, path = cast.client("dora"), cast.url("agreements/new/files/")
    read = client.post(
        path,
        {
            "files": [file("staff.md", MINE), file("volunteers.docx", word_file())],
            "do": "read",
        },
    )
    assert [one.initial["audience"] for one in read.context["found"]] == ["staff", "volunteer"]
    assert not Agreement.objects.exists()
    sent = {"carried": read.context["carried"], "do": "keep"}
    for index, audience in enumerate(("staff", "staff")):
        sent |= {f"f{index}-keep": "on", f"f{index}-kind": "agreement"}
        sent |= {f"f{index}-audience": audience}
    twice = client.post(path, sent)
    assert "Another file here is for this audience" in words(twice)
    assert not Agreement.objects.exists()
    done = client.post(path, sent | {"f1-audience": "volunteer"}, follow=True)

    assert "2 drafts were started" in words(done)
    assert {(one.audience, one.title) for one in Agreement.objects.all()} == {
        ("staff", "Our phone rules"),
        ("volunteer", "Volunteers here"),
    }
    assert [len(text.clauses) for text in AgreementText.objects.all()] == [2, 2]


def test_choices_stay_while_more_files_are_read_and_one_is_left_out(cast):
    client, path = cast.client("dora"), cast.url("agreements/new/files/")
    first = client.post(path, {"files": [file("a.md", MINE)], "do": "read"})
    chosen = {"f0-keep": "on", "f0-kind": "document", "f0-audience": "governor"}
    more = client.post(
        path,
        {
            "files": [file("b.md", MINE)],
            "carried": first.context["carried"],
            "do": "read",
            **chosen,
        },
    )
    assert more.context["found"][0]["audience"].value() == "governor"
    client.post(
        path,
        {"carried": more.context["carried"], "do": "keep", **chosen, "f1-kind": "document"},
    )

    assert [(one.kind, one.audience) for one in Agreement.objects.all()] == [
        ("document", "governor")
    ]


def test_what_a_page_carried_cannot_be_altered(cast):
    client, path = cast.client("dora"), cast.url("agreements/new/files/")
    page = client.post(path, {"files": [file("a.md", MINE)], "do": "read"})
    word = page.context["carried"]
    bent = client.post(path, {"carried": f"x{word}", "do": "keep"})

    assert "Choose the files again" in words(bent)
    assert not Agreement.objects.exists()
