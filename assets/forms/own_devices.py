"""Forms of people's own devices and of exemptions."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from assets.vocabulary import DeviceKind, ExemptionKind
from common.forms import (
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)
from people.models import Person


class VersionForm(forms.Form):
    """Base of a deed on a record: it says which version of it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class OwnDeviceForm(forms.Form):
    """What somebody's own device is (AST-13)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(label="What is it?", choices=DeviceKind.choices, widget=Radios)
    make = CleanCharField(label="Make", help_text="For example Samsung.", max_length=60)
    model = CleanCharField(label="Model", max_length=80, required=False)
    serial = CleanCharField(
        label="Serial number",
        help_text="It stands in the settings of the device, or on its back.",
        max_length=80,
        required=False,
    )


class ChildsDeviceForm(OwnDeviceForm):
    """What a parent asks for (MOB-02)."""

    pupil = forms.ChoiceField(label="Which child is it for?", widget=Radios)
    reason = CleanTextField(
        label="Why does your child need it in school?",
        help_text="For example, walking home alone.",
        max_length=300,
        rows=3,
    )
    field_order = ("submission", "pupil", "kind", "make", "model", "serial", "reason")

    def __init__(self, *args: Any, children: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.children = {str(child.pk): child for child in children}
        chosen: Any = self.fields["pupil"]
        chosen.choices = [(pk, child.full_name) for pk, child in self.children.items()]
        if len(self.children) == 1:
            chosen.initial = next(iter(self.children))

    def clean_pupil(self) -> Person:
        """Return the child that was chosen."""
        return self.children[self.cleaned_data["pupil"]]


class DecideDeviceForm(VersionForm):
    """Allow a pupil's device until a day, or refuse it."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=(("allow", "Allow it"), ("refuse", "Refuse it")),
        widget=Radios,
    )
    until_date = DateBoxesField(label="Allowed until", required=False)
    kept_in = CleanCharField(
        label="Where does it lie during the school day?",
        help_text="For example the class cupboard.",
        max_length=120,
        required=False,
    )
    note = CleanTextField(
        label="What the parent should know",
        help_text="If you refuse it, say why. The parent reads this.",
        max_length=300,
        rows=3,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what the decision needs."""
        data = super().clean() or {}
        needed = {
            "allow": {"until_date": "Enter the last day.", "kept_in": "Say where it is kept."},
            "refuse": {"note": "Say why it is not allowed."},
        }
        for name, words in needed.get(data.get("decision", ""), {}).items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, words)
        return data


class ExemptionForm(forms.Form):
    """Who may keep what by them, why, and how long (R-SSC-4)."""

    pupil = PersonPickerField(
        label="Which pupil?", help_text="Start typing, then choose from the list."
    )
    kind = forms.ChoiceField(
        label="Why?",
        help_text="Staff who may take items read this word.",
        choices=ExemptionKind.choices,
        widget=Radios,
    )
    allowed = CleanCharField(
        label="What may the pupil keep and use?",
        help_text="Staff read this too. For example: the phone that shows the blood sugar.",
        max_length=300,
    )
    reason = CleanTextField(
        label="The reason in full",
        help_text="Read only by those who grant exemptions.",
        max_length=500,
        rows=3,
    )
    from_date = DateBoxesField(label="From", initial=timezone.localdate)
    until_date = DateBoxesField(label="Until", help_text="At most a year.")

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pupil"].source = source  # type: ignore[attr-defined]
