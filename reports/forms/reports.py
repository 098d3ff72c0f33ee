"""Forms of reports: for whom, which days, the words, one for each step."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from common.errors import Refusal
from common.forms import CleanCharField, CleanTextField, DateBoxesField, Radios
from common.sections import Period
from people.models import School
from reports.audiences import Audience
from reports.models import GovernorReport
from reports.periods import period_between

OTHER = "other"
LEAD_HELP = "What the figures mean, what was done about it, and what comes next. No names."
RECIPIENT_HELP = "Only for a report to an authority or board. It names who gets it."
AUDIENCE_HINTS: dict[str, str] = {
    Audience.GOVERNORS: "Once a term; the headteacher issues it.",
    Audience.HEAD: "Once a half-term, from the lead; that it is opened is the receipt.",
    Audience.AUTHORITY: "Where the school does so; the headteacher issues it, you hand it over.",
}
HEAD_HELP = "The governors read this first. No names."


class StartForm(forms.Form):
    """For whom a report is, and which term, half or days it is about."""

    audience = forms.ChoiceField(
        label="Who is it for?",
        choices=Audience.choices,
        initial=Audience.GOVERNORS,
        widget=Radios(hints=AUDIENCE_HINTS),
    )
    recipient = CleanCharField(
        label="Which authority or board?", max_length=120, required=False, help_text=RECIPIENT_HELP
    )
    term = forms.ChoiceField(label="Which term or half?", widget=Radios)
    start = DateBoxesField(label="First day", required=False)
    end = DateBoxesField(label="Last day", required=False)
    unmarked = ("recipient", "start", "end")

    def __init__(
        self, *args: Any, school: School, terms: Sequence[Period], proposed: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.school = school
        self.terms = {_name(term): term for term in terms}
        choices = [(name, term.label) for name, term in self.terms.items()]
        self.fields["term"].choices = [*choices, (OTHER, "Other days")]  # type: ignore[attr-defined]
        self.fields["term"].initial = proposed or OTHER

    def clean(self) -> dict[str, Any]:
        """Work out the days; other days need both the first and the last."""
        data = super().clean() or {}
        if data.get("audience") == Audience.AUTHORITY and not data.get("recipient"):
            self.add_error("recipient", "Say who gets the report")
        if data.get("term") != OTHER:
            data["period"] = self.terms.get(data.get("term", ""))
            return data
        for name in ("start", "end"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, f"Enter the {self.fields[name].label}".lower().capitalize())
        if not self.errors:
            try:
                data["period"] = period_between(self.school, data["start"], data["end"])
            except Refusal as refusal:
                self.add_error("end", str(refusal))
        return data


def _name(period: Period) -> str:
    return f"{period.start}_{period.end}"


def proposed_term(terms: Sequence[Period], running: Period | None, day: date) -> str:
    """Return which term a report started on a day is about: the one that ends, or the one over.

    A report is written in the last two weeks of a term; before, the term before is proposed
    (REP-02). ``terms`` come latest first.
    """
    if running is None:
        return ""
    if (running.end - day).days < 14:
        return _name(running)
    before = [term for term in terms if term.end < running.start]
    return _name(before[0] if before else running)


class ReportStepForm(forms.Form):
    """Base of every step of a report: it says which version of the report was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, report: GovernorReport, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": report.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.report = report


class CommentForm(ReportStepForm):
    """What the lead says of the period, and the headteacher if they write."""

    lead_words = CleanTextField(
        label="Words of the online safety lead",
        help_text=LEAD_HELP,
        max_length=6_000,
        rows=12,
        required=False,
    )
    head_words = CleanTextField(
        label="Words of the headteacher",
        help_text=HEAD_HELP,
        max_length=6_000,
        rows=8,
        required=False,
    )

    def __init__(self, *args: Any, report: GovernorReport, is_head: bool, **kwargs: Any) -> None:
        initial = {"lead_words": report.lead_words, "head_words": report.head_words}
        super().__init__(*args, report=report, initial=initial, **kwargs)
        if not is_head:
            del self.fields["head_words"]


class SubmitForm(ReportStepForm):
    """Sending a report to the headteacher."""


class SendForm(ReportStepForm):
    """Giving the lead's report to the headteacher."""


class ReturnForm(ReportStepForm):
    """Sending a report back to whoever wrote it."""

    words = CleanTextField(label="What should be changed?", max_length=1_000, rows=4)


class IssueForm(ReportStepForm):
    """Issuing a report to the governors, with the headteacher's own words."""

    head_words = CleanTextField(
        label="Words of the headteacher",
        help_text=HEAD_HELP,
        max_length=6_000,
        rows=8,
        required=False,
    )

    def __init__(self, *args: Any, report: GovernorReport, **kwargs: Any) -> None:
        super().__init__(*args, report=report, initial={"head_words": report.head_words}, **kwargs)


class ReviseForm(forms.Form):
    """Starting a new edition of an issued report."""

    reason = CleanTextField(
        label="Why is there a new edition?",
        help_text="Governors read this. No names.",
        max_length=500,
        rows=3,
    )
