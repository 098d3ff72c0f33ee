"""A school's own agreement is read from Markdown and Word, and refused in words if it cannot be."""

import io
import random
import re
import time
from itertools import pairwise
from unicodedata import normalize
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.oxml import OxmlElement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.document import ClauseText
from agreements.reading import read_docx, read_markdown
from agreements.reading_word import MACROS, NOT_WORD, TOO_MUCH, TRACKED
from common.errors import Refusal

MARKDOWN = """\
# Staff agreement

Please read this.

It is short.

## Passwords

I keep mine *secret*.

## Phones

1. I keep mine silent.
   - in class
   - in the yard
2. I take no pictures.

## Rules and sanctions

A: minor. B: serious.

1. A talk.

## By signing

I agree to all of this.

Signed: __________ Date: ........
"""


def clauses(text: str) -> list[tuple[str, str, str]]:
    return [(one.number, one.heading, one.text) for one in read_markdown(text).clauses]


def word(build) -> bytes:
    """Return a .docx file that ``build`` has filled."""
    document = docx.Document()
    build(document)
    return saved(document)


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def repacked(content: bytes, added: dict[str, bytes], *, without: tuple[str, ...] = ()) -> bytes:
    """Return a zip file with parts put in, replaced or left out."""
    file = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in added and name not in without:
                new.writestr(name, old.read(name))
        for name, part in added.items():
            new.writestr(name, part)
    return file.getvalue()


def refused(read, content) -> str:
    """Return the words of a refusal, or nothing where clauses were read."""
    try:
        assert read(content).clauses
    except Refusal as refusal:
        return str(refusal)
    return ""


def fill(document) -> None:
    document.add_heading("Staff agreement", 1)
    document.add_paragraph("Please read this.")
    document.add_heading("1. Passwords", 2)
    document.add_paragraph("I keep mine secret.")
    document.add_heading("2. Phones", 2)
    document.add_paragraph("I keep mine silent.")
    document.add_paragraph("in class", style="List Bullet")
    document.add_heading("What happens if I break this?", 2)
    document.add_paragraph("A talk.")
    document.add_paragraph("By signing I agree to all of this.")
    document.add_paragraph("Name ______________")


def test_markdown_is_read_part_by_part():
    document = read_markdown(MARKDOWN)

    assert document.title == "Staff agreement"
    assert document.intro == "Please read this.\nIt is short."
    assert document.clauses == (
        ClauseText("1", "Passwords", "I keep mine secret."),
        ClauseText("2", "Phones", "I keep mine silent.\n– in class\n– in the yard"),
        ClauseText("3", "", "I take no pictures."),
    )
    assert document.rules == "A: minor. B: serious.\n1. A talk."
    assert document.statement == "I agree to all of this."
    assert document.language == "en"


def test_word_is_read_part_by_part():
    document = read_docx(word(fill))

    assert document.title == "Staff agreement"
    assert document.intro == "Please read this."
    assert document.clauses == (
        ClauseText("1", "Passwords", "I keep mine secret."),
        ClauseText("2", "Phones", "I keep mine silent.\n– in class"),
    )
    assert document.rules == "A talk."
    assert document.statement == "By signing I agree to all of this."


def test_numbered_lists_and_tables_of_word_are_read():
    def build(document) -> None:
        document.add_heading("Staff agreement", 0)
        document.add_paragraph("I keep my password secret.", style="List Number")
        document.add_paragraph("I lock my screen.", style="List Number")
        document.add_paragraph("always", style="List Bullet")
        cells = document.add_table(1, 2).rows[0].cells
        cells[0].text, cells[1].text = "3. In a table.", "Beside it."

    assert [(one.number, one.text) for one in read_docx(word(build)).clauses] == [
        ("1", "I keep my password secret."),
        ("2", "I lock my screen.\n– always"),
        ("3", "In a table.\nBeside it."),
    ]


