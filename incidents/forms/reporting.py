"""The report: what happened, when, where, and who was involved."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from common.errors import Refusal
from common.file_checks import check_upload
from common.forms import (
    Checkboxes,
    CleanCharField,
    CleanTextField,
    DateTimeBoxesField,
    MultipleFileField,
    PeopleSource,
    PersonPickerField,
    Radios,
)
from incidents.actions import Involved
from incidents.vocabulary import Part, Place, RiskArea, YesNoUnsure

ABOUT = (
    ("pupil", "Something a pupil did, or that happened to a pupil"),
    ("staff", "Something a member of staff, volunteer or governor did"),
    ("head", "Something the headteacher did"),
    ("other", "Something else, or nobody is known"),
)
ABOUT_HINTS = {
    "staff": "Goes straight to the headteacher. Nobody else sees it.",
    "head": "Goes straight to the chair of governors. The headteacher does not see it.",
}


class ReportForm(forms.Form):
    """One incident, in the reporter's own words."""

    unmarked = ("areas",)

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    about = forms.ChoiceField(
        label="What is it about?", choices=ABOUT, widget=Radios(hints=ABOUT_HINTS)
    )
    description = CleanTextField(
        label="What happened?",
        help_text="Facts in plain words. Use a child's own words where you know them.",
        max_length=10_000,
        rows=7,
    )
    occurred_at = DateTimeBoxesField(
        label="When did it happen?", latest=timezone.localdate, initial=timezone.now
    )
    noticed_at = DateTimeBoxesField(
        label="When did you notice it, if later?", latest=timezone.localdate, required=False
    )
    place = forms.ChoiceField(label="Where?", choices=Place.choices, widget=Radios)
    place_detail = CleanCharField(
        label="Which room, device, site or app?", max_length=200, required=False
    )
    imagery = forms.ChoiceField(
        label="Might a naked or sexual picture of a child be involved?",
        help_text=(
            "If yes or not sure: do not look at it, copy it, send it or print it. Leave the "
            "device as it is and tell the safeguarding lead now."
        ),
        choices=YesNoUnsure.choices,
        widget=Radios,
    )
    areas = forms.MultipleChoiceField(
        label="Which kind of risk is it?",
        help_text="Choose all that fit. Leave it empty if you are not sure.",
        choices=RiskArea.choices,
        widget=Checkboxes,
        required=False,
    )
    done_at_once = CleanTextField(
        label="What did you do at once?", max_length=4_000, rows=3, required=False
    )
    told_lead = forms.TypedChoiceField(
        label="Did you tell the safeguarding lead in person?",
        choices=(("yes", "Yes"), ("no", "No")),
        coerce=lambda value: value == "yes",
        widget=Radios,
    )
    late_reason = CleanCharField(
        label="If this is later than the same school day, why?", max_length=300, required=False
    )
    links = CleanTextField(
        label="Web addresses that matter",
        help_text="One on each line. Never the address of a picture of a child.",
        max_length=2_000,
        rows=2,
        required=False,
    )
    files = MultipleFileField(  # type: ignore[assignment]
        label="Files or screenshots",
        help_text="PDF, pictures, Word, Excel, text. Never a naked or sexual picture of a child.",
        most=6,
        required=False,
    )

    def __init__(self, *args: Any, megabytes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.megabytes = megabytes

    def clean_files(self) -> list[UploadedFile]:
        """Refuse a file that cannot be kept, at its field, before anything is written."""
        for upload in self.cleaned_data["files"]:
            try:
                check_upload(upload, megabytes=self.megabytes)
            except Refusal as refusal:
                raise ValidationError(str(refusal)) from None
            upload.seek(0)
        return self.cleaned_data["files"]

    def clean(self) -> dict[str, Any]:
        """Refuse files where pictures of a child may be involved, and times out of order."""
        data = super().clean() or {}
        occurred, noticed = data.get("occurred_at"), data.get("noticed_at")
        if occurred and occurred > timezone.now():
            self.add_error("occurred_at", "The date and time cannot be in the future.")
        if occurred and noticed and noticed < occurred:
            self.add_error("noticed_at", "It cannot have been noticed before it happened.")
        if noticed and noticed > timezone.now():
            self.add_error("noticed_at", "The date and time cannot be in the future.")
        if data.get("files") and data.get("imagery") != YesNoUnsure.NO:
            self.add_error(
                "files",
                "No file can be sent where a naked or sexual picture of a child may be involved. "
                "Nothing was kept. Say in words where it is, and tell the safeguarding lead now.",
            )
        return data


class InvolvedForm(forms.Form):
    """One person involved: found by name, or described."""

    person = PersonPickerField(
        label="Name", help_text="Start typing, then choose from the list.", required=False
    )
    described = CleanCharField(
        label="Or describe them, if not at this school or not known", max_length=200, required=False
    )
    part = forms.ChoiceField(
        label="Their part", choices=[("", "Choose"), *Part.choices], required=False
    )

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].source = source  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a person without a part and a part without a person."""
        data = super().clean() or {}
        named = bool(data.get("person")) or bool(data.get("described"))
        if data.get("person") and data.get("described"):
            self.add_error("described", "Choose a name or describe somebody, not both.")
        if named and not data.get("part") and "part" not in self.errors:
            self.add_error("part", "Choose what part they had.")
        if data.get("part") and not named and "person" not in self.errors:
            self.add_error("person", "Choose who this is, or describe them.")
        return data

    @property
    def involved(self) -> Involved | None:
        """Return who is involved, or None for an empty row."""
        data = self.cleaned_data
        if not (data.get("person") or data.get("described")):
            return None
        return Involved(
            part=data["part"], person=data.get("person"), described=data.get("described", "")
        )


class _Involved(forms.BaseFormSet):
    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return super().get_form_kwargs(index) | {
            "empty_permitted": True,
            "use_required_attribute": False,
        }


InvolvedFormSet = forms.formset_factory(
    InvolvedForm, formset=_Involved, extra=1, max_num=20, absolute_max=20
)
