"""The request of a school page, as the middleware in ``roles`` has prepared it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest


class SchoolRequest(HttpRequest):
    """A request inside one school: who asks, what they may do there.

    ``school`` and ``person`` are ``people.School`` and ``people.Person``; this module stands below
    both and cannot name them. Every school page but those open to everyone has a person.
    """

    id: str
    school: Any
    person: Any
    powers: frozenset[str]
    role_codes: frozenset[str]
    role_labels: list[str]
    may: Callable[[str], bool]
