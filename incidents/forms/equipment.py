"""Forms of devices that are evidence of an incident: to keep one, and to let it go (AST-22)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from assets.models import Asset, Quarantine
from assets.queries.inventory import asset_by_tag
from common.forms import CleanCharField, CleanTextField, Radios
from people.models import School

WAYS = (
    ("in_service", "It goes back into use"),
    ("redundant", "It is no longer wanted"),
    ("police", "The police take it"),
)


class KeepDeviceForm(forms.Form):
    """Which device, why, and where it lies."""

    asset = CleanCharField(
        label="Number on the label of the device",
        help_text="Type it or scan it.",
        max_length=30,
    )
    reason = CleanTextField(
        label="Why is it evidence?",
        help_text="Only those who see this incident read it.",
        max_length=300,
        rows=3,
    )
    place = CleanCharField(
        label="Where is it locked away?",
        help_text="Leave it as it is. Do not switch it on, look through it or let it be used.",
        max_length=120,
    )
    seal = CleanCharField(label="Number of the seal or bag", max_length=60, required=False)

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school

    def clean_asset(self) -> Asset:
        """Return the device of the number."""
        found = asset_by_tag(self.school, self.cleaned_data["asset"])
        if found is None:
            raise ValidationError("No device of the school has this number.")
        return found


class ReleaseDeviceForm(forms.Form):
    """Which device goes where, and why."""

    quarantine = forms.ModelChoiceField(
        label="Which device?",
        queryset=Quarantine.objects.none(),
        widget=Radios,
        empty_label=None,
    )
    after = forms.ChoiceField(label="What becomes of it?", choices=WAYS, widget=Radios)
    why = CleanTextField(label="Why?", max_length=300, rows=3, required=False)
    reference = CleanCharField(
        label="Reference of the police",
        help_text="Only if the police take it.",
        max_length=60,
        required=False,
    )

    def __init__(
        self, *args: Any, devices: QuerySet[Quarantine, Quarantine], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["quarantine"]
        field.queryset = devices
        field.label_from_instance = _in_words
        if len(devices) == 1:
            field.initial = devices[0]

    def clean(self) -> dict[str, Any]:
        """Refuse a release without a reason, and a hand-over without a reference."""
        data = super().clean() or {}
        police = data.get("after") == "police"
        if police and not data.get("reference"):
            self.add_error("reference", "Give the reference of the police.")
        if data.get("after") and not police and not data.get("why"):
            self.add_error("why", "Say why it is evidence no longer.")
        return data


def _in_words(kept: Quarantine) -> str:
    police = f", with the police ({kept.police_reference})" if kept.police_at else ""
    return f"{kept.asset.tag}: {kept.asset.name}, {kept.place}{police}"
