"""The ready-made agreements are whole, plain to their readers and the same in each language."""

import re
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from agreements import libraries
from agreements.document import AgreementDocument, clauses_for
from agreements.document_check import LONGEST_FOR_KS1, MANDATORY
from agreements.libraries import library_names, read_agreement, read_library
from agreements.vocabulary import Audience, Kind
from common.errors import Refusal

NAMES = [
    "byod_code",
    "external",
    "general_rules",
    "governor",
    "parent",
    "policy",
    "pupil_ks1",
    "pupil_ks2",
    "pupil_secondary",
    "staff",
    "visitor",
    "volunteer",
]
# The school grade a reader needs, by Flesch and Kincaid; a reading age is five years more.
HARDEST = {"pupil_ks1": 2, "pupil_ks2": 3.5, "parent": 4.5, "pupil_secondary": 7, "byod_code": 7}


def data(name: str) -> dict:
    path = Path(libraries.__file__).parent / "data" / f"{name}.yaml"
    return yaml.safe_load(path.read_text("utf-8"))


def test_every_audience_has_an_agreement():
    found = {name: read_library(name) for name in library_names()}

    assert sorted(found) == NAMES
    assert {one.audience for one in found.values() if one.kind == Kind.AGREEMENT} == set(
        Audience.values
    )
    assert (found["policy"].kind, found["policy"].audience) == ("policy", "staff")


@pytest.mark.parametrize("name", NAMES)
def test_every_agreement_says_what_may_follow_and_what_signing_means(name):
    document = read_library(name).document

    assert document.rules
    assert document.statement.startswith(("I ", "I’"))
    assert [clause.number for clause in document.clauses] == [
        str(number) for number in range(1, len(document.clauses) + 1)
    ]


@pytest.mark.parametrize("name", ["parent", "pupil_ks2", "pupil_secondary"])
def test_rules_say_what_each_category_means(name):
    letters = re.findall(r"^([A-D]): ", read_library(name).document.rules, re.MULTILINE)

    assert letters == ["A", "B", "C", "D"]


def test_staff_clauses_cover_the_whole_clause_set():
    topics = {clause.topic for clause in read_library("staff").document.clauses}

    assert topics >= {
        "professional_use",
        "passwords",
        "access",
        "data_security",
        "email",
        "communication",
        "offensive",
        "reporting",
        "bypass",
        "software",
        "copyright",
        "private_photos",
        "phones",
        "image_storage",
        "learning_platform",
        "social_networks",
        "loans",
        "encryption",
        "confidentiality",
        "child_concern",
        "logging",
        "outside_systems",
        "misuse",
    }


def test_only_those_who_teach_are_shown_the_teaching_clause():
    document = read_library("staff").document
    for_office = clauses_for(document, ["staff", "office_mgr"])
    for_teacher = clauses_for(document, ["staff", "teacher"])

    assert [clause.topic for clause in for_teacher if clause not in for_office] == ["teaching"]


def test_pupil_clauses_cover_the_whole_clause_set():
    topics = {clause.topic for clause in read_library("pupil_ks2").document.clauses}

    assert topics >= {
        "school_work",
        "access",
        "passwords",
        "downloads",
        "age_limits",
        "bypass",
        "email",
        "respect",
        "malware",
        "personal_details",
        "meeting",
        "tell_adult",
    }


def test_youngest_have_six_to_eight_short_points_each_with_a_picture_of_its_own():
    for document in read_library("pupil_ks1").documents:
        assert 6 <= len(document.clauses) <= 8
        assert len({clause.picture for clause in document.clauses}) == len(document.clauses)
        assert max(len(clause.text) for clause in document.clauses) <= LONGEST_FOR_KS1


@pytest.mark.parametrize("name", ["pupil_ks1", "parent"])
def test_translations_have_the_same_clauses(name):
    library = read_library(name)
    polish = next(one for one in library.documents if one.language == "pl")

    assert [one.language for one in library.documents] == ["en", "pl"]
    assert [shared(clause) for clause in polish.clauses] == [
        shared(clause) for clause in library.document.clauses
    ]
    assert not {clause.text for clause in polish.clauses} & {
        clause.text for clause in library.document.clauses
    }


def shared(clause) -> tuple:
    return clause.number, clause.topic, clause.picture, clause.roles


@pytest.mark.parametrize(("name", "grade"), HARDEST.items())
def test_words_are_plain_enough_for_their_readers(name, grade):
    assert grade_of(read_library(name).document) <= grade


def grade_of(document: AgreementDocument) -> float:
    """Return the school grade of an English text by Flesch and Kincaid."""
    text = " ".join([document.intro, *(clause.text for clause in document.clauses), document.rules])
    words = re.findall(r"[A-Za-z’]+", text)
    sentences = len(re.findall(r"[.?:]\s|[.?]$", text))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    word = re.sub(r"(?<=[^l])e[sd]?$", "", word.lower().replace("’", "")) or "e"
    return max(len(re.findall(r"[aeiouy]+", word)), 1)


@pytest.mark.parametrize("name", NAMES)
def test_no_exclamation_marks_and_nobody_is_named(name):
    for document in read_library(name).documents:
        text = f"{document.title} {document.intro} {document.rules} {document.statement} "
        text += " ".join(f"{clause.heading} {clause.text}" for clause in document.clauses)
        assert not re.search(r"!|\b(Mr|Mrs|Ms|Miss)\b|@|https?:", text)


def test_unknown_name_is_refused():
    with pytest.raises(Refusal, match=r"no agreement called “\.\./staff”"):
        read_library("../staff")


def test_translation_that_lacks_a_clause_is_refused():
    content = deepcopy(data("pupil_ks1"))
    del content["translations"][0]["clauses"][3]

    with pytest.raises(Refusal, match="same clause numbers"):
        read_agreement("pupil_ks1", content)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"audience": "teachers"}, "kind and an audience"),
        ({"kind": "contract"}, "kind and an audience"),
        ({"language": "xx"}, "check language"),
        ({"colour": "red"}, "check colour"),
        ({"statement": " "}, "no statement"),
    ],
)
def test_file_that_cannot_be_an_agreement_is_refused(change, words):
    with pytest.raises(Refusal, match=words):
        read_agreement("visitor", data("visitor") | change)


@pytest.mark.parametrize(
    ("name", "topic"), [(a, topic) for a, topics in MANDATORY.items() for topic in topics]
)
def test_agreement_without_a_mandatory_topic_is_refused(name, topic):
    content = data(name)
    content.pop("translations", None)
    content["clauses"] = [one for one in content["clauses"] if one["topic"] != topic]

    with pytest.raises(Refusal, match="must also cover"):
        read_agreement(name, content)


def test_document_is_read_once():
    assert read_library("staff") is read_library("staff")
    assert replace(read_library("staff").document, title="Other") != read_library("staff").document
