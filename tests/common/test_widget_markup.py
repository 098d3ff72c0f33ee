"""Widgets drawn without a template carry the markup of Django's own templates."""

import re

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import mark_safe

from common.forms import GovukRenderer

HOSTILE = '"><script>&'
CHOICES = [
    ("", "All"),
    ("Group <1>", [("1", "one & two"), (2, "<b>")]),
    (3.5, 4),
    ("x", mark_safe("<i>x</i>")),
]
ATTRS = {"id": "q", "hidden": True, "disabled": False, "data-a": HOSTILE, "b": mark_safe("&amp;")}


def lines(html):
    return re.sub(r"\n\s*", "\n", html).strip()


@pytest.mark.parametrize("value", ["", None, "1", "x", HOSTILE])
@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput(),
        forms.EmailInput(),
        forms.NumberInput(),
        forms.HiddenInput(),
        forms.CheckboxInput(),
        forms.Textarea(),
        forms.Select(choices=CHOICES),
        forms.SelectMultiple(choices=CHOICES),
    ],
    ids=lambda widget: type(widget).__name__,
)
def test_markup_is_that_of_the_template(widget, value):
    value = [value] if isinstance(widget, forms.SelectMultiple) else value
    ours = widget.render("a", value, ATTRS, renderer=GovukRenderer())
    theirs = widget.render("a", value, ATTRS, renderer=TemplatesSetting())
    assert lines(ours) == lines(theirs)


def test_a_widget_with_a_template_of_its_own_is_left_to_it():
    class Starred(forms.Select):
        option_template_name = "django/forms/widgets/checkbox_option.html"

    html = Starred(choices=CHOICES).render("a", "1", renderer=GovukRenderer())
    assert '<input type="select"' in html
