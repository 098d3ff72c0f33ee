"""Addresses of pages: the school is the first segment of the path."""

from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse


class HasSlug(Protocol):
    slug: str


def page_url(school: HasSlug, name: str, *args: Any) -> str:
    """Return the path of a school page by its name, for example ``incident_detail``."""
    where = (get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    return _path(where, school.slug, name, args)


@lru_cache(maxsize=4096)  # a page asks for some sixty addresses, most of them on every page
def _path(_where: tuple[str, str], slug: str, name: str, args: tuple[Any, ...]) -> str:
    return reverse(name, args=[slug, *args])
