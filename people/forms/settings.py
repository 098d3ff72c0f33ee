"""The form of one setting, drawn by the kind of the setting; and the forms of the calendar."""

from functools import cache
from typing import Any

from django import forms

from common.discovery import discover
from common.errors import Refusal
from common.forms import Checkboxes, CleanCharField, DateBoxesField, Radios
from common.settings_catalogue import Setting
from people.models import School

YES_NO = (("yes", "Yes"), ("no", "No"))
PLACES = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")


@cache
def role_labels() -> dict[str, str]:
    """Return the labels of roles by code, from the app above that keeps their catalogue."""
    return {
        seed.code: seed.label for _, module in discover("catalogue") for seed in module.CATALOGUE
    }


def fields_for(setting: Setting, now: Any) -> dict[str, forms.Field]:
    """Return the fields in which a setting of its kind is entered, holding its value now."""
    if setting.kind == "roles":
        return _role_fields(now)
    shared: dict[str, Any] = {"label": "New value", "initial": now}
    if setting.kind == "yes_no":
        shared["initial"] = "yes" if now else "no"
        return {"value": forms.ChoiceField(choices=YES_NO, widget=Radios, **shared)}
    if setting.kind == "whole":
        return {"value": _whole(setting, **shared)}
    if setting.kind == "choice":
        return {"value": forms.ChoiceField(choices=setting.choices, widget=Radios, **shared)}
    if setting.kind == "choices":
        ticks = forms.MultipleChoiceField(
            choices=setting.choices, widget=Checkboxes, required=False, **shared
        )
        return {"value": ticks}
    return {"value": CleanCharField(max_length=300, required=setting.kind != "text", **shared)}


def _whole(setting: Setting, **shared: Any) -> forms.IntegerField:
    narrow = forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"})
    return forms.IntegerField(
        min_value=setting.low,
        max_value=setting.high,
        help_text=f"A number from {setting.low} to {setting.high}",
        widget=narrow,
        **shared,
    )


def _role_fields(now: list[str]) -> dict[str, forms.Field]:
    """Return one choice for each place in the chain; a code unknown here stays a choice."""
    labels = role_labels() | {code: code for code in now if code not in role_labels()}
    return {
        f"choice_{number}": forms.ChoiceField(
            label=f"{place} choice",
            choices=[("", "Nobody"), *labels.items()],
            required=number == 0,
            initial=now[number] if number < len(now) else "",
        )
        for number, place in enumerate(PLACES)
    }


class SettingForm(forms.Form):
    """One setting: its value and why it changes. ``seen`` is the value the page was opened with."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = CleanCharField(label="Why does it change?", max_length=300)
    unmarked = ("value", *(f"choice_{number}" for number in range(len(PLACES))))

    def __init__(self, data: Any = None, *, setting: Setting, school: School) -> None:
        self.setting, self.now = setting, school.setting(setting.name)
        super().__init__(data, initial={"seen": repr(self.now)})
        self.entered = fields_for(setting, self.now)
        self.fields |= self.entered
        self.order_fields(["seen", *self.entered, "reason"])

    def clean(self) -> dict[str, Any]:
        """Give the value in the setting's own type; refuse one that changed meanwhile."""
        data = super().clean() or {}
        if all(name in data for name in self.entered):
            try:
                data["value"] = self.setting.clean(self._typed(data))
            except Refusal as refusal:
                self.add_error(next(iter(self.entered)), str(refusal))
        if data.get("seen") != repr(self.now):
            changed = self.data.copy()  # type: ignore[attr-defined]
            changed["seen"] = repr(self.now)
            self.data = changed
            raise forms.ValidationError(
                "Somebody changed this setting after you opened the page. It is now "
                f"“{in_words(self.setting, self.now)}”. Send yours again if it should still change."
            )
        return data

    def _typed(self, data: dict[str, Any]) -> Any:
        if self.setting.kind == "yes_no":
            return data["value"] == "yes"
        if self.setting.kind == "roles":
            return [data[name] for name in self.entered if data[name]]
        return data["value"]


def in_words(setting: Setting, value: Any) -> str:
    """Return a value in words for lists and history."""
    if setting.kind == "yes_no":
        return "Yes" if value else "No"
    if setting.kind == "roles":
        return ", then ".join(role_labels().get(code, code) for code in value) or "Nobody"
    labels = dict(setting.choices)
    if setting.kind == "choices":
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
