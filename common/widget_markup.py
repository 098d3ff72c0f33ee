"""The plainest widgets drawn without a template, in the markup of Django's own templates.

Django draws each option of a select and the attributes of every box by a template of its own; a
filter panel of ten fields has some eighty of them.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.utils.formats import localize
from django.utils.safestring import SafeData

_OPTION = "django/forms/widgets/select_option.html"


def drawn(template_name: str, widget: Mapping[str, Any]) -> str | None:
    """Return the markup of a widget, or None when its template has to draw it."""
    draw = _DRAWN.get(template_name)
    return draw(widget) if draw else None


def _input(widget: Mapping[str, Any]) -> str:
    value = widget["value"]
    held = "" if value is None else f' value="{_plain(value)}"'
    return (
        f'<input type="{_plain(widget["type"])}" name="{_plain(widget["name"])}"'
        f"{held}{_attributes(widget['attrs'])}>"
    )


def _textarea(widget: Mapping[str, Any]) -> str:
    value = widget["value"]
    return (
        f'<textarea name="{_plain(widget["name"])}"{_attributes(widget["attrs"])}>'
        f"\n{_words(value) if value else ''}</textarea>"
    )


def _select(widget: Mapping[str, Any]) -> str | None:
    parts = [f'<select name="{_plain(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _ in widget["optgroups"]:
        if group:
            parts.append(f'  <optgroup label="{_words(group)}">')
        for option in options:
            if option["template_name"] != _OPTION:
                return None
            parts.append(
                f'  <option value="{_plain(option["value"])}"{_attributes(option["attrs"])}>'
                f"{_words(option['label'])}</option>"
            )
        if group:
            parts.append("  </optgroup>")
    return "\n".join([*parts, "</select>"])


def _attributes(attrs: Mapping[str, Any]) -> str:
    """Return attributes as Django writes them: True is the bare name, False is left out."""
    return "".join(
        f" {_plain(name)}" if value is True else f' {_plain(name)}="{_plain(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _plain(value: Any) -> str:
    """Return a value as it stands in an attribute, escaped unless it is marked as safe."""
    return str(value) if isinstance(value, SafeData) else escape(str(value))


def _words(value: Any) -> str:
    """Return a text as a template would print it."""
    return _plain(value if isinstance(value, str) else localize(value))


_DRAWN: dict[str, Callable[[Mapping[str, Any]], str | None]] = {
    "django/forms/widgets/text.html": _input,
    "django/forms/widgets/hidden.html": _input,
    "django/forms/widgets/email.html": _input,
    "django/forms/widgets/number.html": _input,
    "django/forms/widgets/checkbox.html": _input,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/textarea.html": _textarea,
}
