"""Forms for reading, starting and publishing the policy."""

from datetime import date
from typing import Any

from django import forms

from common.forms import CleanTextField, DateBoxesField, Radios
from policies.libraries import library_names, read_library
from policies.vocabulary import Subject

AUDIENCES = [
    ("everyone", "Everyone"),
    (Subject.PUPIL.value, "Pupils only"),
    (Subject.STAFF.value, "Staff only"),
]


class LadderFilterForm(forms.Form):
    """Which ladder to show: as it was on a day, and for whom."""

    on = DateBoxesField(
        label="As it was on",
        required=False,
        help_text="Leave it empty for today.",
    )
    audience = forms.ChoiceField(label="For", choices=[("", "Choose"), *AUDIENCES], required=False)


class PolicyCreateForm(forms.Form):
    """Which of the product's ladders to start from."""

    library = forms.ChoiceField(label="Which ladder fits the school best?", widget=Radios)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        documents = {name: read_library(name) for name in library_names()}
        library: Any = self.fields["library"]
        library.choices = [(name, doc.title) for name, doc in documents.items()]
        library.widget.hints = {
            name: (
                f"{len(doc.categories)} categories, {len(doc.infringements)} infringements, "
                f"{len(doc.sanction_types)} kinds of sanction"
            )
            for name, doc in documents.items()
        }


class PolicyPublishForm(forms.Form):
    """From when a version counts, and why where that day is past."""

    unmarked = ("reason",)
    from_date = DateBoxesField(
        label="From which day does it count?",
        help_text="Incidents are judged by the version in force on the day they happened.",
    )
    reason = CleanTextField(
        label="Why does it count from a day in the past?",
        required=False,
        max_length=500,
        help_text="Needed only when the day is before today.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("from_date", today)

    def clean(self) -> dict[str, Any]:
        """Refuse a day in the past without a reason."""
        values = super().clean() or {}
        past = values.get("from_date") and values["from_date"] < self.today
        if past and not values.get("reason"):
            self.add_error("reason", "Say why the version counts from a day in the past.")
        return values
