"""Forms of the register: a device, its disks, and the deeds on it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from assets.actions.inventory import AssetDetails, MediumDetails
from assets.models import Asset
from assets.vocabulary import KEEPS_DATA, AssetKind, Encryption, MediumKind
from common.forms import (
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)

KEEPING = ", ".join(sorted(kind.label.lower() for kind in KEEPS_DATA))
WIDE = forms.TextInput(attrs={"list": "room-names", "autocomplete": "off"})


class AssetForm(forms.Form):
    """What the register knows of a device (AST-01)."""

    tag = CleanCharField(
        label="Tag", help_text="The number on its label. No two devices share one.", max_length=30
    )
    kind = forms.ChoiceField(label="Kind", choices=[("", "Choose"), *AssetKind.choices])
    make = CleanCharField(label="Make", max_length=60)
    model = CleanCharField(label="Model", max_length=80)
    serial = CleanCharField(label="Serial number", max_length=80, required=False)
    room_name = CleanCharField(
        label="Room",
        help_text="As on the door. A new name makes a new room.",
        max_length=60,
        required=False,
        widget=WIDE,
    )
    holder = PersonPickerField(label="Held by", required=False)
    used_for = CleanCharField(label="Used for", max_length=120, required=False)
    bought_date = DateBoxesField(label="Bought", required=False, latest=timezone.localdate)
    cost = forms.DecimalField(
        label="Cost in pounds",
        max_digits=10,
        decimal_places=2,
        min_value=0,
        required=False,
        localize=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
    )
    supplier = CleanCharField(label="Supplier", max_length=80, required=False)
    warranty_until = DateBoxesField(label="Warranty until", required=False)
    review_date = DateBoxesField(
        label="Next review",
        help_text="The day on which somebody looks whether it still does its job.",
        required=False,
    )
    operating_system = CleanCharField(label="Operating system", max_length=60, required=False)
    support_until = DateBoxesField(
        label="Security updates until",
        help_text="The day on which the maker stops putting right what is found in it.",
        required=False,
    )
    keeps_data = forms.BooleanField(
        label="Personal data may be kept on it",
        help_text=f"True of most of these: {KEEPING}.",
        required=False,
    )
    encryption = forms.ChoiceField(
        label="Encryption", choices=Encryption.choices, initial=Encryption.UNKNOWN, widget=Radios
    )
    antivirus = CleanCharField(label="Antivirus", max_length=60, required=False)
    hazardous = forms.BooleanField(
        label="Hazardous waste when it is disposed of",
        help_text="For example an old screen or a battery unit.",
        required=False,
    )
    reserved = forms.BooleanField(label="Kept for investigations", required=False)
    note = CleanTextField(label="Note", max_length=500, rows=3, required=False)

    parts = (
        (
            "What it is",
            ("tag", "kind", "make", "model", "serial"),
        ),
        ("Where it is", ("room_name", "holder", "used_for")),
        ("Bought", ("bought_date", "cost", "supplier", "warranty_until", "review_date")),
        (
            "Data and safety",
            ("keeps_data", "encryption", "antivirus", "operating_system", "support_until"),
        ),
        ("More", ("hazardous", "reserved", "note")),
    )

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].source = source  # type: ignore[attr-defined]

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields by part, as the page draws them."""
        return [(title, [self[name] for name in names]) for title, names in self.parts]

    @property
    def details(self) -> AssetDetails:
        """Return what was filled in."""
        names = AssetDetails.__dataclass_fields__
        return AssetDetails(**{name: self.cleaned_data[name] for name in names})


class NewAssetForm(AssetForm):
    """A device that is new to the register; sent twice, it is entered once."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class ChangedAssetForm(AssetForm):
    """A device as the register knows it; it says which version was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, asset: Asset, **kwargs: Any) -> None:
        names = AssetDetails.__dataclass_fields__
        initial = {name: getattr(asset, name) for name in names if name != "room_name"}
        initial |= {"room_name": asset.room.name if asset.room else "", "version": asset.version}
        super().__init__(*args, initial=initial, **kwargs)


class VersionForm(forms.Form):
    """Base of every deed on a device: it says which version of it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, asset: Asset, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": asset.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class ServiceForm(VersionForm):
    """What is checked before a device is used (AST-17, AST-18)."""

    encryption = forms.ChoiceField(
        label="Is what is kept on it encrypted?", choices=Encryption.choices, widget=Radios
    )
    antivirus = CleanCharField(
        label="What protects it against viruses?",
        help_text="The product, or why nothing is needed.",
        max_length=60,
        required=False,
    )


class ReasonForm(VersionForm):
    """Why a device is no longer wanted."""

    reason = CleanTextField(label="Why is it no longer wanted?", max_length=500, rows=3)


class MediumForm(forms.Form):
    """A disk, card or chip with its own serial number (R-NIST-2)."""

    kind = forms.ChoiceField(label="What is it?", choices=MediumKind.choices, widget=Radios)
    serial = CleanCharField(
        label="Its serial number",
        help_text="The disk’s own, not that of the device. Wiping is proved by it.",
        max_length=80,
    )
    make = CleanCharField(label="Make", max_length=60, required=False)
    model = CleanCharField(label="Model", max_length=80, required=False)
    gigabytes = forms.IntegerField(
        label="Size in gigabytes",
        min_value=1,
        max_value=1_000_000,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )

    @property
    def details(self) -> MediumDetails:
        """Return what was filled in."""
        return MediumDetails(**self.cleaned_data)


class RemovalForm(forms.Form):
    """Why a disk is no longer in its device."""

    reason = CleanTextField(
        label="Why was it taken out, and where is it now?", max_length=200, rows=3
    )
