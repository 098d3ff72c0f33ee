"""Addresses of pages: the school is the first segment of the path."""

from typing import Any, Protocol

from django.urls import reverse


class HasSlug(Protocol):
    slug: str


def page_url(school: HasSlug, name: str, *args: Any) -> str:
    """Return the path of a school page by its name, for example ``incident_detail``."""
    return reverse(name, args=[school.slug, *args])
