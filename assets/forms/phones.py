"""Forms of devices handed in, of using phones, of private phones used and of the Wi-Fi."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from assets.actions.phones_use import PhoneUseTerms
from assets.forms.lifecycle import PICK
from assets.forms.own_devices import VersionForm
from assets.vocabulary import PhoneUseKind
from common.forms import (
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    DateTimeBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)
from people.models import SchoolClass


def today_or_before(moment: Any) -> Any:
    """Return a moment; refuses one that has not come."""
    if moment > timezone.now():
        raise ValidationError("The date and time cannot be in the future.")
    return moment


class HandInForm(forms.Form):
    """A device that is not in the list, of anybody of the school (MOB-03)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    owner = PersonPickerField(label="Whose is it?", help_text=PICK)
    what = CleanCharField(
        label="What is it?", help_text="For example: black phone, cracked corner.", max_length=160
    )
    place = forms.ChoiceField(label="Where does it lie?", widget=Radios)
    note = CleanCharField(
        label="Anything to know",
        help_text="For example: expects a private call, fetch them when it rings.",
        max_length=200,
        required=False,
    )

    def __init__(
        self, *args: Any, source: PeopleSource, places: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].source = source  # type: ignore[attr-defined]
        place: Any = self.fields["place"]
        place.choices = [(one, one) for one in places]
        place.initial = place.choices[0][0]


class PhoneUseForm(forms.Form):
    """What for, and when: one's own phone outside breaks, or pupils' in a lesson."""

    unmarked = ("school_class", "until_date")

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(
        label="What is it for?",
        choices=PhoneUseKind.choices,
        widget=Radios(
            hints={
                "staff": "For a time, with a reason.",
                "lesson": "For one named activity, one class and one day.",
            }
        ),
        initial="staff",
    )
    purpose = CleanTextField(
        label="The reason, or the activity",
        help_text="It holds for this only. No names of pupils.",
        max_length=300,
        rows=3,
    )
    school_class = forms.ModelChoiceField(
        label="Class",
        help_text="Only for a lesson.",
        queryset=SchoolClass.objects.none(),
        empty_label="Choose a class",
        required=False,
    )
    from_date = DateBoxesField(label="From", initial=timezone.localdate)
    until_date = DateBoxesField(
        label="Until",
        help_text="It ends by itself after this day. A lesson needs none.",
        required=False,
    )

    def __init__(self, *args: Any, classes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_class"].queryset = classes  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return the number of the form and the ``terms``; asks for what the kind needs."""
        data = super().clean() or {}
        lesson = data.get("kind") == PhoneUseKind.LESSON
        if lesson and not data.get("school_class") and "school_class" not in self.errors:
            self.add_error("school_class", "Choose the class.")
        if not lesson and not data.get("until_date") and "until_date" not in self.errors:
            self.add_error("until_date", "Enter the last day.")
        if self.errors:
            return data
        terms = PhoneUseTerms(
            data["kind"],
            data["purpose"],
            data["from_date"],
            data["from_date"] if lesson else data["until_date"],
            data["school_class"] if lesson else None,
        )
        return {"submission": data["submission"], "terms": terms}


class EmergencyUseForm(forms.Form):
    """What a leader allowed by word of mouth, written down the same day (MOB-06)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    holder = PersonPickerField(label="Who used their phone?", help_text=PICK)
    purpose = CleanTextField(
        label="What was the emergency?", help_text="No names of pupils.", max_length=300, rows=3
    )
    given_at = DateTimeBoxesField(
        label="When did you allow it?",
        earliest=timezone.localdate,
        latest=timezone.localdate,
        initial=timezone.now,
    )

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].source = source  # type: ignore[attr-defined]

    def clean_given_at(self) -> Any:
        """Refuse a moment that has not come."""
        return today_or_before(self.cleaned_data["given_at"])


class PrivateCallForm(forms.Form):
    """That one used one's private phone for school, when, why, and whether the number showed."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    used_at = DateTimeBoxesField(
        label="When did you use it?", latest=timezone.localdate, initial=timezone.now
    )
    reason = CleanTextField(
        label="What was the emergency?", help_text="No names of pupils.", max_length=300, rows=3
    )
    number_hidden = forms.TypedChoiceField(
        label="Was your number hidden?",
        choices=(("yes", "Yes, it was hidden"), ("no", "No, it may have been seen")),
        coerce=lambda value: value == "yes",
        widget=Radios,
    )

    def clean_used_at(self) -> Any:
        """Refuse a moment that has not come."""
        return today_or_before(self.cleaned_data["used_at"])


class WifiForm(VersionForm):
    """That one keeps to the code; not asked of those who signed it."""

    accepted = forms.BooleanField(
        label="I have read the code and keep to it whenever I use this device here"
    )

    def __init__(self, *args: Any, signed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed:
            del self.fields["accepted"]


class MisuseForm(VersionForm):
    """How a device was misused, and until when it stays off the Wi-Fi (MOB-15)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    seen_at = DateTimeBoxesField(
        label="When was it?", latest=timezone.localdate, initial=timezone.now
    )
    what = CleanTextField(
        label="What happened?",
        help_text="The owner does not read this.",
        max_length=500,
        rows=4,
    )
    barred_until = DateBoxesField(
        label="Keep it off the Wi-Fi until",
        help_text="Leave it empty if it may stay on the Wi-Fi.",
        required=False,
    )

    def clean_seen_at(self) -> Any:
        """Refuse a moment that has not come."""
        return today_or_before(self.cleaned_data["seen_at"])
