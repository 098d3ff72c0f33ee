"""Forms of reviews (R-FM-2)."""

from typing import Any

from django import forms
from django.utils import timezone

from common.forms import (
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)
from filtering.forms.oversight import SeenForm
from filtering.models import Review
from filtering.showing.review_text import PARTS
from filtering.vocabulary import Capacity, Trigger

TRIGGER_HINTS = {
    Trigger.ANNUAL: "Due by the end of the school year, and once in it.",
    Trigger.RISK: "Something has shown a risk to children that the filter or monitoring must meet.",
    Trigger.REMOTE: "Pupils or staff begin to work from elsewhere, or bring their own devices.",
    Trigger.TECHNOLOGY: "Something new is brought in. Entering a product opens this by itself.",
    Trigger.AI_TOOL: "A tool with generative AI is brought in.",
    Trigger.UPDATE: "The filter or the monitoring gets a new major version.",
    Trigger.CONFIGURATION: "Rules, networks or profiles are laid out anew.",
    Trigger.INCIDENT: "An incident has shown that the filter or monitoring failed or was missing.",
}
CAPACITY_HINTS = {
    Capacity.LEADER: "Headteacher, deputy or another senior leader.",
    Capacity.SAFEGUARDING: "Safeguarding lead or online safety lead.",
    Capacity.IT: "Technician, network manager or filtering manager.",
    Capacity.GOVERNOR: "Online-safety governor or chair.",
}


class ReviewForm(forms.Form):
    """Why a review is opened."""

    trigger = forms.ChoiceField(
        label="Why is it reviewed?", choices=Trigger.choices, widget=Radios(hints=TRIGGER_HINTS)
    )
    trigger_words = CleanTextField(
        label="What happened?",
        help_text="In a sentence, naming nobody. Not needed for the yearly review.",
        max_length=500,
        rows=2,
        required=False,
    )
    incident_reference = CleanCharField(
        label="Number of the incident, if there is one",
        help_text="For example 2026-0042",
        max_length=12,
        required=False,
    )
    unmarked = ("trigger_words", "incident_reference")

    def clean(self) -> dict[str, Any]:
        """Refuse an event without a word about it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        event = data.get("trigger") not in {None, Trigger.ANNUAL}
        if event and not data.get("trigger_words") and "trigger_words" not in self.errors:
            self.add_error("trigger_words", "Say what happened.")
        return data


class ReviewWriteForm(SeenForm):
    """The text of a review, part by part."""

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        kwargs["initial"] = {field: getattr(review, field) for field, _, _ in PARTS}
        super().__init__(*args, version=review.version, **kwargs)
        for field, heading, hint in PARTS:
            column: Any = Review._meta.get_field(field)
            self.fields[field] = CleanTextField(
                label=heading, help_text=hint, max_length=column.max_length, rows=5, required=False
            )
        self.unmarked = tuple(field for field, _, _ in PARTS)


class ParticipantForm(SeenForm):
    """Who takes part, and as what they will sign."""

    person = PersonPickerField(label="Who takes part?")
    capacity = forms.ChoiceField(
        label="As what do they sign?",
        choices=Capacity.choices,
        widget=Radios(hints=CAPACITY_HINTS),
    )

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].source = source  # type: ignore[attr-defined]


class ReviewActionForm(SeenForm):
    """What has to be done, by whom and when."""

    words = CleanTextField(
        label="What has to be done?",
        help_text="The owner reads these words. Name no child here.",
        max_length=500,
        rows=3,
    )
    owner = PersonPickerField(label="Who does it?")
    due_date = DateBoxesField(label="By when?", earliest=timezone.localdate)

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].source = source  # type: ignore[attr-defined]


class ReviewDoneForm(forms.Form):
    """What was done about an action."""

    note = CleanTextField(label="What was done?", max_length=500, rows=3)


class ReviewSignForm(SeenForm):
    """The signature: that the text as it stands on this page was read."""

    seen_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    agreed = forms.BooleanField(
        error_messages={"required": "Tick the box to say that you have read it."}
    )

    def __init__(self, *args: Any, text_hash: str, capacity: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen_hash": text_hash}, **kwargs)
        self.fields["agreed"].label = f"I have read this review and sign it as “{capacity}”."
