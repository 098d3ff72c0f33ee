"""The form of an exception that the governors have minuted (FIL-06)."""

from django import forms
from django.utils import timezone

from common.forms import CleanCharField, CleanTextField, DateBoxesField


class ExceptionForm(forms.Form):
    """Where it stands, why, and from when until when."""

    minute_reference = CleanCharField(
        label="In which minute does it stand?",
        help_text="The governing body decides; you record it.",
        max_length=60,
    )
    reason = CleanTextField(
        label="Why does one person have to do two parts?", max_length=500, rows=3
    )
    from_date = DateBoxesField(label="From", initial=timezone.localdate)
    until_date = DateBoxesField(label="Until, a year at most", earliest=timezone.localdate)
