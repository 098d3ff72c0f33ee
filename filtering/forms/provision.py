"""Forms of the register: products, profiles, the baseline, and what is confirmed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from common.forms import (
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)
from filtering.actions.profiles import Entered
from filtering.categories import Category
from filtering.lists_of_school import names_of
from filtering.models import Rule, Service
from filtering.vocabulary import Direction, ServiceKind
from people.models import School


class AsAtForm(forms.Form):
    """The day as at which the register is read."""

    on = DateBoxesField(label="As at the end of", latest=timezone.localdate, required=False)


class OwnerForm(forms.Form):
    """A part of the register that somebody of the staff looks after."""

    owner = PersonPickerField(
        label="Who looks after it?", help_text="Start typing, then choose from the list."
    )

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].source = source  # type: ignore[attr-defined]


class ServiceForm(OwnerForm):
    """A product as the school describes it (FIL-01, FIL-31, FIL-34)."""

    kind = forms.ChoiceField(label="What is it for?", choices=ServiceKind.choices, widget=Radios)
    name = CleanCharField(label="Name", max_length=120)
    provider = CleanCharField(label="Provider", max_length=120, required=False)
    purpose = CleanTextField(label="What does it do at your school?", max_length=500, rows=3)
    covers = CleanCharField(
        label="Which devices and networks does it cover?", max_length=300, required=False
    )
    used_by = CleanCharField(
        label="Who may use it?",
        help_text="Roles, not names. For example class teachers.",
        max_length=300,
        required=False,
    )
    uses_ai = forms.BooleanField(label="It uses artificial intelligence", required=False)
    contract = CleanCharField(label="Contract number", max_length=120, required=False)
    contract_ends_date = DateBoxesField(label="Contract ends", required=False)
    privacy_notice = forms.URLField(
        label="Address of its privacy notice",
        max_length=300,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput,
    )
    field_order = (
        *("kind", "name", "provider", "purpose", "covers", "used_by", "uses_ai"),
        *("owner", "contract", "contract_ends_date", "privacy_notice"),
    )


class ProfileForm(OwnerForm):
    """A group of users that is filtered in its own way (FIL-23)."""

    name = CleanCharField(label="Name", help_text="For example Pupils.", max_length=60)
    whom = CleanCharField(label="Whom is it for?", max_length=200)
    service = forms.ChoiceField(label="Which product filters it?")
    network = forms.ChoiceField(label="On which network?", required=False)
    field_order = ("name", "whom", "service", "network", "owner")

    def __init__(
        self, *args: Any, school: School, services: Iterable[Service], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.services = {str(service.pk): service for service in services}
        chosen: Any = self.fields["service"]
        chosen.choices = [("", "Choose"), *self.services.items()]
        networks: Any = self.fields["network"]
        networks.choices = [("", "All networks")] + [
            (name, name) for name in names_of(school, "networks")
        ]

    def clean_service(self) -> Service:
        """Return the product that was chosen."""
        return self.services[self.cleaned_data["service"]]


class EndForm(forms.Form):
    """Why something is no longer in use."""

    reason = CleanTextField(label="Why is it no longer in use?", max_length=500, rows=3)


class MarkForm(forms.Form):
    """A confirmation of exactly what was shown."""

    mark = forms.CharField(widget=forms.HiddenInput)


class BaselineForm(forms.Form):
    """Block, allow or nothing for each category, and why (FIL-02)."""

    usual = CleanCharField(
        label="Reason for every category without one of its own",
        help_text="For example: not suitable for pupils of our age.",
        max_length=500,
        required=False,
    )

    def __init__(
        self, *args: Any, categories: list[Category], held: dict[str, Rule], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.categories = dict(enumerate(categories))
        for number, category in self.categories.items():
            rule = held.get(category.code)
            self.fields[f"state_{number}"] = forms.ChoiceField(
                label=category.label,
                choices=[("", "Not set"), *Direction.choices],
                initial=rule.direction if rule else "",
                required=False,
            )
            self.fields[f"why_{number}"] = CleanCharField(
                label=f"Why, for {category.label}",
                max_length=500,
                initial=rule.why if rule else "",
                required=False,
            )

    def rows(self) -> list[tuple[Category, Any, Any]]:
        """Return each category with its two fields, as the page shows them."""
        return [
            (category, self[f"state_{number}"], self[f"why_{number}"])
            for number, category in self.categories.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a category that is set without a reason."""
        data = super().clean() or {}
        for number, category in self.categories.items():
            set_to, why = data.get(f"state_{number}"), data.get(f"why_{number}")
            if set_to and not (why or data.get("usual")):
                self.add_error(f"why_{number}", f"Say why for “{category.label}”.")
        return data

    @property
    def entries(self) -> dict[str, Entered]:
        """Return what was entered, by category."""
        data = self.cleaned_data
        return {
            category.code: Entered(data[f"state_{number}"], data[f"why_{number}"] or data["usual"])
            for number, category in self.categories.items()
            if data[f"state_{number}"]
        }


class AttestForm(forms.Form):
    """What is confirmed, on what it rests, and until when."""

    service = forms.ChoiceField(label="For which product?", required=False)
    note = CleanTextField(
        label="On what does this rest?",
        help_text="For example the provider’s letter, or what you checked.",
        max_length=500,
        rows=3,
    )
    upload = forms.FileField(label="Evidence", required=False)
    next_date = DateBoxesField(
        label="When is it confirmed again?", help_text="At most a year from now."
    )

    def __init__(
        self, *args: Any, services: Iterable[Service], next_date: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.services = {str(service.pk): service for service in services}
        chosen: Any = self.fields["service"]
        chosen.choices = [("", "Not about one product"), *self.services.items()]
        self.fields["next_date"].initial = next_date

    def clean_service(self) -> Service | None:
        """Return the product that was chosen, if any."""
        return self.services.get(self.cleaned_data["service"])
