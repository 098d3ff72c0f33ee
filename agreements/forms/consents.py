"""Forms of consents: the questions, answers from paper, single uses, and the questions' words."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from agreements.consent_forms import form_of, worded
from agreements.models import Consent, ConsentPurpose
from agreements.vocabulary import Answer, ConsentKind
from common.forms import CleanCharField, CleanTextField, DateBoxesField, Radios
from people.models import Person

YES_NO = (("yes", "Yes"), ("no", "No"))
CAME = (("paper", "On paper"), ("phone", "By telephone"))


class ConsentForm(forms.Form):
    """Every question about one child, yes or no, with the answers now in force filled in.

    An answer counts as changed only against what this page showed, so that a page left open in
    another tab takes nothing back. An empty question stays unanswered, which counts as no.
    ``chosen`` are answers ticked before, when somebody comes back to the questions.
    """

    form_hash = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        pupil: Person,
        questions: list[ConsentPurpose],
        uses: list[Consent],
        answers: dict[int, str],
        chosen: dict[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.uses = questions, uses
        self.initial["form_hash"] = form_of(questions)
        for one in questions:
            said = answers.get(one.pk, "")
            self.fields[f"q{one.pk}"] = forms.ChoiceField(
                label=worded(one.question, pupil),
                help_text=worded(one.note, pupil),
                choices=YES_NO,
                widget=Radios(attrs={"class": "govuk-radios--inline"}),
                required=False,
                initial=(chosen or {}).get(one.pk, said),
            )
            self.fields[f"was{one.pk}"] = forms.ChoiceField(
                choices=YES_NO, widget=forms.HiddenInput, required=False, initial=said
            )
        if uses:
            self.fields["taken_back"] = forms.MultipleChoiceField(
                label="Take back what you allowed for one use",
                choices=[(str(row.pk), f"{row.purpose.label}: {row.detail}") for row in uses],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.unmarked = tuple(self.fields)

    @property
    def groups(self) -> list[tuple[str, list[BoundField]]]:
        """Return the questions under what they are about."""
        kinds = (
            (label, [one for one in self.questions if one.kind == kind])
            for kind, label in ConsentKind.choices
        )
        return [(label, [self[f"q{one.pk}"] for one in some]) for label, some in kinds if some]

    def changed_answers(self) -> dict[int, str]:
        """Return by purpose what was answered otherwise than this page showed."""
        data = self.cleaned_data
        return {
            one.pk: said
            for one in self.questions
            if (said := data[f"q{one.pk}"]) and said != data[f"was{one.pk}"]
        }

    def taken_back(self) -> list[str]:
        """Return the single uses that are withdrawn."""
        return list(self.cleaned_data.get("taken_back", ()))

    def in_words(self) -> list[dict[str, str]]:
        """Return what changes, each with the question, the answer before and the one from now."""
        said = dict(YES_NO)
        changes = [
            {
                "question": str(self.fields[f"q{number}"].label),
                "before": said.get(self.cleaned_data[f"was{number}"], "No answer"),
                "after": said[answer],
            }
            for number, answer in self.changed_answers().items()
        ]
        uses = {str(row.pk): row for row in self.uses}
        return changes + [
            {"question": f"{row.purpose.label}: {row.detail}", "before": "Yes", "after": "No"}
            for row in (uses[number] for number in self.taken_back())
        ]

    def to_send_again(self) -> list[tuple[str, str]]:
        """Return what the confirming page sends: the changes and nothing else."""
        pairs = [("form_hash", self.cleaned_data["form_hash"])]
        for number, answer in self.changed_answers().items():
            pairs += [(f"q{number}", answer), (f"was{number}", self.cleaned_data[f"was{number}"])]
        return pairs + [("taken_back", number) for number in self.taken_back()]


class _GivenByForm(forms.Form):
    """Who gave an answer, and how it came."""

    given_by = forms.ChoiceField(label="Who gave the answer", widget=Radios)
    came = forms.ChoiceField(
        label="How it came",
        choices=CAME,
        widget=Radios(hints={"phone": "A yes to pictures has to come in writing."}),
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        choices = [(number, person.full_name) for number, person in self.people.items()]
        self.fields["given_by"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["given_by"] = choices[0][0]

    def clean_given_by(self) -> Person:
        """Return the person chosen."""
        return self.people[self.cleaned_data["given_by"]]


class RecordConsentForm(_GivenByForm):
    """Answers that came on paper or by telephone (CON-01)."""

    given_date = DateBoxesField(label="Day of the answer", latest=timezone.localdate)

    def __init__(
        self, *args: Any, pupil: Person, questions: list[ConsentPurpose], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for one in questions:
            self.fields[f"q{one.pk}"] = forms.ChoiceField(
                label=worded(one.question, pupil),
                choices=[*YES_NO, ("", "Nothing said")],
                widget=Radios(attrs={"class": "govuk-radios--inline"}),
                required=False,
            )
        self.unmarked = tuple(f"q{one.pk}" for one in questions)

    @property
    def answers(self) -> list[BoundField]:
        """Return the questions."""
        return [self[f"q{one.pk}"] for one in self.questions]

    def said(self) -> dict[int, str]:
        """Return the answers by purpose; what was left out is not among them."""
        found = {one.pk: self.cleaned_data[f"q{one.pk}"] for one in self.questions}
        return {number: answer for number, answer in found.items() if answer}

    def clean(self) -> dict[str, Any]:
        """Refuse a form without any answer."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not self.said():
            raise forms.ValidationError("Say what was answered to one question at least.")
        return data


