"""Forms of the ways to a signature: in class, at reception, on paper."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from agreements.actions.papers import KIND_WORDS
from agreements.models import AgreementVersion
from agreements.vocabulary import LANGUAGES
from common.forms import Checkboxes, CleanCharField, CleanTextField, DateBoxesField, Radios
from people.models import Person


class SittingForm(forms.Form):
    """Which text a class reads, and in which language: one choice."""

    text = forms.ChoiceField(label="Which text do you read with the class?", widget=Radios)

    def __init__(self, *args: Any, versions: Sequence[AgreementVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = {
            f"{version.pk}-{text.language}": (version, text.language)
            for version in versions
            for text in version.texts.all()
        }
        chosen: Any = self.fields["text"]
        chosen.choices = [
            (key, f"{version.agreement.title} ({LANGUAGES[language]})")
            for key, (version, language) in self.texts.items()
        ]
        chosen.initial = next(iter(self.texts), None)

    @property
    def chosen(self) -> tuple[AgreementVersion, str]:
        """Return the version and language that were chosen."""
        return self.texts[self.cleaned_data["text"]]


class PresentForm(forms.Form):
    """Who was there, besides those who have signed."""

    present = forms.MultipleChoiceField(label="Who was here?", widget=Checkboxes, required=False)
    unmarked = ("present",)

    def __init__(self, *args: Any, pupils: Sequence[Person], all_here: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pupils = {str(pupil.pk): pupil for pupil in pupils}
        field: Any = self.fields["present"]
        field.choices = [(key, pupil.full_name) for key, pupil in self.pupils.items()]
        if all_here:
            field.initial = list(self.pupils)
            field.help_text = "Take the tick away from everybody who is absent."
        else:
            field.label = "Who was here and has not signed?"
            field.help_text = "They can still sign another day."
        if not self.pupils:
            del self.fields["present"]

    def chosen(self) -> list[Person]:
        """Return the pupils who were ticked."""
        return [self.pupils[key] for key in self.cleaned_data.get("present", ())]


class KioskForm(forms.Form):
    """Where visitors sign."""

    label = CleanCharField(
        label="Where do visitors sign?",
        help_text="For example “Reception”. It stands on the poster and on every signature.",
        max_length=80,
    )


class VisitForm(forms.Form):
    """Who signs at reception, for whom they come and until when."""

    ticket = forms.CharField(widget=forms.HiddenInput)
    typed_name = CleanCharField(
        label="Your full name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    organisation = CleanCharField(
        label="Where you come from",
        help_text="Your organisation or agency. Leave it empty if you come for yourself.",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    visiting = CleanCharField(
        label="Whom do you visit?",
        help_text="A name or a class.",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    valid_until = DateBoxesField(label="Until when do you come?")
    agreed = forms.BooleanField(
        error_messages={"required": "Tick the box to say that you have read it."}
    )

    def __init__(self, *args: Any, statement: str, today: date, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = f"I have read this. {statement}"
        self.today = today
        if last == today:
            del self.fields["valid_until"]
        else:
            self.fields["valid_until"].initial = today

    def clean(self) -> dict[str, Any]:
        """A visit lasts for the day where the school allows no longer one."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "valid_until" not in self.fields:
            data["valid_until"] = self.today
        return data


class PaperForm(forms.Form):
    """A scan or photograph of a signed sheet, with what is written on it."""

    upload = forms.FileField(
        label="Scan or photograph of the whole sheet",
        help_text=f"{KIND_WORDS}.",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg,image/webp"}),
        error_messages={"required": "Choose a file."},
    )
    typed_name = CleanCharField(label="Name written on the sheet", max_length=120)
    signed_date = DateBoxesField(label="Date written on the sheet", latest=timezone.localdate)


class PaperCheckForm(forms.Form):
    """Is the paper what was asked for?"""

    same = forms.ChoiceField(
        label="Is the paper what is expected?",
        choices=(("yes", "Yes, all of it"), ("no", "No")),
        widget=Radios(hints={"yes": "Text, name, date and signature are there and fit."}),
    )
    reason = CleanTextField(
        label="What is wrong with it?",
        help_text="Only if it is not what is expected. Whoever took it in reads this.",
        max_length=300,
        rows=3,
        required=False,
    )
    unmarked = ("reason",)
