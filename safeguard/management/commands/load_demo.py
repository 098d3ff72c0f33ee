"""``manage.py load_demo``: the demo schools, made once; with --reset, made again from nothing."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from safeguard.demo.loading import load_demo

STORED = ("evidence", "imports", "jobs")


class Command(BaseCommand):
    """Load the demo schools. Refuses in production, where everybody would know the password."""

    help = "Load the demo schools that are not there yet; --reset empties the database first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--reset", action="store_true", help="drop everything in the database and begin again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError(
                "The demo schools have a password that everybody knows, so they cannot be loaded "
                "in production."
            )
        if options["reset"]:
            _drop_everything()
            call_command("migrate", verbosity=0)
        made = load_demo(now=timezone.now())
        if not made:
            self.stdout.write("The demo schools are here already. --reset makes them again.")
        for school in made:
            self.stdout.write(f"Loaded {school.name}.")


def _drop_everything() -> None:
    """Drop all tables, since what is append-only cannot be emptied, and the files they named."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    for folder in STORED:
        shutil.rmtree(Path(settings.MEDIA_ROOT) / folder, ignore_errors=True)
