"""How each field is drawn and cleaned."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from common.clean_text import HIDDEN_CHARACTERS
from common.forms import (
    Checkboxes,
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    DateTimeBoxesField,
    MultipleFileField,
    PersonPickerField,
    Radios,
)
from tests.common.reading import SOURCE, Elements, Field, elements, words

YEARS = [("7", "Year 7"), ("8", "Year 8")]


class Everything(forms.Form):
    title = CleanCharField(label="What is it about?", max_length=20, help_text="A few words.")
    account = CleanTextField(label="Account", max_length=50)
    happened_date = DateBoxesField(label="When did it happen?")
    noticed_at = DateTimeBoxesField(label="Noticed", required=False)
    person = PersonPickerField(label="Who was involved?", source=SOURCE)
    year_group = forms.ChoiceField(label="Year group", choices=YEARS)
    place = forms.ChoiceField(label="Place", choices=YEARS, widget=Radios(hints={"8": "Older"}))
    risks = forms.MultipleChoiceField(label="Risks", choices=YEARS, widget=Checkboxes)
    told = forms.BooleanField(label="I told the safeguarding lead")
    picture = forms.FileField(label="Picture", required=False)
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)
    token = forms.CharField(widget=forms.HiddenInput)


def drawn(name, data=None):
    return Everything(data)[name].as_field_group()


# Drawing ------------------------------------------------------------------------------------------


def test_text_is_drawn_with_its_label_and_hint():
    assert elements(drawn("title"), "label", "input") == [
        ("label", {"class": "govuk-label", "for": "id_title"}),
        (
            "input",
            {
                "type": "text",
                "name": "title",
                "aria-describedby": "id_title_helptext",
                "class": "govuk-input",
                "id": "id_title",
            },
        ),
    ]
    assert words(drawn("title")) == "What is it about? A few words."


def test_text_in_error_is_described_by_hint_then_error():
    html = drawn("title", {})

    assert elements(html, "input") == [
        (
            "input",
            {
                "type": "text",
                "name": "title",
                "aria-invalid": "true",
                "aria-describedby": "id_title_helptext id_title_error",
                "class": "govuk-input govuk-input--error",
                "id": "id_title",
            },
        )
    ]
    assert [attrs["id"] for _, attrs in elements(html, "div") if "id" in attrs] == [
        "id_title_helptext",
        "id_title_error",
    ]
    assert elements(html, "div")[0] == (
        "div",
        {"class": "govuk-form-group govuk-form-group--error"},
    )
    assert words(html) == "What is it about? A few words. Error: Answer “What is it about?”"


def test_textarea_says_how_much_may_be_written():
    html = drawn("account", {})

    assert elements(html, "textarea") == [
        (
            "textarea",
            {
                "name": "account",
                "rows": "5",
                "aria-invalid": "true",
                "aria-describedby": "id_account_error id_account-info",
                "class": "govuk-textarea govuk-js-character-count govuk-textarea--error",
                "id": "id_account",
            },
        )
    ]
    group = elements(html, "div")[0][1]
    assert (group["data-module"], group["data-maxlength"]) == ("govuk-character-count", "50")
    assert words(html) == "Account Error: Enter “Account” You can write up to 50 characters"


def test_select_in_error_asks_to_choose():
    html = drawn("year_group", {})

    assert elements(html, "select") == [
        (
            "select",
            {
                "name": "year_group",
                "aria-invalid": "true",
                "aria-describedby": "id_year_group_error",
                "class": "govuk-select govuk-select--error",
                "id": "id_year_group",
            },
        )
    ]
    assert words(html) == "Year group Error: Choose “Year group” Year 7 Year 8"


def test_radios_stand_in_a_fieldset_with_hints():
    html = drawn("place", {"place": "8"})

    assert elements(html, "fieldset", "legend", "input") == [
        ("fieldset", {"class": "govuk-fieldset"}),
        ("legend", {"class": "govuk-fieldset__legend"}),
        (
            "input",
            {
                "class": "govuk-radios__input",
                "type": "radio",
                "id": "id_place_0",
                "name": "place",
                "value": "7",
            },
        ),
        (
            "input",
            {
                "class": "govuk-radios__input",
                "type": "radio",
                "id": "id_place_1",
                "name": "place",
                "value": "8",
                "checked": None,
                "aria-describedby": "id_place_1_hint",
            },
        ),
    ]


def test_checkboxes_in_error_describe_the_fieldset_and_lead_to_the_first():
    form = Everything({})
    html = form["risks"].as_field_group()

    assert elements(html, "fieldset") == [
        ("fieldset", {"class": "govuk-fieldset", "aria-describedby": "id_risks_error"})
    ]
    assert [attrs["id"] for _, attrs in elements(html, "input")] == ["id_risks_0", "id_risks_1"]
    assert form["risks"].error_anchor == "id_risks_0"  # type: ignore[attr-defined]
    assert words(html) == "Risks Error: Choose “Risks” Year 7 Year 8"


def test_single_checkbox_has_its_label_after_it():
    html = drawn("told", {})

    assert elements(html, "input", "label") == [
        (
            "input",
            {
                "type": "checkbox",
                "name": "told",
                "aria-invalid": "true",
                "aria-describedby": "id_told_error",
                "class": "govuk-checkboxes__input",
                "id": "id_told",
            },
        ),
        ("label", {"class": "govuk-label govuk-checkboxes__label", "for": "id_told"}),
    ]
    assert words(html).startswith("Error: Tick “I told the safeguarding lead”")


def test_date_is_three_boxes_with_the_error_on_the_group():
    form = Everything({"happened_date_day": "30"})
    html = form["happened_date"].as_field_group()

    assert elements(html, "fieldset") == [
        ("fieldset", {"class": "govuk-fieldset", "aria-describedby": "id_happened_date_error"})
    ]
    assert [
        (attrs["name"], attrs["id"], attrs.get("value"), attrs["aria-invalid"])
        for _, attrs in elements(html, "input")
    ] == [
        ("happened_date_day", "id_happened_date_0", "30", "true"),
        ("happened_date_month", "id_happened_date_1", None, "true"),
        ("happened_date_year", "id_happened_date_2", None, "true"),
    ]
    assert form["happened_date"].error_anchor == "id_happened_date_0"  # type: ignore[attr-defined]
    assert words(html) == "When did it happen? Error: Enter a month and a year too. Day Month Year"


def test_file_and_optional_label():
    html = drawn("picture")

    assert elements(html, "input") == [
        (
            "input",
            {"type": "file", "name": "picture", "class": "govuk-file-upload", "id": "id_picture"},
        )
    ]
    assert words(html) == "Picture (optional)"


def test_a_form_may_leave_a_label_unmarked():
    class Quiet(Everything):
        unmarked = ("picture",)

    assert words(Quiet()["picture"].as_field_group()) == "Picture"


def test_password_may_be_shown():
    html = drawn("secret")

    assert elements(html, "div")[0][1]["data-module"] == "govuk-password-input"
    assert elements(html, "button")[0][1]["aria-controls"] == "id_secret"


def test_hidden_field_is_nothing_but_itself():
    assert elements(drawn("token"), "input", "label", "div") == [
        ("input", {"type": "hidden", "name": "token", "id": "id_token"})
    ]


def test_whole_form_draws_every_field_once():
    html = str(Everything())

    names = [attrs["name"] for _, attrs in elements(html, "input", "select", "textarea")]
    assert sorted(set(names)) == sorted(
        {
            "account", "happened_date_day", "happened_date_month", "happened_date_year",
            "noticed_at_day", "noticed_at_month", "noticed_at_time", "noticed_at_year", "person",
            "person_text", "picture", "place", "risks", "secret", "title", "token", "told",
            "year_group",
        }
    )  # fmt: skip
    ids = [attrs["id"] for _, attrs in Elements(html).found if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_written_class_is_kept_beside_ours():
    class Narrow(forms.Form):
        code = CleanCharField(widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}))

    assert elements(Narrow()["code"], "input")[0][1]["class"] == "govuk-input govuk-input--width-5"


# Text ---------------------------------------------------------------------------------------------


def test_text_is_tidied():
    assert Field(CleanCharField()).value("x=++Cafe%CC%81++") == "Café"


def test_long_text_is_refused_with_its_length():
    assert Field(CleanTextField(max_length=1000)).refusal("x=" + "a" * 1234) == [
        "This is 1,234 characters long. Shorten it to 1,000 or fewer."
    ]


def test_lines_of_a_browser_count_as_one_character_each():
    assert Field(CleanTextField(max_length=3)).value("x=a%0D%0Ab") == "a\nb"


@pytest.mark.parametrize("hidden", ["%00", "%07", "%1B", "%C2%85", "%E2%80%AE", "%E2%81%A6"])
@pytest.mark.parametrize("field", [CleanCharField, CleanTextField])
def test_hidden_characters_are_refused(field, hidden):
    assert Field(field()).refusal(f"x=a{hidden}b") == [HIDDEN_CHARACTERS]


def test_one_line_refuses_several():
    assert len(Field(CleanCharField()).refusal("x=a%0Ab")) == 1


def test_optional_text_may_be_empty():
    assert Field(CleanCharField(required=False)).value("x=+++") == ""


# Files --------------------------------------------------------------------------------------------


class Attachments(forms.Form):
    pictures = MultipleFileField(most=2, required=False)


def attached(*names):
    files: MultiValueDict = MultiValueDict(
        {"pictures": [SimpleUploadedFile(name, b"words") for name in names]}
    )
    return Attachments({}, files)


def test_several_files_come_as_a_list():
    form = attached("a.txt", "b.txt")

    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["pictures"]] == ["a.txt", "b.txt"]


def test_too_many_files_are_refused():
    assert attached("a.txt", "b.txt", "c.txt")["pictures"].error_words == [
        "Choose 2 files or fewer. You chose 3."
    ]


def test_no_files_are_an_empty_list():
    form = attached()

    assert form.is_valid()
    assert form.cleaned_data["pictures"] == []
