"""Forms of those who look after signing: systems, overrides."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from agreements.actions.access import LONGEST_OVERRIDE_DAYS
from common.forms import Checkboxes, CleanTextField, DateBoxesField, PeopleSource, PersonPickerField


class CountersignForm(forms.Form):
    """Name the systems somebody may use (AGR-11)."""

    systems = forms.MultipleChoiceField(
        label="Which systems may they use?",
        widget=Checkboxes,
        error_messages={"required": "Tick at least one system."},
    )

    def __init__(self, *args: Any, systems: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["systems"].choices = [(one, one) for one in systems]  # type: ignore[attr-defined]


class OverrideForm(forms.Form):
    """Let somebody have an account before they have signed (AGR-05)."""

    person = PersonPickerField(label="Who?")
    reason = CleanTextField(label="Why before they have signed?", max_length=400, rows=3)
    until_date = DateBoxesField(
        label="Until when?",
        help_text=f"At most {LONGEST_OVERRIDE_DAYS} days from now.",
        earliest=timezone.localdate,
        latest=lambda: timezone.localdate() + timedelta(days=LONGEST_OVERRIDE_DAYS),
    )

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].source = source  # type: ignore[attr-defined]
