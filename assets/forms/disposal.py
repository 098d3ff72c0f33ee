"""Forms of disposals. Each deed carries the version its page was opened with."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from assets.disposal_needs import DisposalFile
from assets.models import Asset, DisposalBatch, DisposalCompany
from assets.vocabulary import AssetKind, Condition, Method, PaperKind, Result, Route
from common.forms import (
    Checkboxes,
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    DateTimeBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)

ROUTE_HINTS = {
    "recycle": "The company may wipe what the school could not.",
    "destroy": "The company shreds storage media. The school wipes them first.",
    "resale": "Every storage medium is wiped by the school before it leaves.",
    "donation": "Every storage medium is wiped by the school before it leaves.",
    "return": "Every storage medium is wiped by the school before it leaves.",
}
METHOD_HINTS = {
    "clear": "For hard disks and tapes. It does not reach all of an SSD or flash memory.",
    "purge": "The disk’s own secure erase, or the key of an encrypted disk destroyed.",
    "destroy": "After a wipe failed. A magnet is no destruction.",
}
DECISIONS = (
    ("approve_disposal", "Approve it as it stands"),
    ("return_disposal", "Send it back to be changed"),
    ("refuse_disposal", "Refuse it"),
)


class DisposalForm(forms.Form):
    """What is to become of things, who takes them, and why."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput)
    route = forms.ChoiceField(
        label="What is to become of them?", choices=Route.choices, widget=Radios(hints=ROUTE_HINTS)
    )
    company = forms.ChoiceField(
        label="Which company takes them?",
        help_text="Only companies that are approved and in force can be chosen.",
        required=False,
    )
    recipient = CleanCharField(
        label="Or who else gets them?",
        help_text="For what is given away or returned.",
        max_length=200,
        required=False,
    )
    reason = CleanTextField(label="Why are they no longer wanted?", max_length=500, rows=3)
    unmarked = ("company", "recipient")

    def __init__(
        self,
        *args: Any,
        companies: Iterable[DisposalCompany],
        batch: DisposalBatch | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.companies = {str(one.pk): one for one in companies}
        chosen: Any = self.fields["company"]
        chosen.choices = [("", "No company of the register"), *self.companies.items()]
        del self.fields["version" if batch is None else "submission"]
        if batch:
            for name in ("version", "route", "recipient", "reason"):
                self.fields[name].initial = getattr(batch, name)
            chosen.initial = str(batch.company_id or "")

    def clean_company(self) -> DisposalCompany | None:
        """Return the company that was chosen, if any."""
        return self.companies.get(self.cleaned_data["company"])


class DevicesForm(forms.Form):
    """Devices to put in: ticked in a list, or by their tags."""

    chosen = forms.MultipleChoiceField(
        label="Devices that are no longer wanted", widget=Checkboxes, required=False
    )
    tags = CleanTextField(
        label="Or type or scan their tags",
        help_text="One on each line.",
        max_length=4_000,
        rows=3,
        required=False,
    )
    condition = forms.ChoiceField(
        label="In what condition are they?",
        choices=Condition.choices,
        widget=Radios,
        initial=Condition.WORN,
    )
    unmarked = ("chosen", "tags")

    def __init__(self, *args: Any, devices: Iterable[Asset], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chosen"]
        field.choices = [(one.tag, f"{one.tag}: {one.name}") for one in devices]
        if not field.choices:
            del self.fields["chosen"]

    @property
    def told(self) -> dict[str, Any]:
        """Return what the action takes."""
        data = self.cleaned_data
        tags = [*data.get("chosen", []), *data["tags"].splitlines()]
        return {"tags": tags, "condition": data["condition"]}


class BatchForm(forms.Form):
    """Base of every deed that depends on what was seen; by itself a deed without questions."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, batch: DisposalBatch, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": batch.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class WithdrawForm(BatchForm):
    """Why a disposal is withdrawn."""

    reason = CleanTextField(label="Why?", max_length=500, rows=3)


class DecideForm(BatchForm):
    """Approve, send back or refuse."""

    decision = forms.ChoiceField(label="What do you decide?", choices=DECISIONS, widget=Radios)
    note = CleanTextField(
        label="Reason",
        help_text="You may leave it empty when you approve.",
        max_length=500,
        rows=3,
        required=False,
    )
    unmarked = ("note",)

    def clean(self) -> dict[str, Any]:
        """Refuse silence where somebody waits for a reason."""
        data = super().clean() or {}
        if data.get("decision") not in {None, "approve_disposal"} and not data.get("note"):
            self.add_error("note", "Write down the reason, or what has to be changed.")
        return data


class HandOverForm(BatchForm):
    """What two people saw when the devices were fetched."""

    count = forms.IntegerField(
        label="How many devices went out?",
        help_text="Count them at the door. Do not copy the number.",
        min_value=0,
        max_value=10_000,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
    )
    collected_at = DateTimeBoxesField(label="When were they fetched?")
    collected_by = CleanCharField(label="Who came for them?", max_length=100)
    witness = PersonPickerField(
        label="Who stood there with you?",
        help_text="Somebody of your staff. Start typing, then choose from the list.",
    )
    tracking_reference = CleanCharField(
        label="Waste tracking reference", max_length=60, required=False
    )

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["witness"].source = source
        fields["collected_at"].initial = timezone.now()


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
    """A receipt, note or certificate with its file."""

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
    media = forms.MultipleChoiceField(
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
    unmarked = ("devices", "accepts_duty", "media", "servers", "replaces")

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
        fields["media"].choices = [
            (pk, f"{named[one.asset_id]}: {one}") for pk, one in self.media_by.items()
        ]
        fields["servers"].choices = list(self.servers_by.items())
        fields["replaces"].choices = [(pk, _paper_words(one)) for pk, one in self.papers_by.items()]
        for name in ("media", "servers", "replaces"):
            if not fields[name].choices:
                del fields[name]

    @property
    def told(self) -> dict[str, Any]:
        """Return what the action takes."""
        data = dict(self.cleaned_data)
        return {
            **{name: data[name] for name in ("kind", "dated", "number", "issuer", "devices")},
            "accepts_duty": data["accepts_duty"],
            "media": [self.media_by[pk] for pk in data.get("media", [])],
            "servers": [self.servers_by[pk] for pk in data.get("servers", [])],
            "replaces": [self.papers_by[pk] for pk in data.get("replaces", [])],
        }


class BreachForm(forms.Form):
    """What was done about papers that never came."""

    note = CleanTextField(
        label="What was done?",
        help_text="Whom you asked, and whether it counts as a data breach. Write no case details.",
        max_length=300,
        rows=4,
    )


def _paper_words(paper: Any) -> str:
    return " ".join(filter(None, (paper.get_kind_display(), paper.number, paper.file_name)))
