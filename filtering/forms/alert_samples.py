"""The form of a second look at a false alarm."""

from django import forms

from common.forms import CleanTextField


class SampleForm(forms.Form):
    """Whether it was a false alarm, and why."""

    agrees = forms.TypedChoiceField(
        label="Was it a false alarm?",
        choices=(("yes", "Yes"), ("no", "No, somebody has to look at it again")),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    note = CleanTextField(
        label="What did you see?",
        help_text="Say why, if it was not a false alarm.",
        max_length=500,
        rows=3,
        required=False,
    )
