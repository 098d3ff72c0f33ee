"""Forms of reports about filtering: one short page to report, one for each deed on a report."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from common.forms import CleanCharField, CleanTextField, DateTimeBoxesField, Radios
from filtering.conditions.failures import needs_authority, needs_incident
from filtering.lists_of_school import names_of
from filtering.models import FailureReport
from filtering.vocabulary import Exposed, ReportKind, TestResult
from people.models import School

CHILDS_KINDS = (
    (ReportKind.UNSUITABLE, "I saw something bad or scary"),
    (ReportKind.OVERBLOCKED, "I cannot open a page that I need"),
)
PARENTS_KINDS = (
    (ReportKind.UNSUITABLE, "Something unsuitable was seen"),
    (ReportKind.OVERBLOCKED, "Something useful for school does not open"),
)
KIND_HINTS = {
    ReportKind.UNSUITABLE: "It should have been blocked and was not.",
    ReportKind.FAILURE: "For example, nothing is blocked any more, or the internet is open to all.",
    ReportKind.OVERBLOCKED: "Something that is needed for teaching or work does not open.",
}


class FailureForm(forms.Form):
    """What an adult of the school reports; never a picture of what was seen."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(
        label="What is it about?", choices=ReportKind.choices, widget=Radios(hints=KIND_HINTS)
    )
    what = CleanTextField(
        label="What happened?",
        help_text="Words only. Do not copy, save, send or print what was on the screen.",
        max_length=2_000,
        rows=4,
    )
    address = CleanCharField(
        label="Web address or name of the site",
        help_text="Type it, do not open it again.",
        max_length=500,
        required=False,
    )
    seen_at = DateTimeBoxesField(
        label="When was it?", latest=timezone.localdate, initial=timezone.now
    )
    site = forms.ChoiceField(label="Where?", required=False)
    device = CleanCharField(
        label="On which device?",
        help_text="For example the number on its label.",
        max_length=120,
        required=False,
    )
    exposed = forms.ChoiceField(label="Did a pupil see it?", choices=Exposed.choices, widget=Radios)

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = names_of(school, "sites")
        self.fields["site"].choices = [("", "Not at school, or not known")] + [  # type: ignore[attr-defined]
            (name, name) for name in sites
        ]
        if len(sites) == 1:
            self.fields["site"].initial = sites[0]

    def clean_seen_at(self) -> Any:
        """Refuse a moment that has not come."""
        if self.cleaned_data["seen_at"] > timezone.now():
            raise ValidationError("The date and time cannot be in the future.")
        return self.cleaned_data["seen_at"]


class FamilyFailureForm(forms.Form):
    """What a pupil or a parent tells: three questions that a young child can follow (FIL-24)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(label="What was it?", widget=Radios)
    what = CleanTextField(
        label="Tell us about it",
        help_text="Your own words are fine. Spelling does not matter.",
        max_length=2_000,
        rows=4,
    )
    address = CleanCharField(
        label="Where was it?",
        help_text="The name of the website, game or app, if you know it.",
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, child: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = CHILDS_KINDS if child else PARENTS_KINDS


class FailureStepForm(forms.Form):
    """Base of every deed on a report: it says which version of the report was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, failure: FailureReport, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": failure.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.failure = failure


class TakeOnForm(FailureStepForm):
    """Taking a report on."""

    note = CleanTextField(label="What will you do first?", max_length=2_000, rows=3, required=False)


class ContainForm(FailureStepForm):
    """Making it safe for now."""

    note = CleanTextField(
        label="How was it made safe?",
        help_text="For example, the site was blocked or the service stopped.",
        max_length=2_000,
        rows=4,
    )


class FailureNoteForm(FailureStepForm):
    """A line for the log."""

    note = CleanTextField(label="What was done or found?", max_length=2_000, rows=4)


class AuthorityForm(FailureStepForm):
    """A deed in which somebody says whether the local authority or trust was told (FIL-13)."""

    authority_told = forms.BooleanField(
        label="The local authority or trust has been told", required=False
    )


class EscalateForm(AuthorityForm):
    """Passing it to the provider."""

    provider = CleanCharField(label="Passed to", max_length=120)
    ticket = CleanCharField(label="Their ticket number", max_length=60, required=False)
    note = CleanTextField(label="What you told them", max_length=2_000, rows=3, required=False)
    field_order = ("version", "provider", "ticket", "note", "authority_told")

    def __init__(self, *args: Any, failure: FailureReport, **kwargs: Any) -> None:
        kwargs["initial"] = {"provider": failure.school.setting("failure_provider")}
        super().__init__(*args, failure=failure, **kwargs)


class FixForm(AuthorityForm):
    """Saying what was wrong and that it is mended."""

    cause = CleanTextField(label="What was wrong, and how was it mended?", max_length=1_000, rows=4)
    field_order = ("version", "cause", "authority_told")

    def __init__(self, *args: Any, failure: FailureReport, **kwargs: Any) -> None:
        super().__init__(*args, failure=failure, **kwargs)
        if not needs_authority(failure):
            del self.fields["authority_told"]


class VerifyForm(FailureStepForm):
    """Testing as a second person."""

    result = forms.ChoiceField(
        label="What did you find?", choices=TestResult.choices, widget=Radios
    )
    note = CleanTextField(
        label="What did you try?",
        help_text="Never open something illegal to test it.",
        max_length=1_500,
        rows=3,
        required=False,
    )
    no_incident_reason = CleanCharField(
        label="If no incident is needed, why not?",
        help_text="A pupil may have been exposed and no incident was raised from this report.",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, failure: FailureReport, **kwargs: Any) -> None:
        super().__init__(*args, failure=failure, **kwargs)
        if not needs_incident(failure):
            del self.fields["no_incident_reason"]

    def clean(self) -> dict[str, Any]:
        """Refuse “does not work” without words."""
        data = super().clean() or {}
        if data.get("result") == TestResult.WRONG and not data.get("note"):
            self.add_error("note", "Say what does not work.")
        return data
