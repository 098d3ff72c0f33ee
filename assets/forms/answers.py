"""Questions that are answered by one of two words."""

from django import forms

from common.forms import Radios


def yes_no(
    label: str, *, yes: str = "Yes", no: str = "No", help_text: str = ""
) -> forms.TypedChoiceField:
    """Return a question that is answered by one of two words; neither is chosen beforehand."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=(("yes", yes), ("no", no)),
        coerce=lambda value: value == "yes",
        widget=Radios,
    )
