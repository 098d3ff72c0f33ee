"""The forms of infringements and steps, which lean on other rows of the ladder."""

import re
from typing import Any

from django import forms

from common.forms import CleanCharField
from policies.document import Change, PolicyDocument
from policies.forms.rows import CHOOSE, NOBODY, NOTHING, RowForm
from policies.vocabulary import AccessScope, Agency, Creates, StepKind, Subject


class InfringementForm(RowForm):
    """An infringement: its words, its category and its flags."""

    section = "infringements"
    label = CleanCharField(label="What the breach is", max_length=240)
    of = forms.ChoiceField(label="Category")
    clause = forms.ChoiceField(label="Clause")
    repeat_of = forms.ChoiceField(
        label="It repeats",
        required=False,
        help_text="The lighter infringement that becomes this one when it happens again.",
    )
    requires_prior_warning = forms.BooleanField(label="Only after a warning", required=False)
    must_act = forms.BooleanField(
        label="It must be acted on",
        required=False,
        help_text="Only the headteacher or the safeguarding lead may close it without action.",
    )
    must_escalate = forms.BooleanField(label="It always goes further", required=False)
    unreported_accident = forms.BooleanField(
        label="It is an accident that nobody was told of", required=False
    )
    note = CleanCharField(label="Note", max_length=300, required=False)
    active = forms.BooleanField(
        label="In use", required=False, initial=True, help_text="Only what is in use can be chosen."
    )

    def opened(self) -> dict[str, Any]:
        """Return the row with the repeated row named in full."""
        values = super().opened()
        if values["repeat_of"]:
            values["repeat_of"] = f"{self.row.subject} {values['repeat_of']}"
        return values

    def prepare(self) -> None:
        """Offer categories and repeats of the same people; none where no category applies."""
        subject = self.row.subject if self.row else ""
        if subject == Subject.ANYONE:
            for name in ("of", "repeat_of", "requires_prior_warning"):
                del self.fields[name]
            return
        categories = [
            (row.identity, _category_label(row))
            for row in self.document.categories
            if subject in {"", row.subject}
        ]
        self.offer("of", categories if self.row else [CHOOSE, *categories])
        self.offer(
            "repeat_of",
            [NOTHING]
            + [
                (row.identity, f"{row.key} {row.label}")
                for row in self.document.infringements
                if row.of and subject in {"", row.subject} and row != self.row
            ],
        )

    def clean(self) -> dict[str, Any]:
        """Refuse to let a pupil's infringement repeat one of staff."""
        values = super().clean() or {}
        repeated, of = values.get("repeat_of"), values.get("of")
        if repeated and of and repeated.split(" ")[0] != of.split(" ")[0]:
            self.add_error("repeat_of", "Choose an infringement of the same people.")
        return values

    def values(self) -> dict[str, Any]:
        """Return the values, with a key of its own for a new row."""
        values = super().values()
        if "repeat_of" in values:
            values["repeat_of"] = values["repeat_of"].rpartition(" ")[2]
        if not self.row:
            values["key"] = _next_key(self.document, values["of"])
        return values


class StepForm(RowForm):
    """A step: whom a case goes to, what it suggests, what it starts."""

    section = "steps"
    of = forms.ChoiceField(label="Belongs to")
    kind = forms.ChoiceField(label="Kind of step")
    label = CleanCharField(label="The step in the school's words", max_length=200)
    when = CleanCharField(
        label="When", max_length=160, required=False, help_text="Leave it empty for always."
    )
    goes_to = forms.ChoiceField(label="The case goes to", required=False)
    sanction = forms.ChoiceField(label="Sanction it suggests", required=False)
    scope = forms.ChoiceField(
        label="What that sanction covers", choices=[NOTHING, *AccessScope.choices], required=False
    )
    creates = forms.ChoiceField(
        label="Record it starts", choices=[NOTHING, *Creates.choices], required=False
    )
    mandatory = forms.BooleanField(label="It must be answered in every case", required=False)
    clause = forms.ChoiceField(label="Clause")
    note = CleanCharField(label="Note", max_length=240, required=False)
    remove = forms.BooleanField(label="Take this step out of the ladder", required=False)

    def opened(self) -> dict[str, Any]:
        """Return the row with its recipient as one answer."""
        role, agency = self.row.role_code, self.row.agency
        goes_to = f"role {role}" if role else f"agency {agency}" if agency else ""
        return super().opened() | {"goes_to": goes_to}

    def prepare(self) -> None:
        """Offer recipients and sanctions; a step stays where it belongs."""
        self.offer(
            "goes_to",
            [
                NOBODY,
                ("People at school", [(f"role {code}", label) for code, label in self.roles]),
                ("Outside", [(f"agency {code}", label) for code, label in Agency.choices]),
            ],
        )
        self.offer(
            "sanction", [NOTHING] + [(row.code, row.label) for row in self.document.sanction_types]
        )
        if self.row:
            del self.fields["of"], self.fields["kind"]
            return
        del self.fields["remove"]
        self.offer(
            "of",
            [
                CHOOSE,
                *((row.identity, _category_label(row)) for row in self.document.categories),
                *((row.key, row.label) for row in self.document.special_cases),
            ],
        )
        self.offer("kind", [CHOOSE, *StepKind.choices])

    def values(self) -> dict[str, Any]:
        """Return the values with the recipient as role or agency."""
        values = super().values()
        values.pop("remove", None)
        kind, _, code = values.pop("goes_to").partition(" ")
        return values | {
            "role_code": code if kind == "role" else "",
            "agency": code if kind == "agency" else "",
        }

    def change(self) -> Change:
        """Return the change, or the removal of the step."""
        if self.cleaned_data.get("remove"):
            return Change(self.section, self.row.identity, remove=True)
        return super().change()


def _category_label(row: Any) -> str:
    people = {"pupil": "Pupils", "staff": "Staff"}[row.subject]
    return f"{people}, category {row.code}: {row.name}"


def _next_key(document: PolicyDocument, of: str) -> str:
    """Return the next free key of a category: PA5 after PA4."""
    subject, _, code = of.partition(" ")
    prefix = f"{subject[0].upper()}{code}"
    used = [
        int(row.key.removeprefix(prefix))
        for row in document.infringements
        if row.subject == subject and re.fullmatch(rf"{prefix}\d+", row.key)
    ]
    return f"{prefix}{max(used, default=0) + 1}"
