"""Forms of an import: the file, what its columns mean, and what to do with the rest."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html

from common.forms import Radios
from people.imports.columns import Field
from people.imports.plan import Plan
from people.imports.reading import MAX_BYTES, Table
from people.models import PeopleImport

NOT_IN_FILE = "Not in this file"
SHOWN_SAMPLES = 3


class UploadForm(forms.Form):
    """A file and what its rows are."""

    kind = forms.ChoiceField(
        label="Who is in the file?",
        choices=PeopleImport.Kind.choices,
        widget=Radios(
            hints={
                "staff": "One row for each member of staff",
                "pupils": "One row for each pupil, with class and year group",
                "carers": "One row for each carer and pupil. Bring in the pupils first.",
            }
        ),
    )
    file = forms.FileField(
        label="CSV file from your MIS",
        help_text=f"At most {MAX_BYTES // (1024 * 1024)} MB. The first row holds the headings.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": "Choose the file.",
            "empty": "This file is empty.",
            "max_length": "The name of this file is too long. Give it a shorter one.",
        },
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a file that is too large before it is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > MAX_BYTES:
            raise forms.ValidationError(
                f"This file is larger than {MAX_BYTES // (1024 * 1024)} MB. An export of people is "
                "never that large: check that it is the right file."
            )
        return file


class ColumnsForm(forms.Form):
    """One choice of column for each thing the register knows of a person."""

    def __init__(
        self,
        data: Any = None,
        *,
        fields: Sequence[Field],
        table: Table,
        columns: Mapping[str, str],
    ) -> None:
        super().__init__(data, initial=dict(columns))
        choices = [("", NOT_IN_FILE), *((heading, heading) for heading in table.headings)]
        for one in fields:
            guessed = columns.get(one.name, "")
            self.fields[one.name] = forms.ChoiceField(
                label=one.label,
                choices=choices,
                required=one.required,
                help_text=_samples(table, guessed),
                error_messages={"required": f"Choose the column that holds “{one.label}”."},
            )


class ApplyForm(forms.Form):
    """What to do with rows that cannot be taken, and with people whom the file does not name."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    leave_out_bad = forms.BooleanField(required=False)
    mark_leavers = forms.BooleanField(
        required=False, label="Mark people who are not in this file as left"
    )

    @classmethod
    def for_plan(cls, plan: Plan, ticked: Mapping[str, bool]) -> "ApplyForm":
        """Return the form to draw under a plan: only the questions that it raises."""
        form = cls(initial={**ticked, "digest": plan.digest})
        if plan.bad:
            rows = "row" if len(plan.bad) == 1 else "rows"
            form.fields[
                "leave_out_bad"
            ].label = f"Leave out the {len(plan.bad):,} {rows} that cannot be brought in"
        else:
            del form.fields["leave_out_bad"]
        if plan.leavers:
            form.fields["mark_leavers"].help_text = (
                f"This concerns {len(plan.leavers):,}. Their last day becomes yesterday: they can "
                "no longer sign in, and their classes and carer links end. People without a "
                "number from your MIS are left alone."
            )
        else:
            del form.fields["mark_leavers"]
        return form

    @property
    def ticked(self) -> dict[str, bool]:
        """Return the choices that were made."""
        return {
            name: bool(self.cleaned_data.get(name)) for name in ("leave_out_bad", "mark_leavers")
        }


def _samples(table: Table, heading: str) -> str:
    """Return the first values of a column, so that a wrong guess is seen."""
    if not heading:
        return ""
    place = table.headings.index(heading)
    cells = (cells[place] for _, cells in table.rows[:50] if len(cells) > place and cells[place])
    shown = [cell[:30] for cell, _ in zip(cells, range(SHOWN_SAMPLES), strict=False)]
    # A hint is drawn as it stands, and these words come from somebody's file.
    return format_html("For example {}", ", ".join(shown)) if shown else "This column is empty"
