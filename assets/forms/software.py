"""Forms of the software: a program with its licence, and where it is installed."""

from typing import Any
from uuid import uuid4

from django import forms

from assets.actions.software import SoftwareDetails
from assets.models import Software
from assets.vocabulary import LicenceKind
from common.forms import CleanCharField, CleanTextField, DateBoxesField, Radios


class SoftwareForm(forms.Form):
    """A program and its licence (AST-02)."""

    title = CleanCharField(label="Title", max_length=100)
    release = CleanCharField(
        label="Release", help_text="For example 2024, or 5.2.", max_length=40, required=False
    )
    publisher = CleanCharField(label="Publisher", max_length=80, required=False)
    supplier = CleanCharField(label="Bought from", max_length=80, required=False)
    licence_kind = forms.ChoiceField(
        label="What is the licence for?", choices=LicenceKind.choices, widget=Radios
    )
    seats = forms.IntegerField(
        label="For how many?",
        help_text="Only where the licence is for a number of computers or people.",
        min_value=0,
        max_value=1_000_000,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )
    licence_number = CleanCharField(
        label="Number of the licence or order", max_length=80, required=False
    )
    expires_date = DateBoxesField(label="Licence until", required=False)
    approved = forms.BooleanField(
        label="The school has approved it",
        help_text="Leave this empty for something found on a device that nobody allowed.",
        required=False,
        initial=True,
    )
    note = CleanTextField(label="Note", max_length=500, rows=3, required=False)

    @property
    def details(self) -> SoftwareDetails:
        """Return what was filled in."""
        names = SoftwareDetails.__dataclass_fields__
        return SoftwareDetails(**{name: self.cleaned_data[name] for name in names})


class NewSoftwareForm(SoftwareForm):
    """A program that is new to the list; sent twice, it is entered once."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class ChangedSoftwareForm(SoftwareForm):
    """A program as it is listed; it says which version was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, software: Software, **kwargs: Any) -> None:
        names = (*SoftwareDetails.__dataclass_fields__, "version")
        kwargs["initial"] = {name: getattr(software, name) for name in names}
        super().__init__(*args, **kwargs)


class EndSoftwareForm(forms.Form):
    """A program is no longer used; there is nothing to say."""


class InstallationForm(forms.Form):
    """The devices a program is on."""

    tags = CleanTextField(
        label="Tags of the devices",
        help_text="One to a line. A hand scanner may be used.",
        max_length=4_000,
        rows=6,
    )

    def clean_tags(self) -> list[str]:
        """Return the tags, one by one."""
        return [tag for tag in self.cleaned_data["tags"].splitlines() if tag.strip()]
