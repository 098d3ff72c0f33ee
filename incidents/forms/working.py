"""Forms of the deeds on an incident. Each carries the version its page was opened with."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from common.dates import uk_date
from common.forms import (
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    DateTimeBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)
from filtering.models import ChangeRequest
from incidents.actions.following import WAYS
from incidents.models import Incident
from people.models import Person

YES_NO = (("yes", "Yes"), ("no", "No"))


class DeedForm(forms.Form):
    """Base of every deed: refuses nothing itself but tells the action which version was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": incident.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.incident = incident


class PickerForm(DeedForm):
    """A deed in which somebody is chosen by name."""

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].source = source  # type: ignore[attr-defined]


class ReasonForm(DeedForm):
    """A deed that needs only its reason."""

    reason = CleanTextField(label="Why?", max_length=2_000, rows=4)


class OpenForm(DeedForm):
    """Taking a report on."""


class NoteForm(DeedForm):
    """A note for the chronology."""

    text = CleanTextField(label="Note", max_length=10_000, rows=6)
    occurred_at = DateTimeBoxesField(
        label="When was it, if not now?",
        help_text="A note about an earlier time shows both times.",
        latest=timezone.localdate,
        required=False,
    )


class AmendForm(DeedForm):
    """New words for a note; the old ones stay."""

    text = CleanTextField(label="The note as it should read", max_length=10_000, rows=6)


class HandOverForm(PickerForm):
    """To whom an incident goes."""

    person = PersonPickerField(label="Who takes it on?")
    reason = CleanTextField(label="What do they need to know?", max_length=2_000, rows=3)


class ShareForm(PickerForm):
    """Who may see a restricted incident."""

    person = PersonPickerField(label="Who may see it?")
    reason = CleanTextField(label="Why do they need to see it?", max_length=1_000, rows=3)


class TaskForm(PickerForm):
    """A task for somebody."""

    label = CleanCharField(
        label="What is to be done?",
        help_text="The person sees these words, not the case. Name no child here.",
        max_length=200,
    )
    person = PersonPickerField(label="Who does it?")
    due_date = DateBoxesField(label="By when?", earliest=timezone.localdate)


class TaskAnswerForm(forms.Form):
    """The answer to a task."""

    state = forms.ChoiceField(
        label="Is it done?",
        choices=(("done", "Done"), ("not_needed", "Not needed")),
        widget=Radios,
    )
    answer = CleanTextField(
        label="Note, or why it is not needed", max_length=500, rows=3, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuse "not needed" without a reason."""
        data = super().clean() or {}
        if data.get("state") == "not_needed" and not data.get("answer"):
            self.add_error("answer", "Say why the task is not needed.")
        return data


class LinkForm(DeedForm):
    """Another incident that belongs with this one."""

    reference = CleanCharField(
        label="Reference of the other incident", help_text="For example 2026-0042", max_length=12
    )
    reason = CleanCharField(label="Why do they belong together?", max_length=300)


class ParentsForm(DeedForm):
    """Whether the parents of a pupil were told."""

    unmarked = ("informed_at", "how", "excused_reason")

    pupil = forms.TypedChoiceField(label="Whose parents?", coerce=int)
    informed = forms.ChoiceField(label="Were they told?", choices=YES_NO, widget=Radios)
    informed_at = DateTimeBoxesField(
        label="When were they told?", latest=timezone.localdate, required=False
    )
    how = forms.ChoiceField(label="How?", choices=[("", "Choose"), *WAYS], required=False)
    response = CleanTextField(label="What did they say?", max_length=2_000, rows=3, required=False)
    excused_reason = CleanTextField(
        label="If they were not told, why not?",
        help_text="For example, telling them would put the child at risk.",
        max_length=1_000,
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, pupils: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pupils = {pupil.pk: pupil for pupil in pupils}
        self.fields["pupil"].choices = [(p.pk, p.full_name) for p in pupils]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse "yes" without when and how, and "no" without why."""
        data = super().clean() or {}
        if data.get("informed") == "yes":
            for name, words in (("informed_at", "Say when."), ("how", "Say how.")):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, words)
        if data.get("informed") == "no" and not data.get("excused_reason"):
            self.add_error("excused_reason", "Say why the parents were not told.")
        return data


