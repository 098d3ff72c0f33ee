"""Forms of an import of equipment: the file, and the decision. Its columns are as for people."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from people.imports.plan import Plan
from people.imports.reading import MAX_BYTES


class UploadForm(forms.Form):
    """A file of equipment."""

    file = forms.FileField(
        label="CSV or Excel file (XLSX)",
        help_text="At most 5 MB and 20,000 rows. The first row holds the headings.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
        error_messages={"required": "Choose the file.", "empty": "This file is empty."},
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is too large before it is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > MAX_BYTES:
            raise forms.ValidationError("This file is larger than 5 MB. Bring in a part of it.")
        return file


class ApplyForm(forms.Form):
    """What to do with rows that cannot be taken."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    leave_out_bad = forms.BooleanField(required=False)

    @classmethod
    def for_plan(cls, plan: Plan) -> "ApplyForm":
        """Return the form to draw under a plan; it asks about bad rows only if there are some."""
        form = cls(initial={"digest": plan.digest})
        if plan.bad:
            rows = "row" if len(plan.bad) == 1 else "rows"
            label = f"Leave out the {len(plan.bad):,} {rows} that cannot be brought in"
            form.fields["leave_out_bad"].label = label
        else:
            del form.fields["leave_out_bad"]
        return form
