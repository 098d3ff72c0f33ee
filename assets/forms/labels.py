"""The form of labels: where on the first sheet they begin."""

from django import forms

from assets.actions.labels import ON_A_SHEET


class LabelForm(forms.Form):
    """Where the first label goes, so that a sheet that was begun is used up."""

    first = forms.IntegerField(
        label="First free label on the sheet",
        help_text="Count from the top left, row by row. 1 for a new sheet.",
        min_value=1,
        max_value=ON_A_SHEET,
        initial=1,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-2", "inputmode": "numeric"}),
    )
