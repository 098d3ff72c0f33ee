"""Forms of disposals. Each deed carries the version its page was opened with."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from assets.models import Asset, DisposalBatch, DisposalCompany
from assets.vocabulary import Condition, Route
from common.forms import (
    Checkboxes,
    CleanCharField,
    CleanTextField,
    DateTimeBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)

ROUTE_HINTS = {
    "recycle": "The company may wipe what the school could not.",
    "destroy": "The company shreds storage media. The school wipes them first.",
    "resale": "Every storage medium is wiped by the school before it leaves.",
    "donation": "Every storage medium is wiped by the school before it leaves.",
    "return": "Every storage medium is wiped by the school before it leaves.",
}
DECISIONS = (
    ("approve_disposal", "Approve it as it stands"),
    ("return_disposal", "Send it back to be changed"),
    ("refuse_disposal", "Refuse it"),
)


class DisposalForm(forms.Form):
    """What is to become of things, who takes them, and why."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput)
    route = forms.ChoiceField(
        label="What is to become of them?", choices=Route.choices, widget=Radios(hints=ROUTE_HINTS)
    )
    company = forms.ChoiceField(
        label="Which company takes them?",
        help_text="Only companies that are approved and in force can be chosen.",
        required=False,
    )
    recipient = CleanCharField(
        label="Or who else gets them?",
        help_text="For what is given away or returned.",
        max_length=200,
        required=False,
    )
    reason = CleanTextField(label="Why are they no longer wanted?", max_length=500, rows=3)
    unmarked = ("company", "recipient")

    def __init__(
        self,
        *args: Any,
        companies: Iterable[DisposalCompany],
        batch: DisposalBatch | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.companies = {str(one.pk): one for one in companies}
        chosen: Any = self.fields["company"]
        chosen.choices = [("", "No company of the register"), *self.companies.items()]
        del self.fields["version" if batch is None else "submission"]
        if batch:
            for name in ("version", "route", "recipient", "reason"):
                self.fields[name].initial = getattr(batch, name)
            chosen.initial = str(batch.company_id or "")

    def clean_company(self) -> DisposalCompany | None:
        """Return the company that was chosen, if any."""
        return self.companies.get(self.cleaned_data["company"])


class DevicesForm(forms.Form):
    """Devices to put in: ticked in a list, or by their tags."""

    chosen = forms.MultipleChoiceField(
        label="Devices that are no longer wanted", widget=Checkboxes, required=False
    )
    tags = CleanTextField(
        label="Or type or scan their tags",
        help_text="One on each line.",
        max_length=4_000,
        rows=3,
        required=False,
    )
    condition = forms.ChoiceField(
        label="In what condition are they?",
        choices=Condition.choices,
        widget=Radios,
        initial=Condition.WORN,
    )
    unmarked = ("chosen", "tags")

    def __init__(self, *args: Any, devices: Iterable[Asset], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        field.choices = [(one.tag, f"{one.tag}: {one.name}") for one in devices]
        if not field.choices:
            del self.fields["chosen"]

    @property
    def told(self) -> dict[str, Any]:
        """Return what the action takes."""
        data = self.cleaned_data
        tags = [*data.get("chosen", []), *data["tags"].splitlines()]
        return {"tags": tags, "condition": data["condition"]}


class BatchForm(forms.Form):
    """Base of every deed that depends on what was seen; by itself a deed without questions."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, batch: DisposalBatch, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": batch.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class WithdrawForm(BatchForm):
    """Why a disposal is withdrawn."""

    reason = CleanTextField(label="Why?", max_length=500, rows=3)


class DecideForm(BatchForm):
    """Approve, send back or refuse."""

    decision = forms.ChoiceField(label="What do you decide?", choices=DECISIONS, widget=Radios)
    note = CleanTextField(
        label="Reason",
        help_text="You may leave it empty when you approve.",
        max_length=500,
        rows=3,
        required=False,
    )
    unmarked = ("note",)

    def clean(self) -> dict[str, Any]:
        """Refuse silence where somebody waits for a reason."""
        data = super().clean() or {}
        if data.get("decision") not in {None, "approve_disposal"} and not data.get("note"):
            self.add_error("note", "Write down the reason, or what has to be changed.")
        return data


class HandOverForm(BatchForm):
    """What two people saw when the devices were fetched."""

    count = forms.IntegerField(
        label="How many devices went out?",
        help_text="Count them at the door. Do not copy the number.",
        min_value=0,
        max_value=10_000,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )
    collected_at = DateTimeBoxesField(label="When were they collected?")
    collected_by = CleanCharField(label="Who came for them?", max_length=100)
    witness = PersonPickerField(
        label="Who stood there with you?",
        help_text="Somebody of your staff. Start typing, then choose from the list.",
    )
    tracking_reference = CleanCharField(
        label="Waste tracking reference", max_length=60, required=False
    )

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["witness"].source = source
        fields["collected_at"].initial = timezone.now()


class BreachForm(forms.Form):
    """What was done about papers that never came."""

    note = CleanTextField(
        label="What was done?",
        help_text="Whom you asked, and whether it counts as a data breach. Write no case details.",
        max_length=300,
        rows=4,
    )
