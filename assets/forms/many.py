"""Forms of one step for many devices: which they are stands in the form, as it was seen."""

from typing import Any
from uuid import uuid4

from django import forms

from assets.actions.many import Move, Service
from assets.vocabulary import Encryption
from common.forms import CleanCharField, Radios

AS_IT_IS = ("", "As the register says of each")


class ManyForm(forms.Form):
    """Base of every step for many devices; sent twice, it is done once."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    keys = forms.RegexField(r"^\d{1,18}(,\d{1,18})*$", widget=forms.HiddenInput)

    def __init__(self, *args: Any, keys: list[int], **kwargs: Any) -> None:
        kwargs["initial"] = {"keys": ",".join(str(key) for key in keys)}
        super().__init__(*args, **kwargs)

    def clean_keys(self) -> list[int]:
        """Return the numbers of the devices, each once."""
        return list(dict.fromkeys(int(key) for key in self.cleaned_data["keys"].split(",")))


class ManyServiceForm(ManyForm):
    """What is checked before they are used (AST-17, AST-18)."""

    encryption = forms.ChoiceField(
        label="Is what is kept on them encrypted?",
        choices=[AS_IT_IS, *[one for one in Encryption.choices if one[0] in {"yes", "no"}]],
        widget=Radios,
        initial="",
        required=False,
    )
    antivirus = CleanCharField(
        label="What protects them against viruses?",
        help_text="The product, or why nothing is needed. Empty: as the register says of each.",
        max_length=60,
        required=False,
    )
    unmarked = ("encryption",)

    @property
    def change(self) -> Service:
        """Return what was filled in."""
        return Service(self.cleaned_data["encryption"], self.cleaned_data["antivirus"])


class ManyMoveForm(ManyForm):
    """The room to which they go."""

    room_name = CleanCharField(
        label="Room",
        help_text="As on the door. A new name makes a new room.",
        max_length=60,
        widget=forms.TextInput(attrs={"list": "room-names", "autocomplete": "off"}),
    )

    @property
    def change(self) -> Move:
        """Return what was filled in."""
        return Move(self.cleaned_data["room_name"])
