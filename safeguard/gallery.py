"""What the component gallery shows: every component once, with invented words. Development only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone

from common.charts import bar_chart
from common.forms import (
    Checkboxes,
    CleanCharField,
    CleanTextField,
    DateBoxesField,
    DateTimeBoxesField,
    MultipleFileField,
    PeopleSource,
    PersonPickerField,
    Radios,
)

YEARS = [("7", "Year 7"), ("8", "Year 8"), ("9", "Year 9")]
RISKS = [
    ("content", "Content"),
    ("contact", "Contact"),
    ("conduct", "Conduct"),
    ("commerce", "Commerce"),
]
RISK_HINTS = {
    "content": "What somebody saw, read or heard",
    "contact": "Who got in touch with them",
    "conduct": "What they did themselves",
    "commerce": "Gambling, scams, advertising",
}


@dataclass(frozen=True)
class _Somebody:
    pk: int
    full_name: str
    detail: str


PEOPLE = [
    _Somebody(1, "Amara Okafor", "Pupil, 8B"),
    _Somebody(2, "Amara Olsen", "Pupil, 9A"),
    _Somebody(3, "Bryn Pritchard", "Class teacher"),
]


def _search(text: str) -> list[_Somebody]:
    return [one for one in PEOPLE if text.casefold() in one.full_name.casefold()]


def _find(key: str) -> _Somebody | None:
    return next((one for one in PEOPLE if str(one.pk) == key), None)


class GalleryForm(forms.Form):
    """One field of each kind."""

    title = CleanCharField(label="What is it about?", max_length=80, help_text="A few words.")
    account = CleanTextField(
        label="What happened?", help_text="In your own words. Stay with what you saw or were told."
    )
    happened = DateTimeBoxesField(
        label="When did it happen?", help_text="For example, 3 3 2026 and 14:05."
    )
    review_date = DateBoxesField(label="Review date", required=False)
    person = PersonPickerField(
        label="Who was involved?", help_text="Type two letters of the name, then choose."
    )
    year_group = forms.ChoiceField(label="Year group", choices=[("", "Choose one"), *YEARS])
    place = forms.ChoiceField(
        label="Where did it happen?",
        choices=[
            ("in", "In school"),
            ("out", "Out of school"),
            ("service", "On an online service"),
        ],
        widget=Radios(hints={"service": "A game, a chat, a social network"}),
    )
    risks = forms.MultipleChoiceField(
        label="Kinds of risk", choices=RISKS, widget=Checkboxes(hints=RISK_HINTS)
    )
    told = forms.BooleanField(label="I told the safeguarding lead in person")
    pictures = MultipleFileField(
        label="Files", required=False, help_text="Pictures, PDF, Word or text."
    )
    password = forms.CharField(label="Your password", widget=forms.PasswordInput)


class GalleryFilter(forms.Form):
    """A filter panel's fields."""

    state = forms.MultipleChoiceField(
        label="State",
        choices=[("new", "New"), ("triaged", "Triaged")],
        required=False,
        widget=Checkboxes,
    )
    year_group = forms.ChoiceField(
        label="Year group", choices=[("", "Any"), *YEARS], required=False
    )
    since = DateBoxesField(label="Reported since", required=False)


# No address to ask while typing: the gallery shows the picker as it works without a script.
SOURCE = PeopleSource(url="", find=_find, search=_search, detail=lambda one: one.detail)


def _form(data: dict[str, Any] | None = None) -> GalleryForm:
    form = GalleryForm(data, prefix="wrong" if data is not None else None)
    form.fields["person"].source = SOURCE  # type: ignore[attr-defined]
    return form


def _story(at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "title": "Reported",
            "by": "Bryn Pritchard, class teacher",
            "at": at - timedelta(days=2, hours=3),
            "words": "Saw a group chat on a shared tablet with unkind pictures of a classmate.",
        },
        {
            "title": "Note changed",
            "by": "Carys Morgan, safeguarding lead",
            "at": at - timedelta(days=1),
            "note": "Changed after it was written: the first wording stays on record.",
            "kind": "quiet",
        },
        {
            "title": "Escalated to the headteacher",
            "by": "Carys Morgan, safeguarding lead",
            "at": at,
            "kind": "warn",
        },
    ]


LISTS: dict[str, Any] = {
    "needs": [
        {
            "what": "Decide about incident 2026-0042",
            "why": "Category C, reported by Bryn Pritchard",
            "due": "Today",
            "due_kind": "late",
            "url": "#",
            "label": "Decide",
        },
        {
            "what": "Confirm the sanction in 2026-0040",
            "why": "The ladder asks for the headteacher",
            "due": "In 2 school days, Thu 5 Mar 2026",
            "due_kind": "wait",
            "url": "#",
            "label": "Confirm",
        },
    ],
    "figures": [
        {"number": 7, "label": "Open incidents", "note": "2 more than last week", "url": "#"},
        {"number": 1, "label": "Past its time"},
        {"number": "94 %", "label": "Agreements signed", "note": "of 212 pupils"},
        {"number": 0, "label": "Roles without a holder"},
    ],
    "facts": [
        {"label": "Harmed", "value": "Amara Okafor, 8B", "url": "#"},
        {"label": "Happened", "value": "Tue 3 Mar 2026 at 14:05"},
        {"label": "With", "value": "Carys Morgan"},
        {"label": "Clock", "value": "Decide by Thu 5 Mar 2026"},
    ],
    "deed": {"label": "Decide what happens", "url": "#"},
    "deeds": [
        {"label": "Add to the story", "url": "#"},
        {"label": "Escalate to the headteacher", "url": "#"},
        {"label": "Link another incident", "url": "#"},
    ],
    "checklist": [
        {"label": "Summary", "done": True},
        {"label": "Parents of Amara Okafor told", "done": False, "url": "#"},
        {"label": "Outcome", "done": False},
    ],
    "rows": [
        {"label": "What happened", "value": "Unkind pictures in a group chat", "url": "#"},
        {"label": "Where", "value": "On an online service", "url": "#"},
    ],
    "incidents": [
        {
            "reference": "2026-0042",
            "code": "C",
            "state": "New",
            "who": "Amara Okafor",
            "files": 2,
        },
        {
            "reference": "2026-0041",
            "code": "A",
            "state": "Closed",
            "who": "Dylan Hughes",
            "files": 0,
        },
        {
            "reference": "2026-0040",
            "code": "D",
            "state": "Decided",
            "who": "Rhian Lewis",
            "files": 11,
        },
        {
            "reference": "2026-0039",
            "code": "B",
            "state": "Triaged",
            "who": "Owen Price",
            "files": 1,
        },
    ],
}


def gallery_context(request: HttpRequest, at: datetime | None = None) -> dict[str, Any]:
    """Return everything the gallery page draws."""
    moment = at or timezone.now()
    chosen = GalleryFilter(request.GET)
    chosen.is_valid()
    return {
        "form": _form(),
        "wrong": _form({"wrong-happened_day": "30", "wrong-person_text": "Amara"}),
        "filter_form": chosen,
        "page": Paginator(range(240), 20).get_page(request.GET.get("page", 3)),
        "sort": request.GET.get("sort", "-when"),
        "story": _story(moment),
        "chart": bar_chart(
            "kinds",
            "Conduct was the most common kind this term",
            "Kind of risk",
            [("Conduct", 14), ("Contact", 9), ("Content", 6), ("Commerce", 0)],
        ),
        "moment": moment,
        **LISTS,
    }
