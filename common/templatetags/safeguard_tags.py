"""Template tags and filters every page may use."""

from functools import cache, lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from common import dates
from common.pages import page_url as path_of_page

register = template.Library()

register.filter("uk_date", dates.uk_date)
register.filter("uk_time", dates.uk_time)
register.filter("uk_datetime", dates.uk_datetime)

CATEGORY_WORDS = {"A": "Low", "B": "Moderate", "C": "Serious", "D": "Most serious"}


def _request(context: template.Context) -> HttpRequest:
    # A component included with "only" keeps the request on the context, not in it.
    return getattr(context, "request", None) or context["request"]


@register.simple_tag(takes_context=True)
def page_url(context: template.Context, name: str, *args: Any) -> str:
    """Return the path of a page of the school in the request."""
    return path_of_page(_request(context).school, name, *args)  # type: ignore[attr-defined]


@register.filter
def may(request: Any, power: str) -> bool:
    """Return whether the person of the request holds a power at its school."""
    return power in getattr(request, "powers", ())


@register.simple_tag
@cache
def icon(name: str, css: str = "") -> SafeString:
    """Draw an icon of the sprite; hidden from readers: the word beside it carries the meaning."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        static("dist/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def csrf_field(context: template.Context) -> SafeString:
    """Draw the CSRF token in a component, where Django's own tag finds none."""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(_request(context))
    )


@register.simple_tag(takes_context=True)
def query_string(context: template.Context, **changes: Any) -> str:
    """Return the query with parameters replaced, or removed where None; ``page`` is dropped."""
    query = _request(context).GET.copy()
    for name, value in ({"page": None} | changes).items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def page_numbers(page: Page) -> list[int | str]:
    """Return the page numbers to draw, with a gap where many are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag(takes_context=True)
def chosen_filters(context: template.Context, form: Any) -> list[dict[str, str]]:
    """Return the filters in force as chips: the choice in words, and the address without it."""
    request = _request(context)
    return [
        {"label": str(field.label), "value": words, "url": _without(request, field, value)}
        for field in form
        if not field.is_hidden
        for value, words in _chosen(field)
    ]


def _chosen(field: BoundField) -> list[tuple[Any, str]]:
    value = form_value(field)
    if value in (None, "", [], ()):
        return []
    choices = getattr(field.field, "choices", None)
    if choices is None:
        return [(None, value if isinstance(value, str) else dates.uk_date(value))]
    words = {str(key): str(label) for key, label in _flat(choices)}
    values = value if isinstance(value, list | tuple) else [value]
    return [(item, words[str(item)]) for item in values if str(item) in words and str(item)]


def _flat(choices: Any) -> Any:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def form_value(field: BoundField) -> Any:
    """Return what a filter holds: the text sent for a choice, else the cleaned value."""
    if hasattr(field.field, "choices"):
        return field.value()
    cleaned: Any = getattr(field.form, "cleaned_data", {}).get(field.name)
    return ("yes" if cleaned else "") if isinstance(cleaned, bool) else cleaned


def _without(request: HttpRequest, field: BoundField, value: Any) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    name = field.html_name
    left = [item for item in query.getlist(name) if value is not None and item != str(value)]
    for key in (name, *(f"{name}_{part}" for part in ("day", "month", "year", "text"))):
        query.pop(key, None)
    query.setlist(name, left) if left else None
    return f"?{query.urlencode()}"


@register.filter
def get(found: dict[Any, Any], key: Any) -> Any:
    """Return what a table holds under a key, or None."""
    return found.get(key)


@register.filter
def alert_kind(level: str) -> str:
    """Return the look of a message of Django's level."""
    return {"success": "success", "warning": "warning", "error": "error"}.get(level, "information")


@register.filter
def alert_icon(level: str) -> str:
    """Return the icon of a message of Django's level."""
    icons = {"success": "circle-check", "warning": "triangle-alert", "error": "circle-alert"}
    return icons.get(level, "info")


@register.simple_tag
def category(code: str, word: str = "") -> SafeString:
    """Draw a category: its letter and a word."""
    return _component("category_badge", code=code, word=word or CATEGORY_WORDS.get(code, ""))


@register.simple_tag
def tag(label: str, kind: str = "", icon_name: str = "") -> SafeString:
    """Draw a tag where many stand on one page, as in the rows of a list."""
    return _component("tag", label=label, kind=kind, icon_name=icon_name)


@lru_cache(maxsize=512, typed=True)  # typed: a text marked as safe is not the same text unmarked
def _component(name: str, **words: str) -> SafeString:
    """Draw a component that looks the same wherever it is given the same words."""
    return mark_safe(render_to_string(f"components/{name}.html", words))  # noqa: S308  a template


@register.simple_tag
def menu(items: list[dict[str, Any]]) -> SafeString:
    """Draw the menu: twice on every page, and for everybody of a role the same."""
    return _menu(tuple(tuple(item.items()) for item in items))


@lru_cache(maxsize=256)  # labels are the product's own words, never what somebody typed
def _menu(items: tuple[tuple[tuple[str, Any], ...], ...]) -> SafeString:
    entries = [dict(item) for item in items]
    return mark_safe(render_to_string("components/navigation.html", {"items": entries}))  # noqa: S308  a template


@register.inclusion_tag("components/sort_heading.html", takes_context=True)
def sort_heading(
    context: template.Context, label: str, field: str, sort: str, css: str = ""
) -> dict[str, Any]:
    """Draw a table heading that sorts: ``sort`` is the order in force, with a minus for falling."""
    state = {field: "ascending", f"-{field}": "descending"}.get(sort, "")
    turned = f"-{field}" if sort == field else field
    return {"label": label, "state": state, "url": query_string(context, sort=turned), "css": css}
