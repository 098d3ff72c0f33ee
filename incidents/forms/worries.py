"""The worry: a report in a child's or a parent's words."""

from uuid import uuid4

from django import forms

from common.forms import CleanTextField, Radios
from incidents.vocabulary import YesNoUnsure

WHO = (
    ("pupil", "Me, or another child"),
    ("staff", "A grown-up at school"),
    ("head", "The headteacher"),
    ("other", "Somebody else, or I do not know"),
)


class WorryForm(forms.Form):
    """Three questions and no more (INC-03)."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    description = CleanTextField(
        label="What happened?",
        help_text="Your own words are fine. Spelling does not matter.",
        max_length=10_000,
        rows=7,
    )
    about = forms.ChoiceField(label="Who is it about?", choices=WHO, widget=Radios)
    imagery = forms.ChoiceField(
        label="Is there a picture of somebody with no clothes on?",
        help_text="You are not in trouble. Do not send the picture to anybody.",
        choices=YesNoUnsure.choices,
        widget=Radios,
    )
