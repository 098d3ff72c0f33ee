"""Forms of how lent and mobile equipment is used, checked and protected."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from assets.actions.declarations import OwnUse
from assets.actions.device_checks import Found, Points
from assets.forms.answers import yes_no
from assets.forms.own_devices import VersionForm
from assets.models import Asset, DeviceCheck, UseDeclaration
from assets.vocabulary import CHECKS, WITH_PIN
from common.dates import uk_date
from common.forms import (
    Checkboxes,
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)


class UseForm(forms.Form):
    """Whether somebody used what was lent to them for themselves, and when (AST-11)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    significant = yes_no(
        "Did you use it for yourself in a significant way?",
        yes="Yes, more than now and then",
        no="No, or hardly ever",
        help_text="For example a private project, or your family using it regularly.",
    )
    used_from = DateBoxesField(label="If yes: from", required=False)
    used_until = DateBoxesField(label="If yes: until", required=False)
    words = CleanTextField(
        label="If yes: what for?",
        help_text="A few words. Payroll reads this.",
        max_length=300,
        rows=2,
        required=False,
    )
    unmarked = ("used_from", "used_until", "words")

    @property
    def use(self) -> OwnUse:
        """Return what was said."""
        return OwnUse(**{name: self.cleaned_data[name] for name in OwnUse.__dataclass_fields__})


class PassForm(forms.Form):
    """Which declarations payroll was told of."""

    declarations = forms.MultipleChoiceField(label="Whose?", widget=Checkboxes)

    def __init__(self, *args: Any, rows: Iterable[UseDeclaration], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.pk): one for one in rows}
        chosen: Any = self.fields["declarations"]
        chosen.choices = [(key, _in_words(one)) for key, one in self.by_key.items()]
        chosen.initial = list(self.by_key)

    @property
    def chosen(self) -> list[UseDeclaration]:
        """Return the declarations that were ticked."""
        return [self.by_key[key] for key in self.cleaned_data["declarations"]]


def _in_words(one: UseDeclaration) -> str:
    return f"{one.person}, {uk_date(one.used_from)} to {uk_date(one.used_until)}: {one.words}"


class SpotCheckForm(VersionForm):
    """What a scan, check or installation found that was done here (AST-18, AST-19)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(
        label="What was done?", choices=[(one.value, one.label) for one in CHECKS], widget=Radios
    )
    passed = yes_no("Is the device in order?")
    result = CleanTextField(
        label="What was found and done?", help_text="No names.", max_length=500, rows=3
    )
    done_date = DateBoxesField(label="When?", latest=timezone.localdate)
    supplier = CleanCharField(
        label="Which firm did it?",
        help_text="Leave it empty when somebody of the school did.",
        max_length=80,
        required=False,
    )
    next_date = DateBoxesField(label="Next check due", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_date"].initial = timezone.localdate()

    @property
    def found(self) -> Found:
        """Return what was found."""
        return Found(**{name: self.cleaned_data[name] for name in Found.__dataclass_fields__})


class PointsForm(forms.Form):
    """The four points of a device that goes about, its account and its custodian (AST-17)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    encrypted = yes_no("Is what is kept on it encrypted?")
    locked = yes_no("Is it locked with a password or a PIN?")
    protected = yes_no("Is it protected against viruses, and up to date?")
    impersonal = yes_no(
        "Is it free of anything personal?",
        help_text="No private account, payment or app of whoever uses it.",
    )
    wiped_date = DateBoxesField(
        label="Last wiped",
        help_text="The day on which personal data was last taken off it.",
        latest=timezone.localdate,
        required=False,
    )
    account = CleanCharField(
        label="School account that manages it",
        help_text="For example classroom-tablets@the school’s address. Never a password.",
        max_length=120,
        required=False,
    )
    custodian = PersonPickerField(
        label="Who knows its PIN?",
        help_text="Only who. The PIN itself is never written here.",
        required=False,
    )
    note = CleanTextField(label="What else you noticed", max_length=300, rows=2, required=False)

    def __init__(
        self,
        *args: Any,
        asset: Asset,
        latest: DeviceCheck | None,
        source: PeopleSource,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if latest:
            fields["account"].initial, fields["custodian"].initial = (
                latest.account,
                latest.custodian,
            )
        fields["custodian"].source = source
        for name in ("account", "custodian"):
            fields[name].required = asset.kind in WITH_PIN

    @property
    def points(self) -> Points:
        """Return what was looked at."""
        return Points(**{name: self.cleaned_data[name] for name in Points.__dataclass_fields__})


class CertificateForm(forms.Form):
    """The certificate of a check."""

    upload = forms.FileField(label="The certificate")