class ReferralForm(DeedForm):
    """A referral to an outside body."""

    agency = forms.ChoiceField(label="To whom?")
    purpose = CleanCharField(label="What for?", max_length=300)
    made_at = DateTimeBoxesField(
        label="When was it made, if it was?", latest=timezone.localdate, required=False
    )
    reference = CleanCharField(label="Their reference", max_length=80, required=False)

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Choose"), *agencies]  # type: ignore[attr-defined]


class ReferralAnswerForm(DeedForm):
    """That a referral was made, why it is not needed, or what came back."""

    deed = forms.ChoiceField(
        label="What do you want to record?",
        choices=(
            ("made", "It was made"),
            ("excused", "It is not needed"),
            ("response", "They answered"),
        ),
        widget=Radios,
    )
    made_at = DateTimeBoxesField(
        label="When was it made?", latest=timezone.localdate, required=False
    )
    reference = CleanCharField(label="Their reference", max_length=80, required=False)
    words = CleanTextField(
        label="Why it is not needed, or what they answered",
        max_length=2_000,
        rows=3,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a deed without what it needs."""
        data = super().clean() or {}
        if data.get("deed") == "made" and not data.get("made_at") and "made_at" not in self.errors:
            self.add_error("made_at", "Say when the referral was made.")
        if data.get("deed") in {"excused", "response"} and not data.get("words"):
            self.add_error("words", "Write it in a sentence.")
        return data


class FeedbackForm(DeedForm):
    """What the reporter is told."""

    text = CleanTextField(
        label="What do you tell the person who reported it?",
        help_text="They read exactly this. Name nobody else.",
        max_length=2_000,
        rows=4,
        required=False,
    )
    excused_reason = CleanCharField(
        label="If you tell them nothing, why?", max_length=500, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuse neither and both."""
        data = super().clean() or {}
        if bool(data.get("text")) == bool(data.get("excused_reason")) and not self.errors:
            self.add_error("text", "Write the feedback, or say why there is none.")
        return data


class CloseForm(DeedForm):
    """The five records of an ended incident and its lessons (R-KCSIE-1)."""

    summary = CleanTextField(label="Summary: what happened", max_length=4_000, rows=4)
    follow_up = CleanTextField(label="Follow-up: what was looked into", max_length=4_000, rows=3)
    action = CleanTextField(label="Action: what was done", max_length=4_000, rows=3)
    decision = CleanTextField(
        label="Decision and its reason",
        help_text="Include why nothing was referred, if nothing was.",
        max_length=4_000,
        rows=3,
    )
    outcome = CleanTextField(label="Outcome for the people involved", max_length=4_000, rows=3)
    lessons = CleanTextField(
        label="Lessons for policy, teaching, filtering or training",
        help_text="Write “none” if there are none.",
        max_length=4_000,
        rows=3,
    )


class EndUnblockForm(forms.Form):
    """Which temporary unblock to end, and why."""

    change = forms.ModelChoiceField(
        label="Which one is to end now?",
        queryset=ChangeRequest.objects.none(),
        widget=Radios,
        empty_label=None,
    )
    reason = CleanTextField(label="Why?", max_length=1_000, rows=3)

    def __init__(
        self, *args: Any, changes: QuerySet[ChangeRequest, ChangeRequest], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["change"]
        field.queryset = changes
        field.label_from_instance = _unblock_in_words


def _unblock_in_words(change: ChangeRequest) -> str:
    targets = ", ".join(target.target for target in change.live_targets)
    return f"{change.reference}: {targets}, open until {uk_date(change.until_date)}"
