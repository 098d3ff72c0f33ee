"""The form with which a file is attached."""

from django import forms

from common.forms import CleanCharField
from incidents.forms.working import DeedForm


class EvidenceForm(DeedForm):
    """One file and where it comes from; what it is and how large is checked by the action."""

    upload = forms.FileField(
        label="File", allow_empty_file=True, error_messages={"required": "Choose a file."}
    )
    source = CleanCharField(
        label="Where does it come from?",
        help_text="For example, a screenshot the parent sent on Tuesday.",
        max_length=200,
        required=False,
    )
