"""Forms of records of searches: the record itself, and what is added to it (R-SSC-1, MOB-10)."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from assets.actions.taken_searches import SearchDetails
from assets.forms.taken import DO_NOT_LOOK, YES_NO, said_yes
from assets.models import Confiscation, SearchRecord
from assets.vocabulary import Deletion, SearchKind, SoughtFor
from common.forms import (
    CleanCharField,
    CleanTextField,
    DateTimeBoxesField,
    PeopleSource,
    PersonPickerField,
    Radios,
)
from people.models import Person

FOUND = (("no", "No"), ("yes", "Yes"))
AGREED = (("yes", "Yes"), ("no", "No"))
SOUGHT = (("", "Choose"), *SoughtFor.choices)


class SearchForm(forms.Form):
    """Everything the guidance asks to be recorded of a search, found or not."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    pupil = PersonPickerField(label="Who was searched?")
    kind = forms.ChoiceField(label="What was searched?", choices=SearchKind.choices, widget=Radios)
    searched_at = DateTimeBoxesField(
        label="When was it?", latest=timezone.localdate, initial=timezone.now
    )
    place = CleanCharField(label="Where was it?", max_length=120)
    sought = forms.ChoiceField(label="What was searched for?", choices=SOUGHT)
    reason = CleanTextField(
        label="What made you suspect it?",
        help_text=(
            "For a device: why you had good reason to suspect that something on it harms somebody, "
            "breaks the law or breaks the rules."
        ),
        max_length=1_000,
        rows=4,
    )
    agreed = forms.ChoiceField(label="Did the pupil agree?", choices=AGREED, widget=Radios)
    searched_by = PersonPickerField(
        label="Who searched?",
        help_text="If the police searched: the member of staff who was there.",
    )
    authorised_by = forms.ModelChoiceField(
        label="Who authorised it?", queryset=Person.objects.none(), empty_label="Choose"
    )
    witness = PersonPickerField(label="Who was the witness?", required=False)
    no_witness_reason = CleanCharField(
        label="If there was no witness, why not?", max_length=300, required=False
    )
    others_present = CleanCharField(label="Who else was there?", max_length=200, required=False)
    by_police = forms.BooleanField(label="The police searched", required=False)
    police_reference = CleanCharField(
        label="Reference of the police", max_length=60, required=False
    )
    found = forms.ChoiceField(label="Was anything found?", choices=FOUND, widget=Radios)
    found_what = CleanTextField(
        label="What was found?",
        help_text="Words only. Never describe or show a naked or sexual picture.",
        max_length=1_000,
        rows=3,
        required=False,
    )
    suspected = forms.ChoiceField(
        label="Might there be a naked or sexual picture of a child on a device?",
        help_text=f"{DO_NOT_LOOK} Take it to the safeguarding lead as it is.",
        choices=YES_NO,
        widget=Radios,
    )
    deletion = forms.ChoiceField(
        label="What became of what was on the device?",
        choices=Deletion.choices,
        initial=Deletion.NOTHING,
        widget=Radios,
    )
    deletion_reason = CleanCharField(
        label="If something was deleted, why?",
        help_text="What may be needed as evidence is never deleted.",
        max_length=500,
        required=False,
    )
    follow_up = CleanTextField(
        label="What follows from it?", max_length=1_000, rows=3, required=False
    )
    confiscation = CleanCharField(
        label="Number of the item that was taken",
        help_text="As it stands on its page, for example 2026-0003.",
        max_length=12,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        pupils: PeopleSource,
        staff: PeopleSource,
        authorisers: QuerySet[Person, Person],
        items: QuerySet[Confiscation, Confiscation],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for name, source in (("pupil", pupils), ("searched_by", staff), ("witness", staff)):
            self.fields[name].source = source  # type: ignore[attr-defined]
        self.fields["authorised_by"].queryset = authorisers  # type: ignore[attr-defined]

    @property
    def details(self) -> SearchDetails:
        """Return what was filled in."""
        names = SearchDetails.__dataclass_fields__
        return SearchDetails(**{name: self.cleaned_data[name] for name in names})

    def clean_found(self) -> bool:
        """Return the answer as yes or no."""
        return said_yes(self.cleaned_data["found"])

    def clean_suspected(self) -> bool:
        """Return the answer as yes or no."""
        return said_yes(self.cleaned_data["suspected"])

    def clean_agreed(self) -> bool:
        """Return the answer as yes or no."""
        return said_yes(self.cleaned_data["agreed"])

    def clean_confiscation(self) -> Confiscation | None:
        """Return the item of the number, of those the person may see."""
        number = self.cleaned_data["confiscation"]
        if not number:
            return None
        found = self.items.filter(reference=number).first()
        if found is None:
            raise ValidationError("No item taken has this number. Look at its page.")
        return found


class SearchStepForm(forms.Form):
    """Base of what is added to a record: it says which version of it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, search: SearchRecord, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": search.version}
        super().__init__(*args, **kwargs)


class SearchTellForm(SearchStepForm):
    """The parents were told."""

    told_at = DateTimeBoxesField(
        label="When was it?", latest=timezone.localdate, initial=timezone.now
    )
    how = CleanCharField(
        label="How, and whom did you speak to?",
        help_text="For example “by telephone, the father”. Tell them what was found as well.",
        max_length=200,
    )


class SearchNoteForm(SearchStepForm):
    """A line that puts something right or says what followed."""

    text = CleanTextField(
        label="What has to be added or put right?",
        help_text="What was saved stays as it is. Your line stands below it with your name.",
        max_length=500,
        rows=4,
    )