class IndividualConsentForm(_GivenByForm):
    """The answer to one picture, device or use (CON-04, CON-10)."""

    purpose = forms.ChoiceField(label="What is asked for", widget=Radios)
    detail = CleanCharField(
        label="Describe it",
        help_text="Which picture or device, where or what for.",
        max_length=300,
    )
    answer = forms.ChoiceField(label="Answer", choices=YES_NO, widget=Radios)
    end_date = DateBoxesField(
        label="Last day", help_text="Needed for a yes.", earliest=timezone.localdate, required=False
    )

    field_order = ("purpose", "detail", "answer", "end_date", "given_by", "came")

    def __init__(self, *args: Any, purposes: list[ConsentPurpose], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purposes = {str(one.pk): one for one in purposes}
        choices = [(number, one.label) for number, one in self.purposes.items()]
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]

    def clean_purpose(self) -> ConsentPurpose:
        """Return the purpose chosen."""
        return self.purposes[self.cleaned_data["purpose"]]

    def clean(self) -> dict[str, Any]:
        """Ask for the last day of a yes."""
        data = super().clean() or self.cleaned_data
        agreed = data.get("answer") == Answer.YES
        if agreed and not data.get("end_date") and "end_date" not in self.errors:
            self.add_error("end_date", "Say until which day they agree.")
        return data


class PurposeForm(forms.Form):
    """The words of one question about consent (CON-06, CON-07)."""

    label = CleanCharField(label="Short name", max_length=80)
    question = CleanCharField(
        label="Question",
        help_text="In words a nine-year-old reads. {child} stands for the child's first name.",
        max_length=300,
    )
    note = CleanTextField(
        label="What it means",
        help_text="Who sees it, where pictures or data are kept, and for how long.",
        max_length=400,
        rows=4,
    )


class NewPurposeForm(PurposeForm):
    """A question the school has not asked so far."""

    kind = forms.ChoiceField(label="What it is about", choices=ConsentKind.choices, widget=Radios)
    individual = forms.BooleanField(
        label="Ask each time, for one picture, device or use",
        help_text="Otherwise everybody is asked once.",
        required=False,
    )


class FollowUpForm(forms.Form):
    """What was done about something that followed."""

    note = CleanTextField(label="What was done", max_length=400, rows=4)
