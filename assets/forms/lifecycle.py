"""Forms of loans, upkeep, evidence and losses."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from assets.forms.answers import yes_no
from assets.forms.own_devices import VersionForm
from assets.models import Loan, Upkeep
from assets.vocabulary import CHECKS, Condition, LoanUse, LossKind, PhoneFeature, UpkeepKind
from common.forms import (
    Checkboxes,
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    DateTimeBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)

PICK = "Start typing, then choose from the list."


class LoanForm(VersionForm):
    """To whom a device is lent, for what, until when, and in what state (AST-10, AST-14)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    borrower = PersonPickerField(label="Who borrows it?", help_text=PICK)
    use = forms.ChoiceField(label="What for?", choices=LoanUse.choices, widget=Radios)
    activity = CleanCharField(
        label="Which activity?",
        help_text="Only for an activity or a trip. For example: Year 5 walk to the river.",
        max_length=120,
        required=False,
    )
    features = forms.MultipleChoiceField(
        label="What is switched on?",
        help_text="For a phone that goes to an activity. Switch everything else off first.",
        choices=PhoneFeature.choices,
        widget=Checkboxes,
        required=False,
    )
    permitted = CleanTextField(
        label="What they may do with it",
        help_text="For example: work for the school only. The borrower reads this.",
        max_length=300,
        rows=2,
        required=False,
    )
    supervised_by = PersonPickerField(
        label="Who of the staff is with the pupil?",
        help_text=f"Only when a pupil takes it to an activity. {PICK}",
        required=False,
    )
    due_date = DateBoxesField(label="Back by")
    condition_out = forms.ChoiceField(
        label="In what state is it?", choices=Condition.choices[:3], widget=Radios, initial="good"
    )
    with_it = CleanCharField(
        label="What goes with it",
        help_text="For example charger, bag.",
        max_length=200,
        required=False,
    )
    protected_data = forms.BooleanField(
        label="It is used for protected data",
        help_text="It then counts as a device with data for good, also when it is disposed of.",
        required=False,
    )

    def __init__(
        self, *args: Any, borrowers: PeopleSource, staff: PeopleSource, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["borrower"].source = borrowers  # type: ignore[attr-defined]
        self.fields["supervised_by"].source = staff  # type: ignore[attr-defined]


class ExtendForm(VersionForm):
    """Until when a device is lent instead, and why."""

    due_date = DateBoxesField(label="Back by")
    reason = CleanTextField(
        label="Why is it lent for longer?",
        help_text="No names. The borrower and everybody who sees the register read this.",
        max_length=200,
        rows=2,
    )


class ReturnForm(VersionForm):
    """In what state a device comes back, and whose data is off it (AST-10)."""

    condition = forms.ChoiceField(
        label="In what state is it?", choices=Condition.choices, widget=Radios
    )
    note = CleanTextField(
        label="What you noticed", help_text="Damage, missing parts.", max_length=500, required=False
    )
    data_removed = forms.BooleanField(
        label="I wiped it: nothing of the borrower’s is on it", required=False
    )

    def __init__(self, *args: Any, loan: Loan, **kwargs: Any) -> None:
        super().__init__(*args, version=loan.version, **kwargs)
        if loan.data_removed_at or not loan.asset.keeps_data or loan.asset.state == "lost":
            del self.fields["data_removed"]
        if loan.asset.state == "lost":
            note: Any = self.fields["note"]
            note.required, note.label = True, "What was agreed with the borrower?"
            note.help_text = "The device is lost. This ends the loan, not the search."
            del self.fields["condition"]


class UpkeepForm(VersionForm):
    """Why a device goes away, to whom, and when it is back (AST-19)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(label="What is done?", choices=UpkeepKind.choices, widget=Radios)
    reason = CleanTextField(
        label="What is wrong, or what is checked?", help_text="No names.", max_length=500, rows=3
    )
    supplier = CleanCharField(label="Who does it?", max_length=80, required=False)
    back_due_date = DateBoxesField(label="Back by", required=False)


class UpkeepDoneForm(VersionForm):
    """What came of it, whether it passed if it was a check, and when the next one is due."""

    result = CleanTextField(
        label="What was found and done?", help_text="No names.", max_length=500, rows=3
    )
    passed = yes_no("Is the device in order?")
    next_date = DateBoxesField(label="Next check due", required=False)

    def __init__(self, *args: Any, upkeep: Upkeep | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if upkeep is None or upkeep.kind not in CHECKS:
            del self.fields["passed"]


class LossForm(forms.Form):
    """How a device went, where it was last, and what was on it."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(label="Is it lost or stolen?", choices=LossKind.choices, widget=Radios)
    noticed_at = DateTimeBoxesField(
        label="When was it noticed?", latest=timezone.localdate, initial=timezone.now
    )
    last_seen = CleanCharField(label="Where was it last?", max_length=200)
    what = CleanTextField(label="What happened?", max_length=1_000, rows=3)
    data = CleanTextField(  # type: ignore[assignment]
        label="What data may be on it?",
        help_text="For example class photographs, mail. Was it locked with a PIN or password?",
        max_length=500,
        rows=3,
        required=False,
    )
    police_reference = CleanCharField(
        label="Crime number, if the police know", max_length=60, required=False
    )

    def clean_noticed_at(self) -> Any:
        """Refuse a moment that has not come."""
        if self.cleaned_data["noticed_at"] > timezone.now():
            raise ValidationError("The date and time cannot be in the future.")
        return self.cleaned_data["noticed_at"]


class LossByTagForm(LossForm):
    """The same, for whoever has only the number on the label in mind."""

    tag = CleanCharField(
        label="Number on its label",
        help_text="If you do not know it, ask the office or the technician.",
        max_length=30,
    )
    field_order = ("submission", "tag")


class FoundForm(VersionForm):
    """Where a lost device was found."""

    note = CleanTextField(
        label="Where was it, and in what state?", help_text="No names.", max_length=300, rows=3
    )


class SettleForm(forms.Form):
    """Why a loss needs no incident."""

    reason = CleanTextField(
        label="Why is no incident needed?",
        help_text="For example: it is encrypted, locked with a PIN, and was wiped from afar.",
        max_length=300,
        rows=3,
    )


class CaseForm(forms.Form):
    """The case a device is evidence for."""

    reference = forms.RegexField(
        regex=r"^\d{4}-\d{4,}$",
        label="Number of the incident",
        help_text="For example 2026-0042. You may keep evidence only for a case that is yours.",
        max_length=12,
        error_messages={"invalid": "Type the number as it stands on the incident."},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
