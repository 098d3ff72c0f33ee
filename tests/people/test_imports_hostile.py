"""Hostile and broken files, one by one: each is refused in words and changes nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import Entry
from common.errors import Refusal
from people.imports.reading import MAX_BYTES, MAX_ROWS, read_table
from people.models import PeopleImport
from tests.people.imports import (
    CARERS,
    PUPILS,
    STAFF,
    applied,
    brought_in,
    person,
    plan,
    register,
    uploaded,
)

HEAD = "Staff number,First name,Last name\n"
AGAIN = "Export it again as “CSV UTF-8”."
TOO_LARGE = (
    "This file is larger than 5 MB. An export of people is never that large: "
    "check that it is the right file."
)
TOO_LONG = "This file has more than 20,000 rows. Bring in a part at a time."
CARERS_HEAD = "Carer number,Pupil number,First name,Last name\n"
CERTAIN = f"The letters in this file cannot be read with certainty. {AGAIN}"

REFUSED = {
    "empty": (b"", "This file is empty."),
    "only a mark": (b"\xef\xbb\xbf", "This file is empty."),
    "headings only": (HEAD.encode(), "This file has headings but no rows under them."),
    "blank rows": (
        (HEAD + ",,\n\n  ,,\n").encode(),
        "This file has headings but no rows under them.",
    ),
    "no headings": (
        b"1,Ada,Ashby\n2,Ben,Brook\n",
        "The first row of this file has to hold the headings of its columns.",
    ),
    "address as heading": (
        b"ada@x.example,Ada,Ashby\nben@x.example,Ben,Brook\n",
        "The first row of this file has to hold the headings of its columns.",
    ),
    "date as heading": (
        b"Ada,Ashby,01/09/2024\nBen,Brook,01/09/2024\n",
        "The first row of this file has to hold the headings of its columns.",
    ),
    "empty heading": (
        b"Staff number,,Last name\nS1,Ada,Ashby\n",
        "Column 2 has no heading. Give every column one.",
    ),
    "same heading twice": (
        b"Staff number,Name,name \nS1,Ada,Ashby\n",
        "Two columns are headed “name”. Give every column its own heading.",
    ),
    "heading with a hidden character": (
        b"Staff number,First\x07name,Last name\nS1,Ada,Ashby\n",
        "A heading is longer than 80 characters or has a hidden character in it.",
    ),
    "over-long heading": (
        b"Staff number," + b"x" * 81 + b"\nS1,Ada\n",
        "A heading is longer than 80 characters or has a hidden character in it.",
    ),
    "too many columns": (
        ",".join(f"c{n}x" for n in range(101)).encode() + b"\nS1\n",
        "This file has more than 100 columns. Export fewer.",
    ),
    "NUL bytes": (
        (HEAD + "S1,A\0da,Ashby\n").encode(),
        f"This is not a file of text. {AGAIN}",
    ),
    "UTF-16": (
        (HEAD + "S1,Ada,Ashby\n").encode("utf-16"),
        f"This file is saved as UTF-16, which cannot be read here. {AGAIN}",
    ),
    "workbook": (
        b"PK\x03\x04" + b"\x14" * 40,
        "This is a workbook, not a CSV file. Open it and save it as “CSV UTF-8”.",
    ),
    "old workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 40,
        "This is a workbook, not a CSV file. Open it and save it as “CSV UTF-8”.",
    ),
    "undefined letters": (HEAD.encode() + b"S1,Ad\x81,Ashby\n", CERTAIN),
    "Japanese letters": ((HEAD + "S1,太郎,山田\n").encode("shift-jis"), CERTAIN),
    "Russian letters": ((HEAD + "S1,Ада,Эшби\n").encode("koi8-r") + b"\xad", CERTAIN),
    "UTF-8 cut in the middle": (
        (HEAD + "S1,Zoë,Ashby\nS2,René,Brun\n").encode() + b"S3,Zo\xc3",
        CERTAIN,
    ),
    "lost letters": (
        (HEAD + "S1,Zo\ufffd,Ashby\n").encode(),
        f"Letters were lost when this file was saved. {AGAIN}",
    ),
    "open quotation mark": (
        (HEAD + 'S1,"Ada,Ashby\nS2,Ben,Brook\n').encode(),
        f"Row 2 is not proper CSV: a quotation mark stands where none can. {AGAIN}",
    ),
    "stray quotation mark": (
        (HEAD + 'S1,"Ada"x,Ashby\n').encode(),
        f"Row 2 is not proper CSV: a quotation mark stands where none can. {AGAIN}",
    ),
    "endless cell": (
        (HEAD + "S1,Ada," + "x" * 140_000 + "\n").encode(),
        "Row 2 has a cell too long to be read.",
    ),
    "50 MB": (
        b"x" * (50 * 1024 * 1024),
        TOO_LARGE,
    ),
    "too many rows": (
        (HEAD + "".join(f"S{n},A,B\n" for n in range(MAX_ROWS + 1))).encode(),
        TOO_LONG,
    ),
    "bomb of empty rows": (
        HEAD.encode() + b"\n" * (4 * 1024 * 1024) + b"S1,Ada,Ashby\n",
        TOO_LONG,
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_file_is_refused_in_words_and_nothing_is_kept(cast, own_files, name):
    content, sentence = REFUSED[name]
    before, entries = register(cast), Entry.objects.count()

    with pytest.raises(Refusal) as refused:
        uploaded(cast, "staff", content)

    assert str(refused.value) == sentence
    assert register(cast) == before
    assert (PeopleImport.objects.count(), Entry.objects.count()) == (0, entries)
    assert [path for path in own_files.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "name", ["empty", "50 MB", "NUL bytes", "UTF-16", "workbook", "same heading twice"]
)
def test_page_refuses_the_file_beside_its_box(cast, name):
    content, sentence = REFUSED[name]
    before = register(cast)

    response = cast.client("hana").post(
        cast.url("people/imports/new"),
        {"kind": "staff", "file": SimpleUploadedFile("people.csv", content)},
    )

    assert response.status_code == 200
    assert response.context["form"].errors == {"file": [sentence]}
    assert response.context["form"]["kind"].value() == "staff"
    assert (PeopleImport.objects.count(), register(cast)) == (0, before)


def test_file_of_just_five_megabytes_is_read():
    row, cell = b"S1,Ada,%b\n", b"x" * 130_000
    content = HEAD.encode() + row % cell * 40
    content += row % (b"x" * (MAX_BYTES - len(content) - len(row) + 2))

    assert len(content) == MAX_BYTES
    assert len(read_table(content).rows) == 41


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_plain_western_text_is_read_whatever_program_saved_it(encoding):
    content = (HEAD + "S1,Zoë,O’Brien–Müller\n").encode(encoding)

    assert read_table(content).rows == ((2, ("S1", "Zoë", "O’Brien–Müller")),)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_of_spreadsheets_are_understood(delimiter):
    table = read_table((HEAD + "S1,Ada,Ashby\r\n").replace(",", delimiter).encode())

    assert table.headings == ("Staff number", "First name", "Last name")
    assert table.rows == ((2, ("S1", "Ada", "Ashby")),)


# Bad rows: each with its number and its reason ------------------------------------------------

LONG = "x" * 81
ROWS = {
    '=HYPERLINK("http://x.example"),Ashby': "begins with “=”, as a formula does.",
    "+Ada,Ashby": "begins with “+”, as a formula does.",
    "-Ada,Ashby": "begins with “-”, as a formula does.",
    "@Ada,Ashby": "begins with “@”, as a formula does.",
    "\tAda,Ashby": "begins with “a tab”, as a formula does.",
    "A\x07da,Ashby": "has a hidden character or a line break in it.",
    "A\u202eda,Ashby": "has a hidden character or a line break in it.",
    '"A\nda",Ashby': "has a hidden character or a line break in it.",
    f"{LONG},Ashby": "is 81 characters long; the most is 80.",
}


@pytest.mark.parametrize("row", ROWS)
def test_bad_name_is_shown_with_row_and_reason_and_stops_the_import(cast, row):
    cells = row if row.startswith('"') or '"' not in row else f'"{row.split(",")[0]}",Ashby'
    cells = cells.replace('""', '"').replace('"=HYPERLINK("', '"=HYPERLINK(""')
    cells = cells.replace('example")"', 'example"")"')
    upload = uploaded(cast, "staff", f"{HEAD}S1,Ben,Brook\nS2,{cells}\n")
    before = register(cast)

    (bad,) = plan(upload).bad
    assert bad.number == 3
    assert len(bad.reasons) == 1
    assert bad.reasons[0].startswith("First name “")
    assert bad.reasons[0].endswith(f"” {ROWS[row]}")
    with pytest.raises(Refusal, match="Some rows cannot be brought in"):
        applied(upload)
    assert register(cast) == before


def test_bad_rows_say_every_reason(cast):
    no_date = "is not a date: write it like 01/09/2026."
    absurd = "is too long ago or too far ahead to be right."
    rows = {
        "S2,,Brook,,": ("First name is missing.",),
        ",Ben,Brook,,": ("Staff number is missing.",),
        "S3,Ben,Brook,none,": ("E-mail address “none” is not an e-mail address.",),
        "S4,Ben,Brook,,31/02/2024": (f"Starting date “31/02/2024” {no_date}",),
        "S5,Ben,Brook,,01/09/24": (f"Starting date “01/09/24” {no_date}",),
        "S6,Ben,Brook,,01/09/1829": (f"Starting date “01/09/1829” {absurd}",),
        "S7,Ben,Brook,,01/09/2926": (f"Starting date “01/09/2926” {absurd}",),
        "S8,Ben,Brook": ("The row has 3 cells where there are 5 headings.",),
        "S9,Ben,Brook,,,x": ("The row has 6 cells where there are 5 headings.",),
        "S0,=1+1,@x,,soon": (
            "First name “=1+1” begins with “=”, as a formula does.",
            "Last name “@x” begins with “@”, as a formula does.",
            f"Starting date “soon” {no_date}",
        ),
    }
    head = "Staff number,First name,Last name,E-mail address,Starting date"
    upload = uploaded(cast, "staff", "\n".join([head, "S1,Ada,Ashby,,", *rows]))

    assert [(row.number, row.reasons) for row in plan(upload).bad] == list(
        enumerate(rows.values(), 3)
    )
    assert [entry.row for entry in plan(upload).added] == [2]


def test_leaving_before_starting_is_a_bad_row(cast):
    upload = uploaded(
        cast,
        "staff",
        "Staff number,First name,Last name,Starting date,Leaving date\n"
        "S1,Ada,Ashby,01/09/2024,31/08/2024\n",
    )

    (bad,) = plan(upload).bad
    assert bad.reasons == ("The leaving date is before the starting date.",)


def test_telephone_may_begin_with_a_plus_but_hide_no_formula(cast):
    head = "Staff number,First name,Last name,Telephone\n"
    upload = uploaded(cast, "staff", f"{head}S1,Ada,Ashby,+44 1234 567\nS2,Ben,Brook,+1+cmd|x\n")

    assert [row.number for row in plan(upload).bad] == [3]
    assert [entry.after["phone"] for entry in plan(upload).added] == ["+44 1234 567"]


# Files at odds with themselves -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "content", "sentence"),
    [
        (
            "staff",
            f"{HEAD}S1,Ada,Ashby\nS2,Ben,Brook\nS1,Cat,Cole\n",
            "These numbers are in the file twice: S1 (rows 2 and 4).",
        ),
        (
            "staff",
            f"{HEAD}S1,Ada,Ashby\n S1 ,=1,Cole\n",
            "These numbers are in the file twice: S1 (rows 2 and 3).",
        ),
        (
            "pupils",
            PUPILS.replace("P2", "P1"),
            "These numbers are in the file twice: P1 (rows 2 and 3).",
        ),
        (
            "carers",
            CARERS.replace("C2", "C1"),
            "These numbers are in the file twice: C1 with P2 (rows 3 and 4).",
        ),
        ("carers", CARERS.replace("C1,P1", "P1,P1"), "Row 2 makes P1 their own carer."),
        (
            "carers",
            CARERS.replace("C1,P1", "P1,P2").replace("C2,P2", "P2,P1"),
            "These people are each other's carers in a circle: ",
        ),
        (
            "carers",
            f"{CARERS_HEAD}P1,P2,Amy,Apple\nP2,P3,Bob,Berry\nP3,P1,Cat,Cherry\n",
            "These people are each other's carers in a circle: ",
        ),
    ],
)
def test_file_at_odds_with_itself_is_refused_as_a_whole(cast, kind, content, sentence):
    brought_in(cast, "pupils", PUPILS)
    upload = uploaded(cast, kind, content)
    before = register(cast)

    with pytest.raises(Refusal) as refused:
        applied(upload, leave_out_bad=True, mark_leavers=True, digest="0")

    assert str(refused.value).startswith(sentence)
    assert register(cast) == before
    page = cast.client("hana").get(cast.url(f"people/imports/{upload.pk}/preview"))
    assert str(page.context["refusal"]).startswith(sentence)


def test_circle_that_closes_over_links_of_the_register_is_refused(cast):
    brought_in(cast, "pupils", PUPILS)
    brought_in(cast, "carers", f"{CARERS_HEAD}P1,P2,Amy,Apple\n")
    upload = uploaded(cast, "carers", f"{CARERS_HEAD}P2,P1,Bob,Berry\n")

    with pytest.raises(Refusal, match="carers in a circle"):
        plan(upload)


def test_words_of_a_file_are_shown_as_text_only(cast):
    evil = "<script>alert(1)</script>"
    content = f"Staff number,{evil},First name,Last name\nS1,{evil},{evil},{evil}\n"
    upload = uploaded(cast, "staff", content, name=f"{evil}.csv")
    client = cast.client("hana")

    for page in ("columns", "preview"):
        drawn = client.get(cast.url(f"people/imports/{upload.pk}/{page}")).content.decode()
        assert evil not in drawn
        assert "&lt;script&gt;" in drawn
    applied(upload)
    pk = person(cast, "S1").pk
    for path in (f"people/{pk}/", "people/", "people/imports/"):
        assert evil not in client.get(cast.url(path)).content.decode()


def test_name_of_the_file_is_kept_plain(cast):
    upload = uploaded(cast, "staff", STAFF, name="C:\\Users\\me\\../../etc/pass\u202ewd.csv")

    assert upload.file_name == "passwd.csv"
    assert upload.file.name.startswith("imports/")
    assert len(upload.file.name) == len("imports/") + 32
