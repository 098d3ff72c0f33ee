"""Picking a person: type-ahead where scripts run, a look-up on sending where they do not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.clean_text import tidy

MOST_MATCHES = 12
LONGEST_NAME = 200


def _full_name(person: Any) -> str:
    return str(person.full_name)


def _no_detail(person: Any) -> str:  # noqa: ARG001
    return ""


@dataclass(frozen=True)
class PeopleSource:
    """Where a picker finds people: already narrowed to the school and to whom the user may see.

    ``url`` answers ``?q=`` with ``picker_results``; ``find`` takes an id as text and gives the
    person or None; ``search`` takes typed text and gives people, best first.
    """

    url: str
    find: Callable[[str], Any]
    search: Callable[[str], Iterable[Any]]
    name: Callable[[Any], str] = _full_name
    detail: Callable[[Any], str] = _no_detail

    def described(self, person: Any) -> dict[str, str]:
        """Return what the list shows of a person: id, name, class or role."""
        return {"id": str(person.pk), "name": self.name(person), "detail": self.detail(person)}

    def matches(self, text: str) -> list[Any]:
        """Return at most twelve people for typed text."""
        return [
            person
            for person, _ in zip(
                self.search(tidy(text)[:LONGEST_NAME]), range(MOST_MATCHES), strict=False
            )
        ]


def picker_results(source: PeopleSource, text: str) -> dict[str, list[dict[str, str]]]:
    """Return the JSON a picker's type-ahead reads; fewer than two letters find nobody."""
    people = source.matches(text) if len(text.strip()) >= 2 else []
    return {"results": [source.described(person) for person in people]}


@dataclass(frozen=True)
class Picked:
    """What came back from a picker: the chosen id, the text in the box, the text last looked up."""

    id: str = ""
    text: str = ""
    asked: str = ""

    def __bool__(self) -> bool:
        """Return whether anything was chosen or typed."""
        return bool(self.id or self.text)


class PersonPicker(forms.Widget):
    """A box for a name with a hidden id beside it; after a look-up, a choice of matches."""

    template_name = "forms/widgets/person_picker.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.url = ""
        self.matches: list[dict[str, str]] = []

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Picked:  # noqa: ARG002
        """Return the chosen id and the typed text."""
        return Picked(
            *(tidy(str(data.get(f"{name}{part}") or "")) for part in ("", "_text", "_asked"))
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002
        """Return whether neither part was sent."""
        return name not in data and f"{name}_text" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the two parts, the look-up address and the matches to choose from."""
        context = super().get_context(name, None, attrs)
        picked = value if isinstance(value, Picked) else Picked()
        drawn = context["widget"]["attrs"]
        context["widget"] |= {
            "picked": picked,
            "url": self.url,
            "matches": self.matches,
            "invalid": "aria-invalid" in drawn,
            "described_by": drawn.get("aria-describedby", ""),
        }
        return context


class PersonPickerField(forms.Field):
    """A person chosen by name. Set ``form.fields["person"].source`` before the form is read.

    Refuses an id the source does not know and a name nobody has. Without a script, a typed name is
    taken only when it is exactly one person's full name; else a choice is drawn below the box.
    """

    widget = PersonPicker

    def __init__(self, *, source: PeopleSource | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._source: PeopleSource | None = None
        if source:
            self.source = source

    @property
    def source(self) -> PeopleSource | None:
        """Where people are found."""
        return self._source

    @source.setter
    def source(self, source: PeopleSource) -> None:
        self._source = source
        self.widget.url = source.url

    def prepare_value(self, value: Any) -> Any:
        """Draw a person as name and id."""
        if value is None or isinstance(value, Picked) or self.source is None:
            return value
        return Picked(str(value.pk), self.source.name(value))

    def clean(self, value: Picked | None) -> Any:
        """Return the person, or nothing when the box is empty and may be."""
        picked = value or Picked()
        if self.source is None:
            raise RuntimeError("A person picker was read before its source was set.")
        if picked.id:
            person = self.source.find(picked.id)
            if person is None:
                raise ValidationError("Choose a person from the list again.", code="unknown")
            name = self.source.name(person).casefold()
            if picked.text.casefold() in {"", name, picked.asked.casefold()}:
                return person
        if picked.text:
            return self._looked_up(self.source, picked.text)
        if self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether another person stands in the box than the form opened with."""
        before, after = self.prepare_value(initial) or Picked(), data or Picked()
        return (before.id, before.text) != (after.id, after.text)

    def _looked_up(self, source: PeopleSource, text: str) -> Any:
        found = source.matches(text)
        if not found:
            raise ValidationError(
                f"Nobody at this school was found for “{text[:60]}”. Check the spelling.",
                code="nobody",
            )
        if len(found) == 1 and source.name(found[0]).casefold() == text.casefold():
            return found[0]
        self.widget.matches = [source.described(person) for person in found]
        raise ValidationError(f"Choose who you mean by “{text[:60]}”.", code="several")