def test_clauses_keep_the_numbers_their_author_gave_each():
    assert clauses("# T\n\n## 2.1 Passwords\n\nSecret.\n\n## 2.2 Phones\n\nSilent.") == [
        ("2.1", "Passwords", "Secret."),
        ("2.2", "Phones", "Silent."),
    ]
    assert clauses("# T\n\n4) Secret.\n5) Silent.") == [("4", "", "Secret."), ("5", "", "Silent.")]


def test_clauses_are_counted_where_numbers_repeat_or_lack():
    assert clauses("# T\n\n## A\n\n1. One.\n2. Two.\n\n## B\n\n1. Three.") == [
        ("1", "A", "One."),
        ("2", "", "Two."),
        ("3", "B", "Three."),
    ]
    assert clauses("# T\n\n## 5 things to know\n\nThese.") == [("1", "5 things to know", "These.")]


def test_heading_alone_is_the_clause():
    assert clauses("# T\n\n## I keep my password secret.\n\n## Phones\n\nOff.") == [
        ("1", "", "I keep my password secret."),
        ("2", "Phones", "Off."),
    ]


def test_nested_lists_belong_to_their_point():
    text = "# T\n\n1. One.\n\t- a\n\t  1. deep\n\t  2. deeper\n2. Two.\n\n   More of two."

    assert clauses(text) == [
        ("1", "", "One.\n– a\n1. deep\n2. deeper"),
        ("2", "", "Two.\nMore of two."),
    ]


def test_bullets_after_a_heading_are_lines_of_its_clause():
    assert clauses("# T\n\n## Phones\n\n- off\n- away") == [("1", "Phones", "– off\n– away")]


def test_html_in_markdown_stays_text():
    text = "# T <b>x</b>\n\n1. <script>alert(1)</script> & <img src=x>\n\n<div>\n\nend\n\n</div>"
    document = read_markdown(text)

    assert document.title == "T <b>x</b>"
    assert document.clauses[0].text == (
        "<script>alert(1)</script> & <img src=x>\n<div>\nend\n</div>"
    )


def test_marks_go_and_the_address_of_a_link_stays():
    text = "# T\n\n1. **See** our [policy](https://school.example/p) and `x`\n   ![a plan](p.png)."

    assert clauses(text) == [("1", "", "See our policy (https://school.example/p) and x a plan.")]


def test_last_paragraph_that_agrees_is_the_statement():
    document = read_markdown("# T\n\n1. I agree to be kind.\n\nI have read this and will do it.")

    assert [one.text for one in document.clauses] == ["I agree to be kind."]
    assert document.statement == "I have read this and will do it."


def test_clause_that_agrees_is_no_statement():
    document = read_markdown("# T\n\n1. Be kind.\n2. I agree to be safe.")

    assert [one.text for one in document.clauses] == ["Be kind.", "I agree to be safe."]
    assert document.statement == ""


def test_heading_over_clauses_that_begins_with_agreeing_is_no_statement():
    assert clauses("# T\n\n## I agree to\n\n1. be kind\n2. be safe") == [
        ("1", "I agree to", "be kind"),
        ("2", "", "be safe"),
    ]


def test_statement_may_begin_in_its_heading():
    document = read_markdown("# T\n\n1. One.\n\n## By signing this I promise\n\nto keep it.")

    assert document.statement == "By signing this I promise\nto keep it."


def test_first_paragraph_is_the_title_where_no_heading_is():
    document = read_markdown("Our rules\n\nRead them.\n\n1. Be kind.")

    assert (document.title, document.intro) == ("Our rules", "Read them.")


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\ufeff", "\u00a0"])
def test_empty_text_is_refused(text):
    with pytest.raises(Refusal, match="The file is empty"):
        read_markdown(text)


@pytest.mark.parametrize(
    "text", ["# Only a title", "Words\n\nand words", "# T\n\n## I agree\n\nYes"]
)
def test_text_without_clauses_is_refused(text):
    with pytest.raises(Refusal, match="No clauses were found"):
        read_markdown(text)


