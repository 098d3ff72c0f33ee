"""What people enter about roles, turned into clean values."""

from datetime import date
from typing import Any

from django import forms

from common.forms import (
    Checkboxes,
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)
from roles.models import Responsibility, Role

HOLDER, DEPUTY = "primary", "deputy"
AT_ONCE, ON_A_DAY = "at_once", "on_a_day"


class RoleAssignForm(forms.Form):
    """Who gets a role, in what standing, from when to when."""

    person = PersonPickerField(label="Who")
    standing = forms.ChoiceField(
        label="In what standing",
        choices=[(HOLDER, "Holder"), (DEPUTY, "Deputy")],
        initial=HOLDER,
        widget=Radios(hints={DEPUTY: "Has the same powers, and is asked after the holder."}),
    )
    start_date = DateBoxesField(label="First day")
    end_date = DateBoxesField(
        label="Last day", required=False, help_text="Leave empty when it is not known yet."
    )
    scope = CleanCharField(
        label="For which part of the school",
        required=False,
        max_length=120,
        help_text="For example “Year 9” or “Class pages”. Leave empty for the whole school.",
    )
    minute_reference = CleanCharField(
        label="Minute reference",
        required=False,
        max_length=60,
        help_text="Where the minutes of the governing body record the appointment.",
    )
    reason = CleanCharField(label="Note", required=False, max_length=300)

    def __init__(self, *args: Any, role: Role, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].source = source  # type: ignore[attr-defined]
        if role.category != "governor":
            del self.fields["minute_reference"]

    def values(self) -> dict[str, Any]:
        """Return what ``assign_role`` takes."""
        values = dict(self.cleaned_data)
        return values | {"deputy": values.pop("standing") == DEPUTY}


class RoleEndForm(forms.Form):
    """When a role ends and why."""

    when = forms.ChoiceField(
        label="When does it end?",
        choices=[(ON_A_DAY, "After a last day"), (AT_ONCE, "At once")],
        widget=Radios(
            hints={AT_ONCE: "The powers go now. The record shows yesterday as the last day."}
        ),
    )
    end_date = DateBoxesField(label="Last day", required=False)
    reason = CleanCharField(label="Why", required=False, max_length=300)

    def __init__(self, *args: Any, begun: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not begun:
            del self.fields["when"], self.fields["end_date"]

    def clean(self) -> dict[str, Any]:
        """Refuse a last day that is missing when it counts."""
        cleaned = super().clean() or {}
        if cleaned.get("when") == ON_A_DAY and not cleaned.get("end_date"):
            self.add_error("end_date", "Enter the last day.")
        return cleaned

    def last_day(self, yesterday: date) -> date:
        """Return the last day: what was entered, or yesterday when the role ends at once."""
        if self.cleaned_data.get("when") == ON_A_DAY:
            return self.cleaned_data["end_date"]
        return yesterday


class RoleCoverForm(forms.Form):
    """Who acts for a holder, from when to when."""

    person = PersonPickerField(label="Who covers")
    start_date = DateBoxesField(label="First day of the cover")
    end_date = DateBoxesField(label="Last day of the cover")
    reason = CleanCharField(label="Note", required=False, max_length=300)

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].source = source  # type: ignore[attr-defined]


class RoleEditForm(forms.Form):
    """What the school calls a role."""

    label = CleanCharField(label="What the school calls it", max_length=80)
    aliases = CleanCharField(
        label="Also known as",
        required=False,
        max_length=300,
        help_text="Other names people use, separated by commas. The search finds them.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class PermissionOverrideForm(forms.Form):
    """Why a school departs from the usual rule."""

    reason = CleanTextField(label="Why does the school depart from the rule?", max_length=300)


class EmptyForm(forms.Form):
    """A deed that needs nothing but the decision to do it."""


class ResponsibilityForm(forms.Form):
    """One statement of what a role must do."""

    statement = CleanTextField(label="What the role is responsible for", max_length=400)
    source = CleanCharField(
        label="Where it stands",
        required=False,
        max_length=80,
        help_text="For example “Online safety policy, version 3, clause 2.4”.",
    )
    evidence = forms.ChoiceField(
        label="How it is shown to be met",
        choices=Responsibility.Evidence.choices,
        initial=Responsibility.Evidence.NONE,
        widget=Radios(),
    )
    frequency = forms.ChoiceField(
        label="How often",
        choices=Responsibility.Frequency.choices,
        initial=Responsibility.Frequency.ALWAYS,
        widget=Radios(),
    )


class ResponsibilityAcceptForm(forms.Form):
    """Which statements a holder accepts."""

    statements = forms.TypedMultipleChoiceField(
        label="I have read and accept",
        coerce=int,
        widget=Checkboxes(),
        error_messages={"required": "Tick the statements you have read and accept."},
    )

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["statements"].choices = choices  # type: ignore[attr-defined]
        self.fields["statements"].error_messages["invalid_choice"] = (
            "A statement was changed since you opened this page. Read it again."
        )
