"""The period whose figures are shown."""

from datetime import date
from typing import Any

from django import forms

from common.forms import DateBoxesField
from filtering.queries.periods import Period, last_term_at, school_year_on, term_at
from people.models import School

LONGEST = 3 * 366  # days; more makes charts nobody can read
PERIODS = (
    ("term", "This term"),
    ("last_term", "Last term"),
    ("year", "This school year"),
    ("dates", "From and until the dates below"),
)


class PeriodForm(forms.Form):
    """This term, last term, this school year, or any dates."""

    period = forms.ChoiceField(label="Period", choices=PERIODS, required=False)
    since = DateBoxesField(label="From", required=False)
    until = DateBoxesField(label="Until", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse dates that are missing, the wrong way round, or years apart."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("period") != "dates" or self.errors:
            return data
        since, until = data.get("since"), data.get("until")
        if not since or not until:
            self.add_error("since" if not since else "until", "Enter both dates.")
        elif until < since:
            self.add_error("until", "The last day cannot be before the first.")
        elif (until - since).days > LONGEST:
            self.add_error("until", "Choose at most three years.")
        return data

    def chosen(self, school: School, *, on: date) -> Period:
        """Return the period asked for; this term when nothing, or nothing sensible, was."""
        data = self.cleaned_data if self.is_bound and self.is_valid() else {}
        if data.get("period") == "dates":
            return Period("", data["since"], data["until"])
        if data.get("period") == "last_term":
            return last_term_at(school, on)
        return school_year_on(school, on) if data.get("period") == "year" else term_at(school, on)
