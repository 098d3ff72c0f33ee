"""How a duty was met, as a form."""

from django import forms

from common.forms import CleanTextField, Radios
from reminders.models import DutyOccurrence

State = DutyOccurrence.State
RESULTS = [(code.value, code.label) for code in (State.MET, State.PARTLY, State.NOT_MET)]


class AttestForm(forms.Form):
    """Met, partly met or not met, with what was found, what follows, and a file that shows it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    result = forms.ChoiceField(
        label="I have checked this. Was it met?",
        choices=RESULTS,
        widget=Radios(hints={"not_met": "The headteacher is told at once."}),
    )
    note = CleanTextField(
        label="What did you find?",
        help_text="Needed when it was partly met or not met. Leave out names of pupils.",
        max_length=1_000,
        rows=4,
        required=False,
    )
    action = CleanTextField(
        label="What will be done about it, by whom and when?",
        help_text="Needed when it was partly met or not met.",
        max_length=500,
        rows=3,
        required=False,
    )
    upload = forms.FileField(
        label="A file that shows it", required=False, help_text="For example a report or minutes."
    )

    def clean(self) -> dict[str, object]:
        """What was not fully met needs both a finding and an action (ROL-19)."""
        data: dict[str, object] = super().clean() or self.cleaned_data
        if data.get("result") in {State.PARTLY, State.NOT_MET}:
            for name, words in (
                ("note", "Say what you found."),
                ("action", "Say what will be done about it."),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return data
