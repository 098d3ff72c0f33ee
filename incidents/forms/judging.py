"""Classify and decide: the two forms that read the policy's ladder."""

from typing import Any

from django import forms
from django.utils import timezone

from common.forms import (
    Checkboxes,
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    FoldedCheckboxes,
    Radios,
)
from incidents.actions.deciding import Chosen, departs, is_given
from incidents.forms.working import DeedForm
from incidents.models import Involvement
from incidents.vocabulary import Severity, YesNoUnsure
from policies.models import PolicyVersion, SanctionType
from policies.queries import infringements_for, themes_of

TARGETS = {
    "critical": "Somebody acts within one hour",
    "high": "Within four hours",
    "normal": "Within one school day",
    "low": "Within three school days",
}


class ClassifyForm(DeedForm):
    """What kind of incident it is, by the ladder in force when it happened."""

    infringement = forms.ChoiceField(label="What does the policy call it?", required=False)
    themes = forms.MultipleChoiceField(
        label="Themes of online risk",
        help_text="Open a group and tick all that fit.",
        widget=FoldedCheckboxes,
    )
    main_theme = forms.ChoiceField(label="Which theme is the main one?")
    severity = forms.ChoiceField(
        label="How urgent is it?", choices=Severity.choices, widget=Radios(hints=TARGETS)
    )
    child_protection = forms.BooleanField(label="Child protection procedures apply", required=False)
    illegal_suspected = forms.BooleanField(
        label="Something illegal is suspected",
        help_text="Required referrals open at once, with a clock. This cannot be taken back.",
        required=False,
    )
    imagery = forms.ChoiceField(
        label="Might a naked or sexual picture of a child be involved?",
        choices=YesNoUnsure.choices,
        widget=Radios,
    )
    link_to_school = CleanCharField(
        label="If it was not in school: what links it to the school?",
        max_length=300,
        required=False,
    )
    external_reference = CleanCharField(
        label="Reference in another safeguarding system", max_length=60, required=False
    )
    hand_to_first_referral = forms.ChoiceField(
        label="Who takes it from here?",
        choices=(("me", "I keep it"), ("first", "The first referral the ladder names")),
        widget=Radios,
        initial="me",
    )

    def __init__(self, *args: Any, ladder: PolicyVersion, subject: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = infringements_for(ladder, subject)
        self.infringements = {str(row.pk): row for _, rows in groups for row in rows}
        self.fields["infringement"].choices = [  # type: ignore[attr-defined]
            ("", "None of these"),
            *(
                (str(category or "No category"), [(str(row.pk), row.label) for row in rows])
                for category, rows in groups
            ),
        ]
        areas = themes_of(ladder)
        self.theme_rows = {str(row.pk): row for _, rows in areas for row in rows}
        themes = [
            (label, [(str(row.pk), row.label) for row in rows]) for label, rows in areas if rows
        ]
        self.fields["themes"].choices = themes  # type: ignore[attr-defined]
        reported = {area.capitalize() for area in self.incident.areas}
        self.fields["themes"].widget.opened = reported
        self.fields["main_theme"].choices = [("", "Choose"), *themes]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Give rows instead of numbers; refuse a main theme that is not among the themes."""
        data = super().clean() or {}
        chosen = data.get("themes") or []
        if data.get("main_theme") and chosen and data["main_theme"] not in chosen:
            self.add_error("main_theme", "The main theme has to be one of those ticked above.")
        data["infringement"] = self.infringements.get(data.get("infringement") or "")
        data["themes"] = [self.theme_rows[number] for number in chosen]
        data["main_theme"] = self.theme_rows.get(data.get("main_theme") or "")
        return data


class DecideForm(DeedForm):
    """The decision: which sanctions for whom, with reason, and why it departs from the ladder."""

    unmarked = ("persons", "sanctions", "start_date", "end_date", "scope", "departure_reason")

    persons = forms.MultipleChoiceField(
        label="For whom are the sanctions?", widget=Checkboxes, required=False
    )
    sanctions = forms.MultipleChoiceField(
        label="Which sanctions?", widget=Checkboxes, required=False
    )
    start_date = DateBoxesField(label="From", initial=timezone.localdate, required=False)
    end_date = DateBoxesField(
        label="Until",
        help_text="Needed where access or equipment is taken away.",
        required=False,
    )
    scope = forms.ChoiceField(label="If access is removed, to what?", required=False)
    reason = CleanTextField(label="Reason for the decision", max_length=4_000, rows=4)
    departure_reason = CleanTextField(
        label="If it differs from what the ladder suggests, why?",
        max_length=2_000,
        rows=3,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        alleged: list[Involvement],
        kinds: list[SanctionType],
        suggested: list[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(row.person_id): row.person for row in alleged if row.person}
        people = [(number, person.full_name) for number, person in self.people.items()]
        self.fields["persons"].choices = people  # type: ignore[attr-defined]
        self.kinds = {kind.code: kind for kind in kinds if is_given(kind)}
        self.suggested = suggested
        hints = {
            code: f"Suggested by the ladder; see clause {kind.clause.number}."
            for code, kind in self.kinds.items()
            if code in suggested
        }
        self.fields["sanctions"].widget.hints = hints
        self.fields["sanctions"].choices = [(k.code, k.label) for k in self.kinds.values()]  # type: ignore[attr-defined]
        scopes = {
            s: s.replace("_", " ").capitalize() for k in self.kinds.values() for s in k.scopes
        }
        self.fields["scope"].choices = [("", "Choose"), *scopes.items()]  # type: ignore[attr-defined]
        if not people:
            for name in ("persons", "sanctions", "start_date", "end_date", "scope"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Refuse sanctions for nobody, dates out of order, and a removal without an end."""
        data = super().clean() or {}
        if data.get("sanctions") and not data.get("persons") and "persons" not in self.errors:
            self.add_error("persons", "Choose for whom the sanctions are.")
        start, end = data.get("start_date"), data.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", "The end has to be after the start.")
        for code in data.get("sanctions") or []:
            if self.kinds[code].needs_end_date and not end and "end_date" not in self.errors:
                self.add_error("end_date", f"“{self.kinds[code].label}” needs an end date.")
        if (
            departs(data.get("sanctions") or [], self.suggested)
            and not data.get("departure_reason")
            and not self.errors
        ):
            self.add_error(
                "departure_reason",
                "Your decision differs from what the ladder suggests. Say why in a sentence.",
            )
        return data

    @property
    def chosen(self) -> list[Chosen]:
        """Return one sanction for each person and kind chosen."""
        data = self.cleaned_data
        return [
            self._chosen(self.kinds[code], number)
            for code in data.get("sanctions") or []
            for number in data.get("persons") or []
        ]

    def _chosen(self, kind: SanctionType, number: str) -> Chosen:
        data = self.cleaned_data
        scope = data.get("scope") or ""
        return Chosen(
            kind=kind,
            person=self.people[number],
            start_date=data.get("start_date") or timezone.localdate(),
            end_date=data.get("end_date") if kind.needs_end_date or data.get("end_date") else None,
            scope=scope if scope in kind.scopes else "",
        )


class ConfirmForm(DeedForm):
    """The headteacher's or chair's answer to a proposed decision."""

    answer = forms.ChoiceField(
        label="Do you confirm this decision?",
        choices=(("confirm", "Yes, confirm it"), ("return", "No, return it")),
        widget=Radios,
    )
    reason = CleanTextField(
        label="Note, or why you return it", max_length=2_000, rows=3, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuse returning without a reason."""
        data = super().clean() or {}
        if data.get("answer") == "return" and not data.get("reason"):
            self.add_error("reason", "Say why you return the decision.")
        return data
