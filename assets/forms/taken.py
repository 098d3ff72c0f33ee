"""Forms of items taken from pupils: a quick one to take it, and one for each deed (MOB-04)."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from assets.actions.taken import Taking
from assets.models import Confiscation
from assets.queries.taken import fetchers_of
from assets.vocabulary import Condition, DeviceKind, RuleBroken
from common.forms import (
    CleanCharField,
    CleanTextField,
    DateTimeBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)
from people.models import Person

YES_NO = (("no", "No"), ("yes", "Yes, or I am not sure"))
DO_NOT_LOOK = "If you think so, do not look. Do not open, copy, send or delete anything."


def said_yes(value: Any) -> bool:
    """Return whether somebody answered yes."""
    return value == "yes"


class TakeForm(forms.Form):
    """What was taken from whom, and where it lies; what can wait is folded away."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    exempt_known = forms.BooleanField(widget=forms.HiddenInput, required=False)
    pupil = PersonPickerField(label="From whom?")
    kind = forms.ChoiceField(
        label="What is it?", choices=DeviceKind.choices, initial=DeviceKind.PHONE
    )
    item = CleanCharField(
        label="What does it look like?",
        help_text="So that it is known again, for example “black Nokia, blue case”.",
        max_length=120,
    )
    rule = forms.ChoiceField(label="Why was it taken?", choices=RuleBroken.choices, widget=Radios)
    suspected = forms.ChoiceField(
        label="Might there be a naked or sexual picture of a child on it?",
        help_text=DO_NOT_LOOK,
        choices=YES_NO,
        widget=Radios,
    )
    stored_where = CleanCharField(
        label="Where is it now?", help_text="For example “office, drawer 2”.", max_length=120
    )
    same_day = forms.BooleanField(label="It is given back at the end of today", required=False)
    item_tag = CleanCharField(label="Number on the bag or label", max_length=30, required=False)
    condition = forms.ChoiceField(
        label="Condition", choices=Condition.choices, initial=Condition.GOOD, widget=Radios
    )
    taken_at = DateTimeBoxesField(
        label="When was it taken?", latest=timezone.localdate, initial=timezone.now
    )
    taken_where = CleanCharField(label="Where was it taken?", max_length=120, required=False)
    what = CleanTextField(
        label="What happened?",
        help_text="Words only. Never quote or show what is on the device.",
        max_length=500,
        rows=3,
        required=False,
    )
    MORE = ("item_tag", "condition", "taken_at", "taken_where", "what")

    def __init__(self, *args: Any, source: PeopleSource, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pupil"].source = source  # type: ignore[attr-defined]

    @property
    def taking(self) -> Taking:
        """Return what was filled in."""
        return Taking(**{name: self.cleaned_data[name] for name in Taking.__dataclass_fields__})

    @property
    def more_wrong(self) -> bool:
        """Return whether something folded away has to be mended."""
        return any(name in self.errors for name in self.MORE)

    def clean_suspected(self) -> bool:
        """Return the answer as yes or no."""
        return said_yes(self.cleaned_data["suspected"])


class ItemStepForm(forms.Form):
    """Base of every deed on an item: it says which version of it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, item: Confiscation, source: PeopleSource | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"version": item.version, **self.opens_with(item)}
        super().__init__(*args, **kwargs)
        if "holder" in self.fields:
            self.fields["holder"].source = source  # type: ignore[attr-defined]

    def opens_with(self, _item: Confiscation) -> dict[str, Any]:
        """Return what the form opens with."""
        return {}


class TellForm(ItemStepForm):
    """A parent was told."""

    told_at = DateTimeBoxesField(
        label="When was it?", latest=timezone.localdate, initial=timezone.now
    )
    how = CleanCharField(
        label="How, and whom did you speak to?",
        help_text="For example “by telephone, the mother”.",
        max_length=200,
    )


class KeeperForm(ItemStepForm):
    """Who holds it from now on."""

    holder = PersonPickerField(label="Who holds it now?")
    stored_where = CleanCharField(label="Where is it?", max_length=120)

    def opens_with(self, item: Confiscation) -> dict[str, Any]:
        """Open with where it is."""
        return {"stored_where": item.stored_where}


class PassForm(ItemStepForm):
    """Passing it to the safeguarding lead."""

    suspected = forms.ChoiceField(
        label="Might there be a naked or sexual picture of a child on it?",
        help_text=DO_NOT_LOOK,
        choices=YES_NO,
        widget=Radios,
    )
    why = CleanTextField(
        label="Why does it go to the safeguarding lead?",
        help_text="What was said or seen, in words only.",
        max_length=500,
        rows=3,
    )

    def clean_suspected(self) -> bool:
        """Return the answer as yes or no."""
        return said_yes(self.cleaned_data["suspected"])


class PoliceForm(ItemStepForm):
    """Handing it to the police."""

    police_reference = CleanCharField(label="Reference of the police", max_length=60)
    note = CleanCharField(label="Who took it, and when", max_length=200, required=False)


class ReturnForm(ItemStepForm):
    """Giving it back; the one who fetches it types their name."""

    returned_to = forms.TypedChoiceField(label="Who collects it?", widget=Radios)
    condition = forms.ChoiceField(
        label="In what condition is it?", choices=Condition.choices, widget=Radios
    )
    signed_name = CleanCharField(
        label="Name of the person who collects it",
        help_text="They type it themselves. It stands for their signature.",
        max_length=120,
    )
    note = CleanCharField(label="Anything to note", max_length=150, required=False)

    def __init__(self, *args: Any, item: Confiscation, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        self.people = {str(person.pk): person for person in fetchers_of(item)}
        field: Any = self.fields["returned_to"]
        field.choices = [
            (key, f"{one}{'' if one.kind == Person.Kind.CARER else ', the pupil'}")
            for key, one in self.people.items()
        ]
        field.coerce = self.people.get

    def opens_with(self, item: Confiscation) -> dict[str, Any]:
        """Open with the condition in which it was taken."""
        return {"condition": item.condition}


class ClearForm(KeeperForm):
    """Nothing stands against giving it back."""

    why = CleanTextField(label="Why can it go back?", max_length=300, rows=3)
    field_order = ("version", "why", "holder", "stored_where")


class KeepForm(ItemStepForm):
    """It is not given back."""

    why = CleanTextField(
        label="What became of it, and why is it not given back?", max_length=300, rows=3
    )
