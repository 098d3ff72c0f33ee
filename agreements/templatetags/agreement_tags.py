"""Tags of the signing pages."""

from typing import Any

from django import template

from agreements.desk import Desk

register = template.Library()


@register.simple_tag
def desk_url(desk: Desk, page: str, *args: Any) -> str:
    """Return the address of a page of whoever sits at a desk, signed in or by link."""
    return desk.url(page, *args)
