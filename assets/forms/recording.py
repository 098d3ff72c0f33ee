"""Forms of permissions to record with one's own device."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from assets.forms.own_devices import VersionForm
from assets.models import PersonalDevice
from common.forms import (
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    DateTimeBoxesField,
    Radios,
)


class AskRecordingForm(forms.Form):
    """With which device, what for, and from when to when (MOB-05)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    device = forms.ChoiceField(label="With which device of yours?", widget=Radios)
    purpose = CleanTextField(
        label="What do you want to record, and what for?",
        help_text="No names of pupils.",
        max_length=300,
        rows=3,
    )
    from_date = DateBoxesField(label="From", initial=timezone.localdate)
    until_date = DateBoxesField(label="Until", help_text="It ends by itself on this day.")

    def __init__(self, *args: Any, devices: Iterable[PersonalDevice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.devices = {str(device.pk): device for device in devices}
        chosen: Any = self.fields["device"]
        chosen.choices = [(pk, str(device)) for pk, device in self.devices.items()]
        if len(self.devices) == 1:
            chosen.initial = next(iter(self.devices))

    def clean_device(self) -> PersonalDevice:
        """Return the device that was chosen."""
        return self.devices[self.cleaned_data["device"]]


class DecideRecordingForm(VersionForm):
    """The headteacher's decision."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=(("allow", "Allow it"), ("refuse", "Refuse it")),
        widget=Radios,
    )
    note = CleanTextField(
        label="What the person should know",
        help_text="If you refuse it, say why. The person reads this.",
        max_length=300,
        rows=3,
        required=False,
    )


class WithdrawRecordingForm(VersionForm):
    """Why a permission is taken back."""

    why = CleanTextField(
        label="Why?", help_text="The person reads this at once.", max_length=300, rows=3
    )


class NoteRecordingForm(VersionForm):
    """What was seen."""

    text = CleanTextField(
        label="What did you see?", help_text="No names of pupils.", max_length=500, rows=4
    )


class UseRecordingForm(VersionForm):
    """When somebody recorded, and what."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    used_date = DateBoxesField(
        label="On which day?", initial=timezone.localdate, latest=timezone.localdate
    )
    what = CleanCharField(
        label="What did you record?", help_text="No names of pupils.", max_length=300
    )


class DeletionForm(forms.Form):
    """Where the pictures are now, and when they were deleted from the device (MOB-08)."""

    moved_to = CleanCharField(
        label="Where did you move them to?",
        help_text="A place of the school, for example the shared drive.",
        max_length=120,
    )
    deleted_at = DateTimeBoxesField(
        label="When did you delete them from your device?",
        help_text="Look in its cloud and its bin too.",
        latest=timezone.localdate,
        initial=timezone.now,
    )
