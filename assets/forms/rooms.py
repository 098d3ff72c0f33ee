"""Forms of rooms: another name, and an end."""

from typing import Any

from django import forms

from assets.models import Room
from common.forms import CleanCharField


class RoomEndForm(forms.Form):
    """Ending a room as it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, room: Room, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": room.version, "name": room.name}
        super().__init__(*args, **kwargs)


class RoomNameForm(RoomEndForm):
    """Another name for a room."""

    name = CleanCharField(label="Name", help_text="As it stands on the door.", max_length=60)
