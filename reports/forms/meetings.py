"""Forms of meetings on online safety: planned, recorded, with what they ask for."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from common.forms import Checkboxes, CleanCharField, CleanTextField, DateBoxesField, Radios
from people.models import Person
from reports.conditions.meetings import kinds_for
from reports.forms.reviews import SeenForm
from reports.models import Meeting


class MeetingForm(forms.Form):
    """Who meets, and when."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Who meets?", widget=Radios)
    committee = CleanCharField(
        label="Name of the committee",
        help_text="Only for a committee, for example “Safeguarding committee”.",
        max_length=80,
        required=False,
    )
    on_date = DateBoxesField(label="When?", help_text="To come, or past if it is to be recorded.")

    def __init__(self, *args: Any, powers: Collection[str], **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid4()}
        super().__init__(*args, **kwargs)
        seen = kinds_for(powers)
        choices = [one for one in Meeting.Kind.choices if one[0] in seen]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


class MeetingHoldForm(SeenForm):
    """What a meeting was about and who took part."""

    on_date = DateBoxesField(label="When was the meeting?", latest=timezone.localdate)
    attendees = forms.ModelMultipleChoiceField(
        label="Who took part?", queryset=Person.objects.none(), widget=Checkboxes
    )
    items = CleanTextField(
        label="What was talked about?",
        help_text="Issues, trends, logs and reports looked at, what was agreed. Name no child.",
        max_length=4_000,
        rows=8,
    )
    minute = CleanCharField(
        label="Where do the minutes say so?",
        help_text="For example “Safeguarding committee, 14 October, item 6”.",
        max_length=120,
        required=False,
    )

    def __init__(
        self, *args: Any, meeting: Meeting, people: QuerySet[Person], day: date, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {
            "on_date": min(meeting.on_date, day),
            "attendees": [one.person_id for one in vars(meeting)["present"]],
            "items": meeting.items,
            "minute": meeting.minute,
        }
        super().__init__(*args, version=meeting.version, **kwargs)
        self.fields["attendees"].queryset = people  # type: ignore[attr-defined]
