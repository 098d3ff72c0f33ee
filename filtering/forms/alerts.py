"""Forms of alerts: entering one, and the deeds, each with the version its page showed."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from common.forms import (
    CleanCharField,
    CleanTextField,
    DateTimeBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)
from filtering.intake.writing import Reported
from filtering.models import Alert
from filtering.vocabulary import Severity, Verdict

FACTS = ("happened_at", "severity", "rule", "term", "address", "device", "device_ip", "user_name")
NEVER_PICTURES = "Words only. Never paste a picture, and do not quote anything sexual or violent."


class AlertForm(forms.Form):
    """An alert somebody was told of by telephone, mail or on paper."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    happened_at = DateTimeBoxesField(label="When did it happen?", latest=timezone.localdate)
    severity = forms.TypedChoiceField(
        label="How urgent is it?",
        choices=Severity.choices,
        coerce=int,
        widget=Radios(
            hints={
                Severity.URGENT: "Somebody may be in danger now",
                Severity.HIGH: "It needs somebody within the hour",
                Severity.ROUTINE: "It can wait until the next school day",
            }
        ),
    )
    person = PersonPickerField(label="Who was it?", required=False)
    user_name = CleanCharField(label="User name", max_length=120, required=False)
    device = CleanCharField(label="Device", max_length=120, required=False)
    device_ip = forms.GenericIPAddressField(label="IP address of the device", required=False)
    rule = CleanCharField(label="Rule or theme", max_length=120, required=False)
    term = CleanCharField(label="What was searched for or written", max_length=300, required=False)
    address = CleanCharField(label="Web address or program", max_length=500, required=False)
    graphic = forms.BooleanField(label="There was graphic content", required=False)
    note = CleanTextField(
        label="What else should be known?",
        help_text=NEVER_PICTURES,
        max_length=1_000,
        rows=4,
        required=False,
    )

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"submission": uuid4()})
        super().__init__(*args, **kwargs)
        self.fields["person"].source = source  # type: ignore[attr-defined]

    def reported(self) -> Reported:
        """Return what was entered."""
        found = {name: self.cleaned_data[name] for name in (*FACTS, "graphic", "note")}
        return Reported(**found | {"device_ip": found["device_ip"] or None})


class AlertDeedForm(forms.Form):
    """Base of every deed: tells the action which version was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, alert: Alert, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": alert.version}
        super().__init__(*args, **kwargs)


class TriageForm(AlertDeedForm):
    """A verdict and its reason."""

    verdict = forms.ChoiceField(
        label="What is it?",
        choices=Verdict.choices,
        widget=Radios(
            hints={
                Verdict.TRUE: "You raise an incident from it next",
                Verdict.FALSE: "It ends here. Some false alarms are checked again each term",
                Verdict.UNCLEAR: "It stays open, and what you found so far is kept",
            }
        ),
    )
    reason = CleanTextField(
        label="Why do you think so?",
        help_text=f"A false alarm needs a reason. {NEVER_PICTURES}",
        max_length=1_000,
        rows=4,
        required=False,
    )


class IdentifyForm(AlertDeedForm):
    """Who was signed in."""

    person = PersonPickerField(label="Who was signed in?")

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].source = source  # type: ignore[attr-defined]


class AlertActionForm(AlertDeedForm):
    """What was done at once."""

    text = CleanTextField(
        label="What was done?",
        help_text="For example: the screen was locked, a message was sent, a word with the pupil.",
        max_length=1_000,
        rows=4,
    )


class BatchForm(forms.Form):
    """One reason for several false alarms."""

    reason = CleanTextField(
        label="Why are these false alarms?",
        help_text="The reason is kept with each of them.",
        max_length=1_000,
        rows=3,
    )
