"""What followed from a record: each app says its part in ``trail_links.py`` (domain leap 1).

A record shows what it came from by itself, since that lies below it; what came of it lies in apps
above, which it cannot know.
"""

from dataclasses import dataclass

from django.db.models import Model

from common.discovery import discover
from common.requests import SchoolRequest


@dataclass(frozen=True)
class TrailLink:
    """One record that followed from another, in words, and its page."""

    words: str
    url: str


def what_followed(request: SchoolRequest, record: Model) -> list[TrailLink]:
    """Return what followed from a record, as far as the person may see it."""
    return [
        link
        for _, module in discover("trail_links")
        for link in module.followed_from(request, record)
    ]