def test_text_without_title_is_refused():
    with pytest.raises(Refusal, match="The text has no title"):
        read_markdown("1. Be kind.")


def points(count: int) -> str:
    return "# T\n\n" + "".join(f"{n}. Point\n" for n in range(1, count + 1))


def test_sixty_clauses_are_read_and_more_refused():
    assert len(read_markdown(points(60)).clauses) == 60
    with pytest.raises(Refusal, match=r"The text has 61 clauses. An agreement may have 60 or"):
        read_markdown(points(61))


def test_sixty_thousand_characters_are_read_and_more_refused():
    start = "# T\n\n1. "

    assert len(read_markdown(start + "a" * (60_000 - len(start))).clauses) == 1
    with pytest.raises(Refusal, match=r"60,001 characters long. An agreement may have 60,000 or"):
        read_markdown(start + "a" * (60_001 - len(start)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"# {'a' * 161}\n\n1. One.", "The title is 161 characters long"),
        (f"# T\n\n1. One.\n\n## Statement\n\n{'a' * 601}", "What signing says is 601 characters"),
    ],
)
def test_parts_that_do_not_fit_are_refused(text, words):
    with pytest.raises(Refusal, match=words):
        read_markdown(text)


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x0b", "\x85", "\u202e", "\u2066"])
def test_hidden_characters_are_refused(character):
    with pytest.raises(Refusal, match=r"hidden character in it, after “1. Be ki”"):
        read_markdown(f"# T\n\n1. Be ki{character}nd.")


def test_hidden_characters_in_word_are_refused():
    def build(document) -> None:
        document.add_heading("T", 1)
        document.add_paragraph("1. Be \u202ekind.")

    with pytest.raises(Refusal, match="hidden character"):
        read_docx(word(build))


@pytest.mark.parametrize("piece", ["[", "*", "> ", "1. ", "(", "`", "<", "![](", "- ", "# ", "&"])
def test_hostile_markdown_ends(piece):
    """Sixty thousand characters made to keep a parser busy are read or refused all the same."""
    text = "# T\n\n1. a\n\n" + piece * (59_000 // len(piece))

    assert re.search("^$|clauses", refused(read_markdown, text))


@given(st.text(st.sampled_from("#1. -a\n*_[]()<>`~\\&\t"), max_size=80))
def test_any_text_is_read_or_refused(text):
    try:
        document = read_markdown(text)
    except Refusal:
        return
    assert document.clauses
    assert all(one.text.strip() and one.number for one in document.clauses)
    assert len({one.number for one in document.clauses}) == len(document.clauses)


# The first table of characters takes a busy machine a second to make.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1, max_size=9))
def test_no_point_of_a_list_is_lost(words):
    text = "# T\n\n" + "\n".join(f"{n}. {word}" for n, word in enumerate(words, 1))

    assert [one.text for one in read_markdown(text).clauses] == [
        normalize("NFC", word) for word in words
    ]


def test_empty_file_is_refused():
    with pytest.raises(Refusal, match="The file is empty"):
        read_docx(b"")
    with pytest.raises(Refusal, match="The file is empty"):
        read_docx(word(lambda _: None))


@pytest.mark.parametrize(
    "content",
    [b"words", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"%PDF-1.7"],
)
def test_other_file_is_refused(content):
    with pytest.raises(Refusal) as refusal:
        read_docx(content)

    assert str(refusal.value) == NOT_WORD


def test_other_zip_file_is_refused():
    with pytest.raises(Refusal) as refusal:
        read_docx(repacked(word(fill), {}, without=("[Content_Types].xml",)))

    assert str(refusal.value) == NOT_WORD


def test_document_without_its_text_is_refused():
    with pytest.raises(Refusal) as refusal:
        read_docx(repacked(word(fill), {}, without=("word/document.xml",)))

    assert str(refusal.value) == NOT_WORD


def test_macros_are_refused():
    content = word(fill)
    with ZipFile(io.BytesIO(content)) as archive:
        kinds = archive.read("[Content_Types].xml")
    as_docm = kinds.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    assert as_docm != kinds

    for parts in ({"[Content_Types].xml": as_docm}, {"word/vbaProject.bin": b"macro"}):
        with pytest.raises(Refusal) as refusal:
            read_docx(repacked(content, parts))
        assert str(refusal.value) == MACROS


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("word/media/image1.png", b"\x89PNG" + b"\0" * (41 * 1024 * 1024)),
        ("word/extra.xml", b"<a>" + b" " * (7 * 1024 * 1024) + b"</a>"),
        ("word/media/image1.png", b"\n" * 70 + b"<a>" + b" " * (7 * 1024 * 1024) + b"</a>"),
    ],
)
def test_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(name, part):
    content = repacked(word(fill), {name: part})
    assert len(content) < 200_000

    with pytest.raises(Refusal) as refusal:
        read_docx(content)
    assert str(refusal.value) == TOO_MUCH


