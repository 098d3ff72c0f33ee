"""Text as it comes in: tidied, refused in words when it hides something or runs too long."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

# Control characters, and marks that turn the direction of text so that it reads as something else.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
_HIDDEN_IN_LINE = re.compile(f"{_HIDDEN.pattern}|[\t\n]")

HIDDEN_CHARACTERS = (
    "This has a hidden character in it. "
    "Type it again instead of pasting it, or paste it as plain text."
)


def tidy(value: str) -> str:
    """Return text with one kind of line end, composed letters and no space around it."""
    return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


class CleanCharField(forms.CharField):
    """One line of text: refuses hidden characters and, in words, text over ``max_length``.

    No ``maxlength`` is drawn: a browser would cut off what somebody pastes without saying so.
    """

    hidden = _HIDDEN_IN_LINE

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length = max_length

    def to_python(self, value: Any) -> str | None:
        """Return tidied text; refuses hidden characters."""
        if value in self.empty_values:
            return self.empty_value
        text = tidy(str(value)) if self.strip else str(value)
        if self.hidden.search(text):
            raise ValidationError(HIDDEN_CHARACTERS, code="hidden_characters")
        return text or self.empty_value

    def validate(self, value: Any) -> None:
        """Refuse too much text, saying how long it is and how long it may be."""
        super().validate(value)
        if value and self.max_length and len(value) > self.max_length:
            raise ValidationError(
                f"This is {len(value):,} characters long. "
                f"Shorten it to {self.max_length:,} or fewer.",
                code="max_length",
            )


class CleanTextField(CleanCharField):
    """Several lines of text, drawn as a box that says how many characters are left."""

    hidden = _HIDDEN

    def __init__(self, *, max_length: int = 4000, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave out the fixed width Django would draw."""
        widget.attrs.pop("cols", None)
        return super().widget_attrs(widget)
