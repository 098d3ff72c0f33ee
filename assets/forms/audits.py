"""Forms of audits from outside, and of paper that was destroyed."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from assets.actions.audits import AuditDetails
from assets.actions.paper import PaperDetails
from assets.forms.own_devices import VersionForm
from assets.models import DisposalCompany
from assets.vocabulary import PaperAmount, PaperMethod
from common.forms import (
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)


class AuditForm(forms.Form):
    """Who is asked to look at equipment, why, at what, and by when (AST-23)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    agency = CleanCharField(
        label="Who does it?",
        help_text="Somebody from outside, for example the local authority’s IT auditors.",
        max_length=120,
    )
    reason = CleanTextField(
        label="Why is it asked for?",
        help_text="No names. If it follows from an incident, say only its number.",
        max_length=500,
        rows=3,
    )
    scope = CleanTextField(label="What do they look at?", max_length=500, rows=3)
    due_date = DateBoxesField(label="Their report is here by", earliest=timezone.localdate)

    @property
    def details(self) -> AuditDetails:
        """Return what is asked for."""
        names = AuditDetails.__dataclass_fields__
        return AuditDetails(**{name: self.cleaned_data[name] for name in names})


class AuditReportForm(VersionForm):
    """What an audit found, with its report."""

    result = CleanTextField(label="What was found?", max_length=1_000, rows=4)
    result_date = DateBoxesField(label="Date of the report", latest=timezone.localdate)
    upload = forms.FileField(label="The report")


class AuditActionForm(VersionForm):
    """What an audit asks for, of whom and by when."""

    words = CleanTextField(label="What has to be done?", max_length=500, rows=3)
    owner = PersonPickerField(label="Who does it?")
    due_date = DateBoxesField(label="By when?", earliest=timezone.localdate)

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].source = source  # type: ignore[attr-defined]


class DoneForm(forms.Form):
    """What was done about an action."""

    note = CleanTextField(label="What was done?", max_length=500, rows=3)


class DestructionForm(forms.Form):
    """What paper was destroyed, how, when and how much (AST-24)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    method = forms.ChoiceField(label="How?", choices=PaperMethod.choices, widget=Radios)
    company = forms.ChoiceField(
        label="If collected: by which company?",
        help_text="Only companies whose licence and guarantee are in force.",
        required=False,
    )
    destroyed_date = DateBoxesField(label="When?", latest=timezone.localdate)
    what = CleanCharField(
        label="What kind of records?",
        help_text="For example: pupil files past their date. No names.",
        max_length=300,
    )
    amount = forms.IntegerField(
        label="How much?",
        min_value=1,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )
    unit = forms.ChoiceField(label="Counted in", choices=PaperAmount.choices, widget=Radios)
    unmarked = ("company",)

    def __init__(self, *args: Any, companies: Iterable[DisposalCompany], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.pk): one for one in companies}
        chosen: Any = self.fields["company"]
        chosen.choices = [("", "No company"), *self.by_key.items()]
        self.fields["destroyed_date"].initial = timezone.localdate()

    def clean_company(self) -> DisposalCompany | None:
        """Return the company that was chosen, if any."""
        return self.by_key.get(self.cleaned_data["company"])

    @property
    def details(self) -> PaperDetails:
        """Return what was destroyed."""
        names = PaperDetails.__dataclass_fields__
        return PaperDetails(**{name: self.cleaned_data[name] for name in names})


class DestructionCertificateForm(forms.Form):
    """The certificate of a collection, with its number."""

    number = CleanCharField(label="Its number", max_length=60)
    upload = forms.FileField(label="The certificate")
