"""``manage.py docs``: write the documents that are made from the code."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.discovery import discover


def documents() -> dict[Path, Callable[[], str]]:
    """Return what each app's ``documents_generated.DOCUMENTS`` writes, by path from the top."""
    return {
        settings.BASE_DIR / path: write
        for _, module in discover("documents_generated")
        for path, write in module.DOCUMENTS.items()
    }


class Command(BaseCommand):
    """Write every generated document, or refuse when one of them is stale."""

    help = "Write the generated documents under docs/; with --check only compare them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail when stale")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = {path: write() for path, write in documents().items()}
        stale = [
            (path, text)
            for path, text in wanted.items()
            if not path.exists() or path.read_text() != text
        ]
        if options["check"] and stale:
            names = ", ".join(str(path.relative_to(settings.BASE_DIR)) for path, _ in stale)
            raise CommandError(f"Stale: {names}. Run: make manage ARGS=docs")
        for path, text in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            self.stdout.write(f"Wrote {path.relative_to(settings.BASE_DIR)}")
