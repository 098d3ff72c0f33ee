"""Forms of a request for a filter change: asking, editing, blocking at once (FIL-07, FIL-26)."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from common.errors import Refusal
from common.forms import (
    Checkboxes,
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)
from filtering.asking.addresses import read_addresses
from filtering.categories import categories_of
from filtering.lists_of_school import names_of
from filtering.models import ChangeRequest, Profile
from filtering.queries.changes import classes_of, live_parts, live_targets, profiles_to_choose
from filtering.queries.provision import latest_profiles
from filtering.vocabulary import Direction, ReasonKind, TargetKind, Urgency
from people.models import School, SchoolClass

WORDS = (
    *("direction", "sites", "reason_kind", "reason", "urgency", "purpose", "lesson"),
    *("school_class", "supervisor", "approving_body", "from_date", "until_date"),
)
DIRECTION_HINTS = {
    "allow": "For good, or for a time: then say below until when and who watches over it.",
    "block": "If it cannot wait, tell whoever manages the filter: they can block it at once.",
}


class TargetsForm(forms.Form):
    """What a change is about and for whom."""

    unmarked = ("addresses", "categories", "sites")

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    addresses = CleanTextField(
        label="Which web addresses?",
        help_text="One on each line, such as example.com, *.example.com or example.com/page.",
        max_length=8_000,
        rows=3,
        required=False,
    )
    categories = forms.MultipleChoiceField(
        label="Which whole categories?", widget=Checkboxes, required=False
    )
    profiles = forms.ModelMultipleChoiceField(
        label="For whom?", queryset=Profile.objects.none(), widget=Checkboxes
    )
    sites = forms.MultipleChoiceField(
        label="Only at some sites?",
        help_text="Leave it empty for all sites.",
        widget=Checkboxes,
        required=False,
    )

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = categories_of(school).values()
        locked = "On lists that nobody can switch off: not to be changed by anybody."
        fields: Any = self.fields
        fields["categories"].choices = [(one.code, one.label) for one in known]
        fields["categories"].widget.hints = {one.code: locked for one in known if one.locked}
        profiles = profiles_to_choose(school)
        fields["profiles"].queryset = profiles
        fields["profiles"].widget.hints = {str(one.pk): one.whom for one in profiles}
        sites = names_of(school, "sites")
        fields["sites"].choices = [(name, name) for name in sites]
        if len(sites) < 2:
            del fields["sites"]

    def clean_addresses(self) -> str:
        """Refuse at its field what cannot be read as an address."""
        typed = str(self.cleaned_data["addresses"])
        try:
            read_addresses(typed)
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from None
        return typed

    def clean(self) -> dict[str, Any]:
        """Give no sites where the school has only one."""
        data = super().clean() or {}
        return {"sites": []} | data


class AskForm(TargetsForm):
    """A request: what, for whom, why, and if it is for a time, until when and who watches."""

    direction = forms.ChoiceField(
        label="What is to happen?",
        choices=[(one.value, one.label) for one in (Direction.ALLOW, Direction.BLOCK)],
        widget=Radios(hints=DIRECTION_HINTS),
    )
    reason_kind = forms.ChoiceField(
        label="What is it for?", choices=ReasonKind.choices, widget=Radios
    )
    reason = CleanTextField(
        label="Why is it needed?",
        help_text="Name no pupil.",
        max_length=2_000,
        rows=4,
    )
    urgency = forms.ChoiceField(
        label="How soon?", choices=Urgency.choices, widget=Radios, initial=Urgency.NORMAL
    )
    until_date = DateBoxesField(
        label="Open until, the last day",
        help_text="Leave it empty if it is to stay so for good.",
        required=False,
    )
    from_date = DateBoxesField(
        label="Open from", help_text="Leave it empty for as soon as it is made.", required=False
    )
    purpose = CleanCharField(
        label="What is it for in teaching?",
        help_text="Needed for social networks.",
        max_length=500,
        required=False,
    )
    lesson = CleanCharField(label="For which lesson or topic?", max_length=200, required=False)
    school_class = forms.ModelChoiceField(
        label="For which class?",
        queryset=SchoolClass.objects.none(),
        empty_label="No class in particular",
        required=False,
    )
    supervisor = PersonPickerField(label="Who watches over it?", required=False)
    approving_body = CleanCharField(
        label="Which regional or national body for education approves it?",
        help_text="Only for music, media and shopping.",
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, source: PeopleSource, school: School, **kwargs: Any) -> None:
        super().__init__(*args, school=school, **kwargs)
        fields: Any = self.fields
        fields["school_class"].queryset = classes_of(school)
        fields["supervisor"].source = source

    @property
    def told(self) -> dict[str, Any]:
        """Return what the action takes."""
        data = self.cleaned_data
        return {name: data[name] for name in (*WORDS, "addresses", "categories", "profiles")}


class EditForm(AskForm):
    """A request as it stands, to be changed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, change: ChangeRequest, **kwargs: Any) -> None:
        targets, newest = live_targets(change), latest_profiles(change.school)
        addresses = [one.typed for one in targets if one.kind == TargetKind.ADDRESS]
        kwargs["initial"] = {
            **{name: getattr(change, name) for name in WORDS},
            "addresses": "\n".join(addresses),
            "categories": [one.target for one in targets if one.kind == TargetKind.CATEGORY],
            "profiles": [newest[part.profile_id] for part in live_parts(change)],
            "version": change.version,
        }
        super().__init__(*args, **kwargs)
        del self.fields["submission"]


class BlockForm(TargetsForm):
    """A block that was made already: what, for whom, why, and the values."""

    reason = CleanTextField(
        label="Why could it not wait?", help_text="Name no pupil.", max_length=2_000, rows=4
    )
    before = CleanCharField(
        label="What was set before?", max_length=500, initial="Not blocked", required=True
    )
    after = CleanCharField(label="What is set now?", max_length=500, initial="Blocked")

    @property
    def told(self) -> dict[str, Any]:
        """Return what the action takes: the same values for every profile chosen."""
        data = dict(self.cleaned_data)
        before, after = data.pop("before"), data.pop("after")
        numbers = [profile.pk for profile in data["profiles"]]
        return data | {
            "before": dict.fromkeys(numbers, before),
            "after": dict.fromkeys(numbers, after),
        }


def study_days() -> dict[str, Any]:
    """Return what is known of an unblock for study before anybody types: it opens today."""
    return {
        "direction": Direction.ALLOW,
        "from_date": timezone.localdate(),
        "reason_kind": "teaching",
    }
