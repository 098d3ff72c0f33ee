"""How forms are drawn and cleaned: GOV.UK markup for every field, errors in words.

Everything a form needs is imported from here.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input
from django.http import HttpRequest

from common.clean_text import CleanCharField, CleanTextField
from common.date_fields import DateBoxesField, DateTimeBoxesField, TimeTextField
from common.person_picker import PeopleSource, PersonPickerField, picker_results
from common.widget_markup import drawn

__all__ = [
    "Checkboxes",
    "CleanCharField",
    "CleanTextField",
    "DateBoxesField",
    "DateTimeBoxesField",
    "FoldedCheckboxes",
    "GovukRenderer",
    "MultipleFileField",
    "PeopleSource",
    "PersonPickerField",
    "Radios",
    "TimeTextField",
    "picker_results",
]

# The first kind that fits names the look of a widget; the order matters.
KINDS: tuple[tuple[str, type[forms.Widget] | tuple[type[forms.Widget], ...], str], ...] = (
    ("hidden", (forms.HiddenInput, forms.MultipleHiddenInput), ""),
    ("radios", forms.RadioSelect, ""),
    ("checkboxes", forms.CheckboxSelectMultiple, ""),
    ("checkbox", forms.CheckboxInput, "govuk-checkboxes__input"),
    ("textarea", forms.Textarea, "govuk-textarea govuk-js-character-count"),
    ("select", forms.Select, "govuk-select"),
    ("file", forms.FileInput, "govuk-file-upload"),
    (
        "password",
        forms.PasswordInput,
        "govuk-input govuk-password-input__input govuk-js-password-input-input",
    ),
    ("text", Input, "govuk-input"),
)
WITHOUT_ERROR_CLASS = {"hidden", "checkbox", "radios", "checkboxes", "other"}
CHOSEN = {"radios", "checkboxes", "select"}


def kind_of(widget: forms.Widget) -> tuple[str, str]:
    """Return what a widget is drawn as, and the class its element carries."""
    return _kind_of_type(type(widget))


@cache
def _kind_of_type(widget: type[forms.Widget]) -> tuple[str, str]:
    return next(
        ((kind, css) for kind, types, css in KINDS if issubclass(widget, types)), ("other", "")
    )


class GovukBoundField(BoundField):
    """A field of a form as GOV.UK draws it, with errors that say what to do."""

    @property
    def kind(self) -> str:
        """Return what the field is drawn as: text, textarea, select, radios, checkbox, file…"""
        return kind_of(self.field.widget)[0]

    @property
    def error_words(self) -> list[str]:
        """Return the errors; a bare "required" names the field, for the summary's sake."""
        return [
            self._needed() if error.code == "required" and self._unworded(error) else message
            for error in self.errors.as_data()
            for message in error.messages
        ]

    def _unworded(self, error: Any) -> bool:
        return error.message == forms.Field.default_error_messages["required"]

    def _needed(self) -> str:
        label = str(self.label)
        if label.endswith("?"):
            return f"Answer “{label}”"
        if self.kind == "checkbox":
            return f"Tick “{label}”"
        return f"{'Choose' if self.kind in CHOSEN else 'Enter'} “{label}”"

    @property
    def error_anchor(self) -> str:
        """Return the id of the element an error in the summary leads to."""
        if self.kind in {"radios", "checkboxes"}:
            return f"{self.auto_id}_0"
        return self.field.widget.id_for_label(self.auto_id)

    @property
    def counted(self) -> int | None:
        """Return the most characters of a text box that shows what is left, or nothing."""
        return getattr(self.field, "max_length", None) if self.kind == "textarea" else None

    @property
    def optional(self) -> bool:
        """Return whether the label says "(optional)"; a form lists exceptions in ``unmarked``."""
        unmarked = self.name in getattr(self.form, "unmarked", ())
        return not (self.field.required or unmarked or self.kind == "checkbox")

    @property
    def aria_describedby(self) -> str | None:
        """Return the ids of the hint, the error and the counter, in the order they are read."""
        described = super().aria_describedby
        return f"{described} {self.auto_id}-info".strip() if self.counted else described

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        """Return the attributes with GOV.UK's classes; the server checks, not the browser."""
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        for name in ("required", "maxlength", "minlength", "placeholder"):
            built.pop(name, None)
            widget.attrs.pop(name, None)
        kind, css = kind_of(widget)
        if self.errors and kind not in WITHOUT_ERROR_CLASS:
            css += f" {css.split(' ')[0]}--error"
        css = f"{css} {widget.attrs.get('class', '')} {built.get('class', '')}".strip()
        if css:
            built["class"] = css
        if kind in {"radios", "checkboxes"}:
            built.pop("aria-invalid", None)
        return built


class GovukRenderer(TemplatesSetting):
    """Draws every form of the product from the templates in ``templates/forms/``."""

    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
    bound_field_class = GovukBoundField

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Draw the plainest widgets at once, everything else by its template."""
        found = drawn(template_name, context["widget"]) if "widget" in context else None
        return super().render(template_name, context, request) if found is None else found


class _HintedChoices:
    """Choices with a hint under each, given as ``hints={value: words}``."""

    def __init__(self, *args: Any, hints: dict[Any, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the hint of this choice."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)  # type: ignore[misc]
        return option | {"hint": self.hints.get(str(value), self.hints.get(value, ""))}


class Radios(_HintedChoices, forms.RadioSelect):
    """One of several, with hints."""


class Checkboxes(_HintedChoices, forms.CheckboxSelectMultiple):
    """Any of several, with hints."""


class FoldedCheckboxes(forms.CheckboxSelectMultiple):
    """Many choices in groups that fold; open are those with a choice and those in ``opened``."""

    template_name = "forms/widgets/folded_checkboxes.html"

    def __init__(self, *args: Any, opened: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opened = set(opened)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Say which groups are open."""
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        chosen = {group for group, options, _ in groups if any(o["selected"] for o in options)}
        context["widget"]["opened"] = chosen | self.opened
        return context


class _FilesInput(forms.FileInput):
    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """Several files in one box; gives a list. Refuses more than ``most`` of them."""

    widget = _FilesInput

    def __init__(self, *, most: int = 10, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files, each checked as Django checks one; refuses too many."""
        files = [file for file in data or [] if file]
        if not files and not self.required:
            return []
        if len(files) > self.most:
            raise forms.ValidationError(
                f"Choose {self.most} files or fewer. You chose {len(files)}.", code="too_many"
            )
        return [super(MultipleFileField, self).clean(file, initial) for file in files or [None]]
