"""Words of consents in templates."""

from django import template

from agreements.vocabulary import Method

register = template.Library()
WAYS = {**dict(Method.choices), "phone": "By telephone"}


@register.filter
def way_of_consent(method: str) -> str:
    """Return how an answer came, in words."""
    return str(WAYS.get(method, method))
