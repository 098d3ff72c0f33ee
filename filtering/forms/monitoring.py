"""Forms of the weekly monitoring report (FIL-19)."""

from typing import Any

from django import forms

from common.forms import CleanTextField, Radios
from filtering.forms.oversight import SeenForm


class MonitoringNoteForm(SeenForm):
    """What a look through the logs showed."""

    text = CleanTextField(
        label="What did the look through the logs show?",
        help_text="Filter logs, monitoring, and attempts to get round them. Name no pupil here: "
        "what is about somebody is a finding or an incident.",
        max_length=2_000,
        rows=6,
    )


class FindingForm(SeenForm):
    """One thing found in the logs."""

    text = CleanTextField(label="What was found?", max_length=1_000, rows=4)
    breach = forms.ChoiceField(
        label="Does it break the rules?",
        choices=(("yes", "Yes"), ("no", "No, but it should be known")),
        widget=Radios,
    )

    def clean_breach(self) -> bool:
        """Return it as yes or no."""
        return bool(self.cleaned_data["breach"] == "yes")


class MonitoringSignForm(SeenForm):
    """What broke the rules in a week and what was done; the figures are frozen with it."""

    breaches = CleanTextField(
        label="What broke the rules this week?",
        help_text="Leave it empty if nothing did.",
        max_length=2_000,
        rows=4,
        required=False,
    )
    actions = CleanTextField(
        label="What was done about it?", max_length=2_000, rows=4, required=False
    )
    without_look = forms.BooleanField(
        label="IT has not looked through the logs this week, and I sign without it",
        required=False,
    )
    unmarked = ("breaches", "actions")

    def __init__(self, *args: Any, looked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if looked:
            del self.fields["without_look"]

    def clean(self) -> dict[str, Any]:
        """Say plainly whether it is signed without a look by IT."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        return {"without_look": False, **data}
