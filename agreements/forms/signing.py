"""Forms of people who sign."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms

from agreements.models import Obligation, SigningLink
from agreements.vocabulary import Asks, LinkCheck
from common.forms import Checkboxes, CleanCharField, CleanTextField, DateBoxesField
from common.seals import read_seal


class SigningForm(forms.Form):
    """Read, say so, type one's name; for parents, tick the children it is for."""

    ticket = forms.CharField(widget=forms.HiddenInput)
    children = forms.MultipleChoiceField(
        label="Which children do you sign for?",
        widget=Checkboxes,
        error_messages={
            "required": "Tick at least one child.",
            "invalid_choice": "What waits for you has changed. Look at the children again.",
        },
    )
    agreed = forms.BooleanField(
        error_messages={"required": "Tick the box to say that you have read it."}
    )
    typed_name = CleanCharField(
        label="Type your full name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="Your password",
        help_text="So that nobody else can sign for you.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(
        self,
        *args: Any,
        obligations: Sequence[Obligation],
        statement: str,
        asks_password: bool,
        signed_themselves: Collection[int] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = statement
        if obligations[0].about is None:
            del self.fields["children"]
        else:
            chosen = self.fields["children"]
            chosen.choices = [(str(one.pk), str(one.about)) for one in obligations]  # type: ignore[attr-defined]
            chosen.widget.hints = {
                str(one.pk): "Has signed their own agreement."
                for one in obligations
                if one.about_id in signed_themselves
            }
            chosen.initial = [str(one.pk) for one in obligations]
        if not asks_password:
            del self.fields["password"]
        if obligations[0].asks == Asks.ACKNOWLEDGE:
            self.fields["typed_name"].help_text = "Your name says that you have read it."


class ReasonForm(forms.Form):
    """Say why."""

    reason = CleanTextField(label="Why?", max_length=400, rows=4)

    def __init__(self, *args: Any, label: str = "Why?", hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = hint


class QuestionForm(forms.Form):
    """Ask something before signing."""

    text = CleanTextField(label="What would you like to know?", max_length=1000, rows=5)


class AnswerForm(forms.Form):
    """Answer somebody's question."""

    answer = CleanTextField(label="Your answer", max_length=2000, rows=6)


class BirthDateForm(forms.Form):
    """The second check of a link: a child's date of birth."""

    answer = DateBoxesField(
        label="Your child’s date of birth", help_text="For example 31 3 2016. Any of your children."
    )

    def known(self) -> str:
        """Return the answer as the check compares it."""
        return str(self.cleaned_data["answer"].isoformat())


class PinForm(forms.Form):
    """The second check of a link: a PIN."""

    answer = CleanCharField(
        label="The PIN the school gave you",
        help_text="Six figures.",
        max_length=12,
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "class": "govuk-input--width-10",
            }
        ),
    )

    def known(self) -> str:
        """Return the answer as the check compares it."""
        return str(self.cleaned_data["answer"])


def check_form(link: SigningLink, data: Any = None) -> BirthDateForm | PinForm:
    """Return the form of a link's second check."""
    return BirthDateForm(data) if link.check_kind == LinkCheck.BIRTH_DATE else PinForm(data)


class VerifyForm(forms.Form):
    """Paste the seal of a certificate."""

    seal = CleanCharField(
        label="Seal of the certificate",
        help_text="64 letters and figures at the foot of the certificate.",
        max_length=80,
        widget=forms.TextInput(attrs={"class": "reference", "autocomplete": "off"}),
    )

    def clean_seal(self) -> str:
        """Return the seal without spaces; refuses what cannot be one."""
        seal = read_seal(self.cleaned_data["seal"])
        if not seal:
            raise forms.ValidationError("A seal has 64 letters and figures. Copy all of it.")
        return seal
