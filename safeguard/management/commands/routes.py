"""``manage.py routes``: every page, its path and who may open it."""

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.admindocs.views import simplify_regex
from django.core.management.base import BaseCommand, CommandParser
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern


def routes() -> list[dict[str, Any]]:
    """Return every page: name, path, power (or how open it is) and whether it needs a school."""
    found = []
    for path, pattern in _walk(get_resolver().url_patterns, "/"):
        view = pattern.callback
        powers = list(getattr(view, "powers", ()))
        openness = {"everyone": "open"}.get(
            getattr(view, "openness", ""), getattr(view, "openness", "")
        )
        found.append(
            {
                "name": pattern.name,
                "path": path,
                "power": " or ".join(powers) or openness or "undeclared",
                "powers": powers,
                "school_scoped": "<slug:school>" in path,
            }
        )
    return found


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        part = str(pattern.pattern)
        if isinstance(pattern.pattern, RegexPattern):
            part = simplify_regex(part).removeprefix("/")
        path = prefix + part
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        else:
            yield path, pattern


class Command(BaseCommand):
    """Print the pages as a table or as JSON."""

    help = "List every page: name, path, power or open, school-scoped or not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(routes(), indent=2))
            return
        for route in routes():
            where = "school" if route["school_scoped"] else "site"
            self.stdout.write(f"{route['name']!s:36} {where:7} {route['power']:40} {route['path']}")
