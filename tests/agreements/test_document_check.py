"""An agreement that does not say what it must, or says it badly, may not be approved."""

from dataclasses import replace

import pytest

from agreements.document import AgreementDocument, ClauseText
from agreements.document_check import (
    MANDATORY,
    TOPICS,
    check_document,
    check_translation,
    missing_topics,
)
from agreements.libraries import read_library
from agreements.vocabulary import Audience
from common.errors import Refusal

STAFF = read_library("staff").document
KS1 = read_library("pupil_ks1").document


def with_clause(document: AgreementDocument, index: int = 0, **changes: object):
    clauses = list(document.clauses)
    clauses[index] = replace(clauses[index], **changes)
    return replace(document, clauses=tuple(clauses))


def test_every_audience_has_mandatory_topics_that_are_known():
    assert set(MANDATORY) == set(Audience.values)
    assert {topic for topics in MANDATORY.values() for topic in topics} <= set(TOPICS)


@pytest.mark.parametrize("audience", ["staff", "governor", "volunteer"])
def test_adults_at_work_must_be_told_of_photographs_and_data(audience):
    assert set(MANDATORY[audience]) == {
        "private_photos",
        "passwords",
        "access",
        "data_security",
        "email",
        "misuse",
    }


def test_missing_topics_are_named():
    without = tuple(c for c in STAFF.clauses if c.topic not in {"private_photos", "email"})

    with pytest.raises(Refusal) as refusal:
        check_document(replace(STAFF, clauses=without), "staff")

    assert str(refusal.value) == (
        "The agreement for “Staff” must also cover: Photographs with private equipment; "
        "E-mail and messages. Add a clause that everybody is shown, or give a clause its topic."
    )


def test_clause_for_some_does_not_cover_a_topic_for_all():
    passwords = next(n for n, clause in enumerate(STAFF.clauses) if clause.topic == "passwords")
    limited = with_clause(STAFF, passwords, roles=("teacher",))

    assert missing_topics(STAFF, "staff") == []
    assert missing_topics(limited, "staff") == ["Passwords"]


@pytest.mark.parametrize("kind", ["policy", "document"])
def test_other_documents_need_no_topics(kind):
    handbook = AgreementDocument(
        "Handbook", "", (ClauseText("1", "", "I have it."),), "", "I have read it."
    )

    check_document(handbook, "staff", kind=kind)
    with pytest.raises(Refusal, match="must also cover"):
        check_document(handbook, "staff")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": " "}, "The agreement has no title. Write one."),
        ({"statement": ""}, "The agreement has no statement. Write one."),
        (
            {"title": "a" * 161},
            "The title is 161 characters long. Shorten it to 160 or fewer.",
        ),
        (
            {"statement": "a" * 601},
            "The statement is 601 characters long. Shorten it to 600 or fewer.",
        ),
        ({"clauses": ()}, "The agreement has no clauses. Write at least one."),
    ],
)
def test_document_without_a_part_is_refused(changes, words):
    with pytest.raises(Refusal) as refusal:
        check_document(replace(STAFF, **changes), "staff")

    assert str(refusal.value) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"number": "2"}, "The number 2 stands twice. Give each clause its own."),
        ({"number": " 2"}, "The number 2 stands twice. Give each clause its own."),
        ({"number": " "}, "A clause has no number. Give each clause its own."),
        ({"text": " \n"}, "Clause 1 is empty. Write it or take it out."),
        ({"topic": "hats"}, "Clause 1: “hats” is not a known topic."),
        ({"roles": ("teacher", "wizard")}, "Clause 1: “wizard” is not a known role."),
        ({"picture": "unicorn"}, "Clause 1: there is no picture “unicorn”."),
    ],
)
def test_odd_clause_is_refused(changes, words):
    with pytest.raises(Refusal) as refusal:
        check_document(with_clause(STAFF, **changes), "staff")

    assert str(refusal.value) == words


@pytest.mark.parametrize("text", ["a" * 90, "I ask first.", "I ask 3.5 times", "I ask…"])
def test_one_short_sentence_is_right_for_the_youngest(text):
    assert check_document(with_clause(KS1, text=text), "pupil_ks1") is None


@pytest.mark.parametrize(
    "text", ["a" * 91, "I ask. Then I go.", "I ask? I go", "I ask\nI go", "I ask… I go."]
)
def test_long_clause_for_the_youngest_is_refused(text):
    changed = with_clause(KS1, text=text)

    with pytest.raises(Refusal, match="Clause 1 is too long for pupils up to Year 2"):
        check_document(changed, "pupil_ks1")


def test_clause_for_the_youngest_needs_a_picture():
    with pytest.raises(Refusal, match="Clause 1 needs a picture for pupils up to Year 2"):
        check_document(with_clause(KS1, picture=""), "pupil_ks1")


def test_others_may_read_long_clauses_without_pictures():
    assert check_document(with_clause(STAFF, text="A sentence. " * 40), "staff") is None


@pytest.mark.parametrize(
    "changes", [{"topic": "email"}, {"picture": "eye"}, {"roles": ("teacher",)}]
)
def test_translation_changes_only_words(changes):
    translation = replace(with_clause(STAFF, text="Cymraeg"), language="cy")

    check_translation(translation, STAFF)
    with pytest.raises(Refusal, match="Clause 1 in “cy” has another topic, picture or list"):
        check_translation(with_clause(translation, **changes), STAFF)


def test_translation_with_clauses_in_another_order_is_refused():
    turned = replace(STAFF, language="cy", clauses=STAFF.clauses[::-1])

    with pytest.raises(Refusal, match="text in “cy” does not have the same clause numbers"):
        check_translation(turned, STAFF)
