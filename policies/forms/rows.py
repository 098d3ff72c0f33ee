"""What every form for a row of the policy has, and the forms of the plainer rows.

Each form gives the change that makes a new version.
"""

import re
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.text import slugify

from common.forms import Checkboxes, CleanCharField, CleanTextField, Radios
from policies.comparison import row_label
from policies.document import Change, PolicyDocument
from policies.document_rows import SECTIONS
from policies.vocabulary import AccessScope, RiskArea

Choices = Sequence[tuple[str, str]]
CHOOSE = ("", "Choose")
NOTHING = ("", "Nothing")
NOBODY = ("", "Nobody")


class RowForm(forms.Form):
    """What every row's form has: its clause where it has one, and why it is changed."""

    section = ""
    reason = CleanTextField(
        label="Why is the policy changed?",
        max_length=500,
        help_text="Kept with the new version for everyone to read.",
    )

    def __init__(
        self, *args: Any, document: PolicyDocument, roles: Choices, row: Any = None, **kwargs: Any
    ) -> None:
        self.document, self.roles, self.row = document, roles, row
        kwargs["initial"] = self.opened() if row else None
        super().__init__(*args, **kwargs)
        if "clause" in self.fields:
            clauses = [(clause.number, row_label(clause)) for clause in document.clauses]
            self.offer("clause", clauses if row else [CHOOSE, *clauses])
        self.prepare()
        self.fields["reason"] = self.fields.pop("reason")

    def opened(self) -> dict[str, Any]:
        """Return what the form opens with: the row as it is."""
        values = {one.name: getattr(self.row, one.name) for one in fields(SECTIONS[self.section])}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}

    def prepare(self) -> None:
        """Fill in choices and leave out fields that do not fit."""

    def offer(self, name: str, choices: Sequence[Any]) -> None:
        """Give a field its choices."""
        field: Any = self.fields[name]
        field.choices = choices

    def values(self) -> dict[str, Any]:
        """Return the row's new values."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}

    def change(self) -> Change:
        """Return the change this form asks for."""
        return Change(self.section, self.row.identity if self.row else "", self.values())


class ClauseForm(RowForm):
    """A numbered clause."""

    section = "clauses"
    number = CleanCharField(label="Number", max_length=12, help_text="For example 4.2")
    title = CleanCharField(label="Title", max_length=160)
    text = CleanTextField(label="Text", max_length=2000)

    def prepare(self) -> None:
        """Keep the number of a clause that rows point to."""
        if self.row:
            del self.fields["number"]

    def clean_number(self) -> str:
        """Refuse what is no clause number."""
        number: str = self.cleaned_data["number"]
        if not re.fullmatch(r"\d{1,2}(\.\d{1,2}){0,3}", number):
            raise forms.ValidationError("Write the number like 4.2.")
        return number


class CategoryForm(RowForm):
    """A category of the ladder."""

    section = "categories"
    name = CleanCharField(label="Name", max_length=80)
    decided_by = forms.MultipleChoiceField(label="Who may decide", widget=Checkboxes)
    confirmed_by = forms.ChoiceField(label="Who confirms the decision", required=False)
    clause = forms.ChoiceField(label="Clause")

    def prepare(self) -> None:
        """Offer the school's roles."""
        self.offer("decided_by", self.roles)
        self.offer("confirmed_by", [NOBODY, *self.roles])


class SanctionTypeForm(RowForm):
    """A sanction the school uses."""

    section = "sanction_types"
    label = CleanCharField(label="Sanction", max_length=120)
    given_by = forms.MultipleChoiceField(
        label="Who may give it",
        widget=Checkboxes,
        required=False,
        help_text="Leave all empty for whoever may decide the case.",
    )
    needs_end_date = forms.BooleanField(label="It needs a last day", required=False)
    scopes = forms.MultipleChoiceField(
        label="What it may cover", choices=AccessScope.choices, widget=Checkboxes, required=False
    )
    warning = CleanCharField(label="Warning before it is confirmed", max_length=240, required=False)
    clause = forms.ChoiceField(label="Clause")

    def prepare(self) -> None:
        """Offer the school's roles."""
        self.offer("given_by", self.roles)

    def values(self) -> dict[str, Any]:
        """Return the values, with a code of its own for a new row."""
        values = super().values()
        return values if self.row else values | {"code": _code(values["label"])}


class SpecialCaseForm(RowForm):
    """A special case: its words and whether it is in use."""

    section = "special_cases"
    label = CleanCharField(label="Special case", max_length=160)
    handling = CleanTextField(label="What to do and not to do", max_length=400, required=False)
    otherwise = CleanTextField(label="When it does not apply", max_length=400, required=False)
    clause = forms.ChoiceField(label="Clause")
    active = forms.BooleanField(label="In use", required=False)


class ThemeForm(RowForm):
    """A theme of online risk and what choosing it sets off."""

    section = "themes"
    label = CleanCharField(label="Theme", max_length=120)
    area = forms.ChoiceField(label="Area of risk", choices=RiskArea.choices, widget=Radios)
    serious_harm = forms.BooleanField(
        label="Serious harm is possible",
        required=False,
        help_text="Alerts the safeguarding lead.",
    )
    illegal = forms.BooleanField(
        label="It is illegal", required=False, help_text="Starts the referrals that are due."
    )
    indecent_imagery = forms.BooleanField(
        label="It may involve indecent images of children",
        required=False,
        help_text="Refuses every upload to the case.",
    )
    must_act = forms.BooleanField(label="It must be acted on", required=False)
    active = forms.BooleanField(label="In use", required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        """Refuse indecent imagery that is not marked as serious."""
        values = super().clean() or {}
        if values.get("indecent_imagery") and not values.get("serious_harm"):
            self.add_error("serious_harm", "Indecent images of children are always serious harm.")
        return values

    def values(self) -> dict[str, Any]:
        """Return the values, with a key of its own for a new row."""
        values = super().values()
        return values if self.row else values | {"key": _code(values["label"])}


def _code(label: str) -> str:
    return slugify(label).replace("-", "_")[:40].strip("_") or "row"
