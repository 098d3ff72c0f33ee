"""Forms of the deeds on a filter change. Each carries the version its page was opened with."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms

from common.forms import CleanCharField, CleanTextField, DateBoxesField, Radios
from filtering.conditions.changes import kind_of_decision
from filtering.models import ChangeProfile, ChangeRequest
from filtering.queries.changes import live_parts
from filtering.vocabulary import Risk, TestResult

RISK_HINTS = {
    "low": "Nothing harmful is likely to be met.",
    "medium": "Something may be met that somebody has to watch for.",
    "high": "Harm is likely unless something else is done as well.",
}
# What may be decided, by what there is to decide.
DECISIONS = {
    "plain": (
        ("approve_change", "Approve it as it stands"),
        ("reject_change", "Refuse it"),
        ("return_change", "Send it back with a question"),
    ),
    "blocked": (
        ("confirm_block", "Approve what was blocked"),
        ("refuse_block", "Refuse it: it is put back today"),
    ),
    "more_time": (
        ("grant_time", "Give the time asked for"),
        ("reject_change", "Refuse it: it ends on its day"),
        ("return_change", "Send it back with a question"),
    ),
}
MAY_BE_SILENT = {"approve_change", "confirm_block", "grant_time"}


class ChangeForm(forms.Form):
    """Base of every deed: tells the action which version was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, change: ChangeRequest, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": change.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.change = change


class AssessForm(ChangeForm):
    """The safeguarding risk."""

    risk = forms.ChoiceField(
        label="How big is the risk?", choices=Risk.choices, widget=Radios(hints=RISK_HINTS)
    )
    assessment = CleanTextField(
        label="What is the risk, and for whom?",
        help_text="Think of age, of pupils who need more care, and of what the site links to.",
        max_length=2_000,
        rows=5,
    )
    alternatives = CleanTextField(
        label="What else would do?", max_length=1_000, rows=3, required=False
    )


class DecideForm(ChangeForm):
    """Approve, refuse or ask."""

    decision = forms.ChoiceField(label="What do you decide?", widget=Radios)
    reason = CleanTextField(
        label="Reason or question",
        help_text="Whoever asked reads it. You may leave it empty when you approve.",
        max_length=2_000,
        rows=4,
        required=False,
    )
    unmarked = ("reason",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision: Any = self.fields["decision"]
        decision.choices = DECISIONS[kind_of_decision(self.change)]

    def clean(self) -> dict[str, Any]:
        """Refuse silence where somebody waits for a reason."""
        data = super().clean() or {}
        chosen = data.get("decision")
        if chosen and chosen not in MAY_BE_SILENT and not data.get("reason"):
            self.add_error("reason", "Write down the reason, or what you want to know.")
        return data


class ReasonForm(ChangeForm):
    """A deed that needs only its reason."""

    reason = CleanTextField(label="Why?", max_length=2_000, rows=4)


class WithdrawForm(ChangeForm):
    """Taking one's own request back."""

    reason = CleanTextField(label="Why?", max_length=2_000, rows=3, required=False)


class ExtendForm(ChangeForm):
    """More time: until when, and why."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    until_date = DateBoxesField(label="Open until, the new last day")
    reason = CleanTextField(label="Why is more time needed?", max_length=2_000, rows=4)


class ProfilesForm(ChangeForm):
    """Base of forms with the same questions for every profile of a change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = live_parts(self.change)
        for part in self.parts:
            for name, field in self.questions(part).items():
                self.fields[f"{name}_{part.profile_id}"] = field

    def questions(self, part: ChangeProfile) -> dict[str, forms.Field]:  # noqa: ARG002
        """Return what is asked about one profile; each form has its own."""
        return {}

    def answers(self, name: str) -> dict[int, str]:
        """Return the answers to one question by the number of the profile."""
        return {
            part.profile_id: self.cleaned_data[f"{name}_{part.profile_id}"] for part in self.parts
        }

    @property
    def groups(self) -> list[tuple[ChangeProfile, list[Any]]]:
        """Return the questions of each profile, for the page."""
        return [
            (part, [self[name] for name in self.fields if name.endswith(f"_{part.profile_id}")])
            for part in self.parts
        ]


class ValuesForm(ProfilesForm):
    """What was set before and what is set now, for each profile."""

    def __init__(
        self, *args: Any, before: Mapping[int, str], after: Mapping[int, str], **kwargs: Any
    ) -> None:
        self.before, self.after = before, after
        super().__init__(*args, **kwargs)

    def questions(self, part: ChangeProfile) -> dict[str, forms.Field]:
        """Ask for both values, filled in with what is known."""
        number = part.profile_id
        return {
            "before": CleanCharField(
                label="Before", max_length=500, initial=self.before.get(number, "")
            ),
            "after": CleanCharField(
                label="After", max_length=500, initial=self.after.get(number, "")
            ),
        }


class ResultsForm(ProfilesForm):
    """What a second person found as each profile."""

    def questions(self, part: ChangeProfile) -> dict[str, forms.Field]:
        """Ask for the result and what was seen."""
        return {
            "result": forms.ChoiceField(
                label=f"What did you find as “{part}”?", choices=TestResult.choices, widget=Radios
            ),
            "note": CleanCharField(
                label="What did you try, on which device?", max_length=500, required=False
            ),
        }
