"""The form of one setting, drawn by the kind of the setting; and the forms of the calendar."""

from typing import Any

from django import forms

from common.errors import Refusal
from common.forms import Checkboxes, CleanCharField, DateBoxesField, Radios
from common.settings_catalogue import Setting
from people.models import School

YES_NO = (("yes", "Yes"), ("no", "No"))


def field_for(setting: Setting) -> forms.Field:
    """Return the field in which a setting of its kind is entered."""
    shared: dict[str, Any] = {"label": setting.label, "help_text": setting.help}
    if setting.kind == "yes_no":
        return forms.ChoiceField(choices=YES_NO, widget=Radios, **shared)
    if setting.kind == "whole":
        return forms.IntegerField(min_value=setting.low, max_value=setting.high, **shared)
    if setting.kind == "choice":
        return forms.ChoiceField(choices=setting.choices, widget=Radios, **shared)
    if setting.kind == "choices":
        return forms.MultipleChoiceField(
            choices=setting.choices, widget=Checkboxes, required=False, **shared
        )
    if setting.kind == "roles":
        shared["help_text"] = f"{setting.help} Role codes, first choice first: osl, dsl, head."
    return CleanCharField(max_length=300, required=setting.kind != "text", **shared)


class SettingForm(forms.Form):
    """One setting: its value and why it changes. ``seen`` is the value the page was opened with."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    value = forms.Field()
    reason = CleanCharField(label="Why does it change?", max_length=300)

    def __init__(self, *args: Any, setting: Setting, school: School, **kwargs: Any) -> None:
        now = school.setting(setting.name)
        kwargs["initial"] = {"seen": repr(now), "value": as_typed(setting, now)}
        super().__init__(*args, **kwargs)
        self.setting, self.now = setting, now
        self.fields["value"] = field_for(setting)

    def clean(self) -> dict[str, Any]:
        """Give the value in the setting's own type; refuse one that changed meanwhile."""
        data = super().clean() or {}
        if "value" in data:
            try:
                data["value"] = self.setting.clean(as_value(self.setting, data["value"]))
            except Refusal as refusal:
                self.add_error("value", str(refusal))
        if data.get("seen") != repr(self.now):
            changed = self.data.copy()  # type: ignore[attr-defined]
            changed["seen"] = repr(self.now)
            self.data = changed
            raise forms.ValidationError(
                "Somebody changed this setting after you opened the page. It is now "
                f"“{in_words(self.setting, self.now)}”. Send yours again if it should still change."
            )
        return data


def as_typed(setting: Setting, value: Any) -> Any:
    """Return a value as its field shows it."""
    if setting.kind == "yes_no":
        return "yes" if value else "no"
    return ", ".join(value) if setting.kind == "roles" else value


def as_value(setting: Setting, typed: Any) -> Any:
    """Return what was typed as a value for the setting to check."""
    if setting.kind == "yes_no":
        return typed == "yes"
    if setting.kind == "roles":
        return [code.strip() for code in typed.split(",") if code.strip()]
    return typed


def in_words(setting: Setting, value: Any) -> str:
    """Return a value in words for lists and history."""
    if setting.kind == "yes_no":
        return "Yes" if value else "No"
    labels = dict(setting.choices)
    if setting.kind in {"choices", "roles"}:
        return ", ".join(str(labels.get(one, one)) for one in value) or "None"
    return str(labels.get(value, value)) if value != "" else "Nothing entered"


class ClosureForm(forms.Form):
    """Days on which the school is shut."""

    name = CleanCharField(label="What is it?", help_text="For example half-term", max_length=60)
    start_date = DateBoxesField(label="First day")
    end_date = DateBoxesField(label="Last day")

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        data = super().clean() or {}
        start, end = data.get("start_date"), data.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", "The last day is before the first.")
        return data


class YearForm(forms.Form):
    """An academic year with its three terms."""

    name = CleanCharField(label="Name of the year", help_text="For example 2027/28", max_length=20)
    autumn_start = DateBoxesField(label="Autumn term: first day")
    autumn_end = DateBoxesField(label="Autumn term: last day")
    spring_start = DateBoxesField(label="Spring term: first day")
    spring_end = DateBoxesField(label="Spring term: last day")
    summer_start = DateBoxesField(label="Summer term: first day")
    summer_end = DateBoxesField(label="Summer term: last day")

    def clean(self) -> dict[str, Any]:
        """Refuse terms out of order."""
        data = super().clean() or {}
        days = [data.get(name) for name in list(self.fields)[1:]]
        for earlier, later, name in zip(days, days[1:], list(self.fields)[2:], strict=False):
            if earlier and later and later <= earlier:
                self.add_error(name, "This day has to come after the one before it.")
                break
        return data

    @property
    def terms(self) -> list[tuple[str, Any, Any]]:
        """Return the terms as the action takes them."""
        data = self.cleaned_data
        return [
            (label, data[f"{label.lower()}_start"], data[f"{label.lower()}_end"])
            for label in ("Autumn", "Spring", "Summer")
        ]
