"""Forms of the register of disposal companies."""

from typing import Any

from django import forms

from assets.models import DisposalCompany
from assets.vocabulary import CompanyPaperKind
from common.forms import CleanCharField, DateBoxesField, Radios


class CompanyForm(forms.Form):
    """What a school knows of a company; the version stands only where one is changed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = CleanCharField(label="Name", max_length=100)
    contact = CleanCharField(
        label="Whom to call", help_text="A name, number or address.", max_length=200, required=False
    )
    carrier_licence = CleanCharField(
        label="Number of its waste carrier licence",
        help_text="Look it up in the public register of waste carriers.",
        max_length=40,
    )
    licence_until = DateBoxesField(label="The licence is good until")
    guarantee_until = DateBoxesField(
        label="Its written guarantee is good until",
        help_text="In it the company guarantees that data is wiped or destroyed.",
    )
    insurance_until = DateBoxesField(label="Its insurance is good until", required=False)
    standard = CleanCharField(
        label="Standard it is certified by",
        help_text="Such as ADISA.",
        max_length=80,
        required=False,
    )
    standard_number = CleanCharField(
        label="Number of that certificate", max_length=60, required=False
    )
    standard_until = DateBoxesField(label="That certificate is good until", required=False)

    def __init__(self, *args: Any, company: DisposalCompany | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if company is None:
            del self.fields["version"]
            return
        for name, field in self.fields.items():
            field.initial = getattr(company, name)


class CompanyPaperForm(forms.Form):
    """A paper by which a company shows what it must."""

    kind = forms.ChoiceField(label="What is it?", choices=CompanyPaperKind.choices, widget=Radios)
    upload = forms.FileField(label="The paper")
    valid_until = DateBoxesField(
        label="It is good until", help_text="As the paper says.", required=False
    )


class CompanyDeedForm(forms.Form):
    """A deed on a company that asks for nothing more; it says which version was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, company: DisposalCompany, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = company.version
