"""Forms of filter checks: where they are made, and what they found (R-FM-3)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from common.forms import (
    Checkboxes,
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    Radios,
)
from filtering.actions.checking import LOCKED, Tried
from filtering.lists_of_school import names_of
from filtering.models import CheckPoint, Profile
from filtering.vocabulary import CheckTest, Outcome
from people.models import Person, School

EXPECTED = ((Outcome.BLOCKED, "Blocked"), (Outcome.REACHED, "Reached: this profile may open it"))


def _several(label: str, hint: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, help_text=hint, widget=Checkboxes)


class CheckPointsForm(forms.Form):
    """Which combinations exist at the school; each one ticked in all four becomes a place."""

    device_kinds = _several("Kinds of device")
    sites = _several("Sites")
    networks = _several("Networks")
    profiles = _several(
        "Filtering profiles",
        "Add what belongs together in one go: guests on the guest network, say. Each combination "
        "of what you tick is checked every term.",
    )

    def __init__(
        self, *args: Any, school: School, profiles: Iterable[Profile], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in profiles}
        for name in ("device_kinds", "sites", "networks"):
            names = names_of(school, name)
            self._offer(name, [(one, one) for one in names])
        self._offer("profiles", [(key, one.name) for key, one in self.known.items()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices
        if len(choices) == 1:
            field.initial = [choices[0][0]]

    def clean_profiles(self) -> list[Profile]:
        """Return the profiles themselves."""
        return [self.known[key] for key in self.cleaned_data["profiles"]]


class CheckForm(forms.Form):
    """One check by two people: what each of the three tests gave."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    point = forms.ChoiceField(label="Where was it checked?")
    checked_date = DateBoxesField(
        label="When?", latest=timezone.localdate, initial=timezone.localdate
    )
    safeguarding_by = forms.ChoiceField(label="Who checked for safeguarding?")
    it_by = forms.ChoiceField(label="Who checked for IT?")
    device = CleanCharField(
        label="Which device?",
        help_text="The number on its label, so that somebody can find it again.",
        max_length=120,
    )
    note = CleanTextField(
        label="Anything else you noticed",
        help_text="Words only. No addresses of what was reached.",
        max_length=1_000,
        rows=3,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        points: Sequence[CheckPoint],
        safeguarding: Sequence[Person],
        it: Sequence[Person],
        by: Person,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choices("point", points, None)
        self._choices("safeguarding_by", safeguarding, by)
        self._choices("it_by", it, by)
        for test in CheckTest:
            self._test(test)

    def _choices(
        self, name: str, records: Sequence[CheckPoint | Person], likely: Person | None
    ) -> None:
        """Offer some records by their number; remember them to give them back."""
        field: Any = self.fields[name]
        found = {str(one.pk): one for one in records}
        field.choices = [("", "Choose"), *((key, str(one)) for key, one in found.items())]
        field.records = found
        if likely in records:
            field.initial = str(likely.pk) if likely else None

    def _test(self, test: CheckTest) -> None:
        if test not in LOCKED:
            self.fields[f"{test}_expected"] = forms.ChoiceField(
                label="What should have happened?",
                choices=EXPECTED,
                initial=Outcome.BLOCKED,
                widget=Radios,
            )
        self.fields[f"{test}_actual"] = forms.ChoiceField(
            label="What happened?", choices=Outcome.choices, widget=Radios
        )
        self.fields[f"{test}_note"] = CleanCharField(
            label="Note, or why it could not be tested", max_length=500, required=False
        )

    def sections(self) -> list[tuple[str, bool, list[Any]]]:
        """Return each test with whether its list is locked, and its fields, for drawing."""
        return [
            (
                test.label,
                test in LOCKED,
                [self[name] for name in self.fields if name.startswith(f"{test}_")],
            )
            for test in CheckTest
        ]

    def check_made(self) -> dict[str, Any]:
        """Return what the action takes."""
        data = self.cleaned_data
        picked = {
            name: self.fields[name].records[data[name]]  # type: ignore[attr-defined]
            for name in ("point", "safeguarding_by", "it_by")
        }
        day: date = data["checked_date"]
        return {
            **picked,
            "submission": data["submission"],
            "checked_date": day,
            "device": data["device"],
            "note": data["note"],
            "results": {
                test: Tried(
                    actual=data[f"{test}_actual"],
                    expected=data.get(f"{test}_expected", Outcome.BLOCKED),
                    note=data[f"{test}_note"],
                )
                for test in CheckTest
            },
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a test that could not be made without a word why."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for test in CheckTest:
            untested = data.get(f"{test}_actual") == Outcome.NOT_TESTED
            if untested and not data.get(f"{test}_note"):
                self.add_error(f"{test}_note", "Say why it could not be tested.")
        return data
