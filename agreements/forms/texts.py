"""Forms of agreements' texts: start, write, translate, revise, decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from agreements.document import AgreementDocument
from agreements.document_check import LONGEST_STATEMENT, LONGEST_TITLE
from agreements.forms.clauses import (
    ClauseForm,
    ClauseRows,
    ClauseWordsForm,
    moved_from,
    settled_numbers,
)
from agreements.policy_rules import with_rules
from agreements.vocabulary import LANGUAGES, RIGHT_TO_LEFT, Audience, Change, Kind
from common.forms import CleanCharField, CleanTextField, Radios
from policies.models import PolicyVersion

LONGEST_RULES = 6000


class NewAgreementForm(forms.Form):
    """What a new agreement is called and whom it is for."""

    title = CleanCharField(label="Title", max_length=LONGEST_TITLE)
    kind = forms.ChoiceField(
        label="What kind of text it is",
        choices=Kind.choices,
        initial=Kind.DOCUMENT,
        widget=Radios(
            hints={
                Kind.AGREEMENT: "One for each audience.",
                Kind.DOCUMENT: "A code of conduct, a handbook, a phone rule.",
            }
        ),
    )
    audience = forms.ChoiceField(label="Whom it is for", choices=Audience.choices, widget=Radios)


class TextForm(forms.Form):
    """What stands around the clauses of a text."""

    title = CleanCharField(label="Title", max_length=LONGEST_TITLE)
    intro = CleanTextField(label="What stands before the clauses", required=False)
    rules = CleanTextField(
        label="Rules and what may follow when they are broken",
        max_length=LONGEST_RULES,
        rows=8,
        required=False,
    )
    statement = CleanTextField(
        label="What signing says",
        help_text="One sentence that begins with “I”. Needed before the text can be approved.",
        max_length=LONGEST_STATEMENT,
        rows=3,
        required=False,
    )


class Editor:
    """A text being written: the form around it, a form for each clause, and the button pressed."""

    def __init__(
        self, document: AgreementDocument, *, audience: str, data: QueryDict | None = None
    ) -> None:
        self.language, self.audience, self.data = document.language, audience, data
        self.deed = data.get("do", "save") if data is not None else ""
        names = ("title", "intro", "rules", "statement")
        stored = {name: getattr(document, name) for name in names}
        typed = {name: data.get(name, "") for name in names} if data is not None else stored
        self.rows = ClauseRows.stored(document.clauses) if data is None else ClauseRows.sent(data)
        if self.checks and data is not None:
            self.form = TextForm(data)
            self.clauses: list[ClauseForm] = self.rows.checked(audience, data)
            return
        refused = self.rows.do(self.deed)
        self.form = TextForm(initial=typed)
        self.refused = refused
        self.clauses = self.rows.drawn(audience)

    refused = ""

    @property
    def checks(self) -> bool:
        """Return whether the button pressed asks for the text as a whole."""
        return self.deed in {"save", "preview"}

    def take_rules(self, taken: str) -> None:
        """Put the rules of the policy under those that were typed."""
        self.form.initial["rules"] = with_rules(str(self.form.initial["rules"]), taken)

    def is_valid(self) -> bool:
        """Return whether the text can be kept; says at the field what is wrong."""
        if not self.checks:
            return False
        whole = all([self.form.is_valid(), *(one.is_valid() for one in self.clauses)])
        twice = _twice([one.cleaned_data.get("number", "") for one in self.clauses])
        if twice:
            self.form.add_error(None, f"The number {twice} stands twice. Give each its own.")
        return whole and not twice

    @property
    def numbers(self) -> list[str]:
        """Return the number of each clause."""
        return settled_numbers([one.cleaned_data["number"] for one in self.clauses])

    @property
    def moved(self) -> dict[str, str]:
        """Return which number each clause had before."""
        return dict(moved_from(self.rows.rows, self.numbers))

    def document(self) -> AgreementDocument:
        """Return the text that was typed."""
        pairs = zip(self.clauses, self.numbers, strict=True)
        return AgreementDocument(
            **self.form.cleaned_data,
            clauses=tuple(form.clause(number) for form, number in pairs),
            language=self.language,
        )


class Translator:
    """A text being translated: each part beside the original."""

    deed = ""

    def __init__(
        self,
        original: AgreementDocument,
        translated: AgreementDocument | None,
        *,
        language: str,
        data: QueryDict | None = None,
    ) -> None:
        self.original, self.language = original, language
        self.deed = data.get("do", "save") if data is not None else ""
        start = vars(translated) if translated else {}
        self.form = TextForm(data, initial=start)
        words = {one.number: one for one in translated.clauses} if translated else {}
        self.clauses = [
            ClauseWordsForm(
                _of_clause(data, one.number),
                prefix=f"c-{one.number}",
                original=one,
                words=words.get(one.number),
            )
            for one in original.clauses
        ]
        direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        for form in (self.form, *self.clauses):
            for each in form.fields.values():
                each.widget.attrs |= {"lang": language, "dir": direction}
        self.form.fields["statement"].help_text = ""
        self.form.unmarked = tuple(self.form.fields)  # type: ignore[attr-defined]

    def is_valid(self) -> bool:
        """Return whether the translation can be kept."""
        return all([self.form.is_valid(), *(one.is_valid() for one in self.clauses)])

    def document(self) -> AgreementDocument:
        """Return the translation."""
        return AgreementDocument(
            **self.form.cleaned_data,
            clauses=tuple(form.clause() for form in self.clauses),
            language=self.language,
        )


class LanguageForm(forms.Form):
    """Which language comes next."""

    language = forms.ChoiceField(label="Language")

    def __init__(self, *args: Any, taken: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = set(taken)
        left = sorted((name, code) for code, name in LANGUAGES.items() if code not in there)
        self.fields["language"].choices = [(code, name) for name, code in left]  # type: ignore[attr-defined]


class RevisionForm(forms.Form):
    """What a new version is for, and what it means for those who signed."""

    change = forms.ChoiceField(
        label="What it means for those who have signed",
        choices=Change.choices,
        initial=Change.MATERIAL,
        widget=Radios(
            hints={
                Change.MATERIAL: "New duties, new rules, new consequences.",
                Change.MINOR: "A mistake in spelling, a new name for the same thing.",
            }
        ),
    )
    note = CleanTextField(
        label="What changes and why",
        help_text="Everybody who signs can read it.",
        max_length=400,
        rows=4,
    )
    because_of = forms.ChoiceField(
        label="Which version of the policy it follows from",
        help_text="Where a change of the policy is the reason.",
        required=False,
    )

    def __init__(self, *args: Any, policies: list[PolicyVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policies = {str(one.number): one for one in policies}
        choices = [(number, str(one)) for number, one in self.policies.items()]
        self.fields["because_of"].choices = [("", "None"), *choices]  # type: ignore[attr-defined]

    def clean_because_of(self) -> PolicyVersion | None:
        """Return the version of the policy."""
        return self.policies.get(self.cleaned_data["because_of"])


class DecisionForm(forms.Form):
    """Approve a text, or give it back with words."""

    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=[("approve", "Approve it as it stands"), ("return", "Return it to the writer")],
        widget=Radios,
    )
    reason = CleanTextField(
        label="What should be changed?",
        help_text="Only when you return it. The writer reads this.",
        max_length=600,
        rows=4,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, approved: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if approved:
            decision = self.fields["decision"]
            decision.choices = [("return", "Return it to the writer")]  # type: ignore[attr-defined]
            decision.initial = "return"

    def clean(self) -> dict[str, Any]:
        """Ask for words with a return."""
        data = super().clean() or self.cleaned_data
        returned = data.get("decision") == "return"
        if returned and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say what should be changed.")
        return data


def _twice(numbers: list[str]) -> str:
    return next((one for one in numbers if one and numbers.count(one) > 1), "")


def _of_clause(data: QueryDict | None, number: str) -> QueryDict | None:
    """Return what was sent, where it holds this clause: one that is new since then is not there."""
    return data if data is not None and f"c-{number}-number" in data else None
