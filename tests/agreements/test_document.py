"""What a person is shown has one exact text and one hash."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agreements.document import (
    AgreementDocument,
    ClauseText,
    canonical_text,
    clauses_for,
    document_hash,
    documents_hash,
    from_json,
    text_hash,
    to_json,
)
from common.clean_text import tidy
from common.errors import Refusal

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=40)
LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
CODES = st.sets(st.sampled_from(["teacher", "ta", "head"]))
CLAUSES = st.builds(
    ClauseText,
    number=st.integers(1, 99).map(str),
    heading=WORDS,
    text=LINES,
    picture=st.sampled_from(["", "eye", "lock"]),
    topic=st.sampled_from(["", "passwords"]),
    roles=CODES.map(lambda codes: tuple(sorted(codes))),
)
DOCUMENTS = st.builds(
    AgreementDocument,
    title=WORDS,
    intro=LINES,
    clauses=st.lists(CLAUSES, max_size=4).map(tuple),
    rules=LINES,
    statement=LINES,
    language=st.sampled_from(["en", "cy", "pl"]),
)
DOCUMENT = AgreementDocument(
    title="Staff agreement",
    intro="Please read this.\n\nThen sign.",
    clauses=(
        ClauseText("1", "Passwords", "I keep mine secret.", topic="passwords"),
        ClauseText("2", "Lessons", "I check links first.", "eye", roles=("teacher", "ta")),
    ),
    rules="Misuse is dealt with.",
    statement="I agree.",
)


def shown(document: AgreementDocument = DOCUMENT, *roles: str, title="Staff", version=3) -> str:
    return canonical_text(document, agreement_title=title, version=version, role_codes=roles)


def approved(document: AgreementDocument = DOCUMENT, *, title="Staff", version=3) -> str:
    return document_hash(document, agreement_title=title, version=version)


def test_text_is_written_in_its_documented_form():
    assert shown(DOCUMENT, "ta") == (
        "safeguard-agreement/1\n"
        "agreement: Staff\n"
        "version: 3\n"
        "language: en\n"
        "title: Staff agreement\n"
        "intro:\n"
        "  Please read this.\n"
        "\n"
        "  Then sign.\n"
        "clause 1: Passwords\n"
        "  I keep mine secret.\n"
        "clause 2: Lessons\n"
        "picture: eye\n"
        "  I check links first.\n"
        "rules:\n"
        "  Misuse is dealt with.\n"
        "statement:\n"
        "  I agree.\n"
    )


def test_hash_is_sha256_of_the_text():
    # Checked with sha256sum.
    assert text_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_clause_with_roles_is_shown_to_holders_of_one_of_them():
    assert [clause.number for clause in clauses_for(DOCUMENT, ["head"])] == ["1"]
    assert [clause.number for clause in clauses_for(DOCUMENT, ["head", "ta"])] == ["1", "2"]


def test_line_ends_spaces_and_composition_do_not_count():
    same = replace(DOCUMENT, intro="  Please read this.\r\n  \r\nThen sign. \n", title="Café")

    assert shown(replace(same, title="Cafe\u0301")) == shown(replace(DOCUMENT, title="Café"))


def test_words_of_a_clause_cannot_pass_for_another_part():
    real = replace(DOCUMENT, clauses=(ClauseText("1", "A", "B"), ClauseText("2", "C", "D")))
    feigned = replace(DOCUMENT, clauses=(ClauseText("1", "A", "B\nclause 2: C\n  D"),))
    in_heading = replace(DOCUMENT, clauses=(ClauseText("1", "A\n  B\nclause 2: C", "D"),))

    assert len({shown(real), shown(feigned), shown(in_heading)}) == 3


@given(DOCUMENTS, st.data())
def test_any_changed_character_changes_the_hash(document, data):
    names = ["title", "intro", "rules", "statement", "language"]
    names += ["number", "heading", "text", "picture"] if document.clauses else []
    name = data.draw(st.sampled_from(names))
    index = data.draw(st.integers(0, max(len(document.clauses) - 1, 0)))
    part = document if hasattr(document, name) else document.clauses[index]
    old = getattr(part, name)
    new = changed_by_one(old, data)
    assume(as_read(new) != as_read(old))
    assume(bool(new) or name != "picture")
    changed = replace(part, **{name: new})
    if part is not document:
        clauses = [*document.clauses[:index], changed, *document.clauses[index + 1 :]]
        changed = replace(document, clauses=tuple(clauses))

    everyone = ("teacher", "ta", "head")
    assert text_hash(shown(changed, *everyone)) != text_hash(shown(document, *everyone))
    assert approved(changed) != approved(document)


def changed_by_one(text: str, data: st.DataObject) -> str:
    """Return the text with one character put in, taken out or replaced."""
    at = data.draw(st.integers(0, len(text)))
    new = data.draw(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]))
    return data.draw(
        st.sampled_from([text[:at] + new + text[at:], text[:at] + text[at + 1 :], text + new])
    )


def as_read(text: str) -> list[str]:
    """Return the lines of a text as they are read, without space around them."""
    return [line.strip() for line in tidy(text).split("\n")]


@given(DOCUMENTS, CODES, CODES)
def test_role_sets_share_a_hash_if_and_only_if_they_see_the_same(document, some, others):
    same_clauses = [
        (clause.number, as_read(clause.heading), as_read(clause.text), clause.picture)
        for clause in clauses_for(document, some)
    ] == [
        (clause.number, as_read(clause.heading), as_read(clause.text), clause.picture)
        for clause in clauses_for(document, others)
    ]

    assert (shown(document, *some) == shown(document, *others)) == same_clauses


@given(DOCUMENTS)
def test_text_is_composed_and_ends_lines_in_one_way(document):
    text = shown(document, "teacher", "ta", "head")

    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert text.startswith("safeguard-agreement/1\n")
    assert text.endswith("\n")


@given(DOCUMENTS)
def test_clauses_come_back_from_storage_unchanged(document):
    assert from_json(to_json(document.clauses)) == document.clauses


def test_stored_clause_has_all_its_parts():
    assert to_json(DOCUMENT.clauses)[1] == {
        "number": "2",
        "heading": "Lessons",
        "text": "I check links first.",
        "picture": "eye",
        "topic": "",
        "roles": ["teacher", "ta"],
    }


@pytest.mark.parametrize(
    ("row", "odd"),
    [
        ({"number": "1", "heading": "A"}, "text"),
        ({"number": "1", "heading": "A", "text": "B", "colour": "red"}, "colour"),
    ],
)
def test_stored_clause_with_odd_parts_is_refused(row, odd):
    with pytest.raises(Refusal, match=f"check {odd}"):
        from_json([row])


@pytest.mark.parametrize("change", [{"topic": "email"}, {"roles": ("teacher",)}, {"roles": ()}])
def test_approval_is_bound_to_topics_and_to_whom_a_clause_is_shown(change):
    changed = replace(
        DOCUMENT, clauses=(DOCUMENT.clauses[0], replace(DOCUMENT.clauses[1], **change))
    )

    assert approved(changed) != approved()


def test_title_and_version_of_the_agreement_are_part_of_the_text():
    assert len({shown(), shown(title="Governors"), shown(version=4)}) == 3
    assert len({approved(), approved(title="Governors"), approved(version=4)}) == 3


def test_all_languages_share_one_hash_in_whatever_order():
    welsh = replace(DOCUMENT, language="cy", title="Cytundeb")
    other = replace(welsh, title="Cytundebau")
    values = {"agreement_title": "Staff", "version": 3}

    assert documents_hash([DOCUMENT, welsh], **values) == documents_hash(
        [welsh, DOCUMENT], **values
    )
    assert documents_hash([DOCUMENT, welsh], **values) != documents_hash(
        [DOCUMENT, other], **values
    )
    assert documents_hash([DOCUMENT], **values) != documents_hash([DOCUMENT, welsh], **values)
