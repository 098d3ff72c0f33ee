"""Picking a person, with a script and without."""

import pytest
from django import forms

from common.forms import PersonPickerField, picker_results
from tests.common.reading import AMARA, BRYN, SOURCE, Field, elements


def picker(required=True):
    return Field(PersonPickerField(source=SOURCE, required=required))


@pytest.mark.parametrize(
    "sent",
    [
        "x=1&x_text=Amara+Okafor",
        "x=1",
        "x_text=amara+okafor",
        "x=1&x_text=Ama&x_asked=Ama",
    ],
)
def test_picker_gives_the_person(sent):
    assert picker().value(sent) == AMARA


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("", "Enter “X”"),
        ("x=99", "Choose a person from the list again."),
        ("x=1+OR+1", "Choose a person from the list again."),
        ("x_text=Zed", "Nobody at this school was found for “Zed”. Check the spelling."),
        ("x_text=Ama", "Choose who you mean by “Ama”."),
        ("x=1&x_text=Amaris", "Choose who you mean by “Amaris”."),
    ],
)
def test_picker_refuses_in_words(sent, said):
    assert picker().refusal(sent) == [said]


def test_picker_without_a_script_draws_the_matches():
    form = picker().form("x_text=Ama")
    html = form["x"].as_field_group()

    assert [
        (attrs["type"], attrs["name"], attrs["value"]) for _, attrs in elements(html, "input")
    ] == [
        ("text", "x_text", "Ama"),
        ("hidden", "x_asked", "Ama"),
        ("radio", "x", "1"),
        ("radio", "x", "2"),
    ]


def test_picker_matches_do_not_stay_for_the_next_person():
    picked = picker()
    str(picked.form("x_text=Ama").errors)

    assert "radio" not in str(picked.form("")["x"])


def test_picker_shows_whom_it_opened_with():
    form = type("One", (forms.Form,), {"x": PersonPickerField(source=SOURCE)})(initial={"x": BRYN})

    assert [(attrs["name"], attrs["value"]) for _, attrs in elements(form["x"], "input")] == [
        ("x_text", "Bryn"),
        ("x", "3"),
    ]
    assert elements(form["x"], "div")[0][1]["data-source"] == "/dee-meadow/people/search/"


def test_optional_picker_may_be_empty():
    assert picker(required=False).value("x=&x_text=") is None


def test_picker_without_a_source_is_a_fault_of_ours():
    with pytest.raises(RuntimeError, match="before its source was set"):
        Field(PersonPickerField()).form("x=1").is_valid()


def test_type_ahead_answers_with_name_and_detail():
    assert picker_results(SOURCE, "Bry") == {
        "results": [{"id": "3", "name": "Bryn", "detail": "Number 3"}]
    }


def test_type_ahead_needs_two_letters():
    assert picker_results(SOURCE, "A") == {"results": []}
