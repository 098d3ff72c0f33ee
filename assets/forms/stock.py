"""Forms of a stock-take: its name, a tag that was scanned or typed, and the room."""

from typing import Any

from django import forms

from common.forms import CleanCharField


class StockTakeForm(forms.Form):
    """A new stock-take."""

    name = CleanCharField(label="Name", help_text="For example Autumn 2026.", max_length=80)


class TagForm(forms.Form):
    """A tag, from a hand scanner, a telephone or the keyboard."""

    tag = CleanCharField(
        label="Tag",
        help_text="Scan the label, or type what it says.",
        max_length=300,
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "off", "class": "govuk-input--width-20"}
        ),
    )

    def clean_tag(self) -> str:
        """Return the tag; of a scanned address its last part."""
        text: str = self.cleaned_data["tag"]
        return text.partition("/equipment/scan/")[2].strip("/") or text


class RoomForm(forms.Form):
    """The room in which somebody stands."""

    room = forms.ChoiceField(label="Which room are you in?")

    def __init__(self, *args: Any, rooms: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["room"]
        chosen.choices = [*rooms, (0, "No room")]


class CloseForm(forms.Form):
    """Closing a stock-take as it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