def test_file_of_countless_parts_is_refused():
    with pytest.raises(Refusal) as refusal:
        read_docx(repacked(word(fill), {f"word/{n}.txt": b"x" for n in range(1001)}))

    assert str(refusal.value) == TOO_MUCH


def test_document_of_countless_paragraphs_is_refused():
    content = word(fill)
    with ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("word/document.xml")
    many = text.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 5_001)

    with pytest.raises(Refusal) as refusal:
        read_docx(repacked(content, {"word/document.xml": many}))
    assert str(refusal.value) == TOO_MUCH


def test_document_with_entities_of_its_own_is_refused():
    content = word(fill)
    with ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("word/document.xml")
    head, _, rest = text.partition(b"?>")
    entity = b'?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    evil = (head + entity + rest).replace(b"I keep mine secret.", b"I &secret; keep.")
    assert b"&secret;" in evil

    with pytest.raises(Refusal) as refusal:
        read_docx(repacked(content, {"word/document.xml": evil}))
    assert str(refusal.value) == NOT_WORD


def test_long_document_is_read_in_a_moment():
    def build(document) -> None:
        document.add_heading("T", 1)
        document.add_paragraph("1. Be kind.")
        for _ in range(4_000):
            document.element.body.append(OxmlElement("w:p"))

    content, start = word(build), time.process_time()
    assert [one.text for one in read_docx(content).clauses] == ["Be kind."]
    assert time.process_time() - start < 3


def test_tracked_changes_are_refused():
    document = docx.Document()
    fill(document)
    inserted = OxmlElement("w:ins")
    document.paragraphs[3]._p.append(inserted)

    with pytest.raises(Refusal) as refusal:
        read_docx(saved(document))
    assert str(refusal.value) == TRACKED


def test_damaged_files_are_read_or_refused():
    content = word(fill)
    chance = random.Random(7)  # noqa: S311 - the same damage each time

    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(chance.choice([1, 3, 20])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert re.search(r"^$|\.$", refused(read_docx, bytes(damaged)))


def test_damaged_xml_is_read_or_refused():
    content = word(fill)
    chance = random.Random(11)  # noqa: S311 - the same damage each time
    parts = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "[Content_Types].xml")
    with ZipFile(io.BytesIO(content)) as archive:
        texts = {name: archive.read(name) for name in parts}

    for turn in range(40):
        name = parts[turn % len(parts)]
        cuts = sorted(chance.sample(range(len(texts[name])), 3))
        pieces = [texts[name][a:b] for a, b in pairwise([0, *cuts, len(texts[name])])]
        for damaged in (pieces[0] + pieces[2] + pieces[3], texts[name].replace(b"w:val", b"w:v")):
            assert re.search(r"^$|\.$", refused(read_docx, repacked(content, {name: damaged})))
