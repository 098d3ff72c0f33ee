"""Forms of restricted rooms and of cameras."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from assets.actions.cameras import LONGEST_RETENTION, CameraDetails
from assets.actions.room_access import Entrant
from assets.forms.answers import yes_no
from assets.forms.own_devices import VersionForm
from assets.models import Camera, Room
from common.forms import (
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    PeopleSource,
    PersonPickerField,
)


class SecuredForm(forms.Form):
    """How a room is kept shut."""

    secured_by = CleanCharField(
        label="How is it kept shut?",
        help_text="For example: locked, keys with the office and the technician.",
        max_length=200,
    )


class RestrictForm(SecuredForm):
    """Which room is restricted from now on."""

    room = forms.ChoiceField(label="Which room?")
    field_order = ("room", "secured_by")

    def __init__(self, *args: Any, rooms: Iterable[Room], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(room.pk): room for room in rooms}
        choice: Any = self.fields["room"]
        choice.choices = [("", "Choose"), *self.by_key.items()]

    def clean_room(self) -> Room:
        """Return the room that was chosen."""
        return self.by_key[self.cleaned_data["room"]]


class AccessForm(forms.Form):
    """Who may enter, why, and when their check was seen (AST-21)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    person = PersonPickerField(
        label="Who of the school?", help_text="Not you: somebody else sees yours.", required=False
    )
    outsider = CleanCharField(
        label="Or who of which firm?",
        help_text="Name and firm of somebody who looks after the servers.",
        max_length=120,
        required=False,
    )
    why = CleanCharField(
        label="Why do they have to enter?",
        help_text="For example: looks after the servers.",
        max_length=200,
    )
    dbs_seen_date = DateBoxesField(
        label="When was their DBS check seen?",
        help_text="Only the day is kept, nothing of what stands in it.",
        latest=timezone.localdate,
    )
    unmarked = ("person", "outsider")

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].source = source  # type: ignore[attr-defined]

    @property
    def entrant(self) -> Entrant:
        """Return who may enter."""
        return Entrant(**{name: self.cleaned_data[name] for name in Entrant.__dataclass_fields__})


class CameraForm(forms.Form):
    """What a camera watches, why, how long it keeps, and who looks (AST-26)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput)
    place = CleanCharField(label="What does it watch?", help_text="The place.", max_length=120)
    purpose = CleanTextField(
        label="What is it for?",
        help_text="For example: safety at the gate, theft after hours.",
        max_length=300,
        rows=2,
    )
    retention_days = forms.IntegerField(
        label="For how many days are recordings kept?",
        help_text="Then they are overwritten. About a month is usual.",
        min_value=1,
        max_value=LONGEST_RETENTION,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    viewers = CleanTextField(
        label="Who may look at recordings?",
        help_text="By role, for example: headteacher, safeguarding lead.",
        max_length=300,
        rows=2,
    )
    notice_date = DateBoxesField(
        label="A notice tells people since",
        help_text="Leave it empty while there is none.",
        latest=timezone.localdate,
        required=False,
    )
    tag = CleanCharField(
        label="Number on its label",
        help_text="Where the camera or its recorder is in the register of equipment.",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )

    def __init__(self, *args: Any, camera: Camera | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["version" if camera is None else "submission"]
        if camera is None:
            return
        for name in ("version", "place", "purpose", "retention_days", "viewers", "notice_date"):
            self.fields[name].initial = getattr(camera, name)
        self.fields["tag"].initial = camera.asset.tag if camera.asset else ""

    @property
    def details(self) -> CameraDetails:
        """Return what was said of it."""
        names = CameraDetails.__dataclass_fields__
        return CameraDetails(**{name: self.cleaned_data[name] for name in names})


class CameraReviewForm(VersionForm):
    """Whether a camera is still needed (AST-26)."""

    note = CleanTextField(
        label="Why is it still needed?",
        help_text="And whether anything has to change. No names.",
        max_length=300,
        rows=3,
    )
    notice_up = yes_no("Is the notice up, and can it be read?")


class CameraEndForm(VersionForm):
    """Why a camera was taken down."""

    why = CleanTextField(label="Why was it taken down?", max_length=300, rows=3)
