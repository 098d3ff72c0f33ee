"""Forms of governors' reviews: the meeting, the signature, questions, answers, actions."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from common.forms import (
    Checkboxes,
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    PeopleSource,
    PersonPickerField,
)
from people.models import Person
from reports.conditions.reviews import answer_seen
from reports.models import GovernorQuestion, GovernorReview

LOGS = (
    "Papers of this review",
    "Report to the governors",
    "Change log of the filter",
    "Record of incidents, without names",
    "Alerts and weekly monitoring reports",
    "Who has signed agreements",
    "Recurring duties",
)


class SeenForm(forms.Form):
    """A deed on a review: carries the version its page was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class HoldForm(SeenForm):
    """The meeting: when, who took part, what they looked at, what they found."""

    held_date = DateBoxesField(label="When was the meeting?", latest=timezone.localdate)
    attendees = forms.ModelMultipleChoiceField(
        label="Who took part?",
        help_text="At least the online-safety governor or the chair, and a safeguarding lead.",
        queryset=Person.objects.none(),
        widget=Checkboxes,
    )
    logs_seen = forms.MultipleChoiceField(
        label="What did you look through?",
        choices=[(one, one) for one in LOGS],
        widget=Checkboxes,
        required=False,
    )
    other_log = CleanCharField(label="Something else", max_length=120, required=False)
    findings = CleanTextField(
        label="What did you find?",
        help_text="Also when all is well. Name no child and no member of staff.",
        max_length=4_000,
        rows=8,
    )
    unmarked = ("logs_seen",)

    def __init__(
        self, *args: Any, review: GovernorReview, people: QuerySet[Person], **kwargs: Any
    ) -> None:
        listed = [one for one in review.logs_seen if one in LOGS]
        others = [one for one in review.logs_seen if one not in LOGS]
        kwargs["initial"] = {
            "held_date": review.held_date,
            "attendees": [one.person_id for one in vars(review)["present"]],
            "logs_seen": listed,
            "other_log": ", ".join(others),
            "findings": review.findings,
        }
        super().__init__(*args, version=review.version, **kwargs)
        self.fields["attendees"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Put the logs together; at least one was looked through."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        other = data.pop("other_log", "")
        data["logs_seen"] = [*data.get("logs_seen", []), *([other] if other else [])]
        if not data["logs_seen"] and "logs_seen" not in self.errors:
            self.add_error("logs_seen", "Choose what you looked through, or enter something else.")
        return data


class ReviewSignForm(SeenForm):
    """The signature: that the text as it stands on this page was read."""

    seen_hash = forms.CharField(widget=forms.HiddenInput, max_length=64)
    agreed = forms.BooleanField(
        label="I took part in this review, have read it as it stands here, and sign it off.",
        error_messages={"required": "Tick the box to say that you have read it."},
    )

    def __init__(self, *args: Any, text_hash: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen_hash": text_hash}, **kwargs)


class AskForm(forms.Form):
    """A governor's question."""

    text = CleanTextField(
        label="What do you want to know?",
        help_text="Leaders and governors read it. Name no child and no member of staff.",
        max_length=2_000,
        rows=5,
    )


class AnswerForm(forms.Form):
    """The answer to a question, and where it can be seen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    answer = CleanTextField(
        label="What is the answer?",
        help_text="The governor who asked is told. Name no child and no member of staff.",
        max_length=4_000,
        rows=6,
    )
    evidence = CleanTextField(
        label="Where can it be seen?",
        help_text="For example a report, a log with its dates, or a policy.",
        max_length=500,
        rows=2,
        required=False,
    )

    def __init__(self, *args: Any, question: GovernorQuestion, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "seen": answer_seen(question),
            "answer": question.answer,
            "evidence": question.evidence,
        }
        super().__init__(*args, **kwargs)


class ActionForm(SeenForm):
    """What has to be done, by whom and when."""

    words = CleanTextField(
        label="What has to be done?",
        help_text="The owner and the governors read these words. Name no child.",
        max_length=500,
        rows=3,
    )
    owner = PersonPickerField(label="Who does it?")
    due_date = DateBoxesField(label="By when?", earliest=timezone.localdate)

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].source = source  # type: ignore[attr-defined]


class DoneForm(forms.Form):
    """What was done about an action."""

    note = CleanTextField(label="What was done?", max_length=500, rows=3)
