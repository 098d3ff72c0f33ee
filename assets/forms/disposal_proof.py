"""Forms of what proves a disposal: wipes of storage media, and papers."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from assets.disposal_needs import DisposalFile
from assets.models import DisposalCompany, DisposalPaper
from assets.vocabulary import AssetKind, Method, PaperKind, Result
from common.forms import (
    Checkboxes,
    CleanCharField,
    DateBoxesField,
    DateTimeBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)

METHOD_HINTS = {
    "clear": "For hard disks and tapes. It does not reach all of an SSD or flash memory.",
    "purge": "The disk’s own secure erase, or the key of an encrypted disk destroyed.",
    "destroy": "After a wipe failed. A magnet is no destruction.",
}


class WipeForm(forms.Form):
    """How a medium was wiped or destroyed, and who looked."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    method = forms.ChoiceField(
        label="What was done?", choices=Method.choices, widget=Radios(hints=METHOD_HINTS)
    )
    technique = CleanCharField(
        label="How exactly?",
        help_text="Such as “one pass of zeros”, “NVMe sanitise”, “shredded to 6 mm”.",
        max_length=120,
    )
    tool = CleanCharField(
        label="With which software or built-in erase?", max_length=80, required=False
    )
    tool_version = CleanCharField(label="Its version", max_length=40, required=False)
    result = forms.ChoiceField(label="How did it go?", choices=Result.choices, widget=Radios)
    failure = CleanCharField(label="If it failed: why?", max_length=300, required=False)
    place = CleanCharField(label="If it was destroyed: where?", max_length=120, required=False)
    done_by = PersonPickerField(label="Who of the school did it?", required=False)
    done_by_name = CleanCharField(
        label="Or who of the company?", help_text="Their name.", max_length=100, required=False
    )
    done_at = DateTimeBoxesField(label="When?")
    verified_by = PersonPickerField(
        label="Who looked that nothing is left?",
        help_text="Somebody else than whoever did it.",
        required=False,
    )
    verification = CleanCharField(
        label="How did they look?",
        help_text="Such as “read ten places at random”, “saw the pieces”.",
        max_length=200,
        required=False,
    )
    certificate_number = CleanCharField(
        label="Number of the certificate", max_length=60, required=False
    )
    unmarked = ("tool", "tool_version", "failure", "place", "done_by", "done_by_name")

    def __init__(
        self, *args: Any, source: PeopleSource, company: DisposalCompany | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["done_by"].source = fields["verified_by"].source = source
        fields["done_at"].initial = timezone.now()
        if company is None:
            del self.fields["done_by_name"]


class PaperForm(forms.Form):
    """A receipt, note or certificate with its file; sent twice, it is put on file once."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(label="What is it?", choices=PaperKind.choices, widget=Radios)
    upload = forms.FileField(label="The paper")
    dated = DateBoxesField(label="Its date", latest=timezone.localdate)
    number = CleanCharField(label="Its number", max_length=60, required=False)
    issuer = CleanCharField(label="Who issued it?", max_length=100, required=False)
    devices = forms.IntegerField(
        label="For how many devices?",
        help_text="Needed for receipts, notes and evidence of treatment.",
        min_value=1,
        max_value=10_000,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )
    accepts_duty = forms.BooleanField(
        label="In it the company accepts the duty to destroy personal data",
        help_text="Tick it only if the receipt says so in words.",
        required=False,
    )
    disks = forms.MultipleChoiceField(
        label="Which storage media is the certificate about?", widget=Checkboxes, required=False
    )
    servers = forms.MultipleChoiceField(
        label="Which servers is the certificate about?", widget=Checkboxes, required=False
    )
    replaces = forms.MultipleChoiceField(
        label="Does it replace papers that are here?",
        help_text="They stay on file but no longer count.",
        widget=Checkboxes,
        required=False,
    )
    unmarked = ("devices", "accepts_duty", "disks", "servers", "replaces")

    def __init__(self, *args: Any, file: DisposalFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.media_by = {str(one.medium.pk): one.medium for one in file.media}
        self.servers_by = {
            str(one.asset.pk): one.asset
            for one in file.devices
            if one.asset.kind == AssetKind.SERVER
        }
        self.papers_by = {str(one.pk): one for one in file.papers}
        fields: Any = self.fields
        named = {one.asset.pk: one.asset for one in file.devices}
        fields["disks"].choices = [
            (pk, f"{named[one.asset_id]}: {one}") for pk, one in self.media_by.items()
        ]
        fields["servers"].choices = list(self.servers_by.items())
        fields["replaces"].choices = [(pk, _paper_words(one)) for pk, one in self.papers_by.items()]
        for name in ("disks", "servers", "replaces"):
            if not fields[name].choices:
                del fields[name]

    @property
    def told(self) -> dict[str, Any]:
        """Return what the action takes."""
        data = dict(self.cleaned_data)
        return {
            **{name: data[name] for name in ("kind", "dated", "number", "issuer", "devices")},
            "accepts_duty": data["accepts_duty"],
            "media": [self.media_by[pk] for pk in data.get("disks", [])],
            "servers": [self.servers_by[pk] for pk in data.get("servers", [])],
            "replaces": [self.papers_by[pk] for pk in data.get("replaces", [])],
        }


def _paper_words(paper: DisposalPaper) -> str:
    return " ".join(filter(None, (paper.get_kind_display(), paper.number, paper.file_name)))
