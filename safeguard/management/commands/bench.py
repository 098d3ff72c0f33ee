"""``manage.py bench``: measure the pages on large databases of the bench's own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from safeguard.bench import (
    databases,
    equipment,
    pages,
    reporting,
    seeding,
    serving,
    sweeping,
    watching,
    work,
)
from safeguard.celery import app

SIZES = (1_000, 100_000)
SCHOOLS = "schools"


class Command(BaseCommand):
    """Measure and write ``var/bench.json``. Refuses in production: it fills databases."""

    help = "Time the pages on 1,000 and 100,000 incidents, and a running server on the latter."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--sizes", type=int, nargs="+", default=SIZES, help="how many incidents to measure on"
        )
        parser.add_argument(
            "--on", type=int, help="the size of the database this process is connected to"
        )
        parser.add_argument(
            "--many-schools", action="store_true", help="this process sweeps many schools"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("The bench fills databases, so it does not run in production.")
        if options["on"]:
            self._measure(options["on"])
            return
        if options["many_schools"]:
            self._measure_schools()
            return
        figures, serving_figures = [], {}
        for rows in options["sizes"]:
            part = self._part_of(rows, "--on", str(rows))
            figures += part["pages"]
            serving_figures = part["serving"]
        figures += self._part_of(SCHOOLS, "--many-schools")["pages"]
        target = settings.VAR_DIR / "bench.json"
        target.write_text(json.dumps(figures, indent=1))
        self._print(figures, serving_figures)
        self.stdout.write(f"Written to {target}")

    def _part_of(self, rows: int | str, *options: str) -> dict[str, Any]:
        """Measure in a process of its own, whose settings name the bench's database."""
        databases.ensure_database(rows)
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "bench", *options]
        environment = databases.environment_of(rows)
        if subprocess.run(command, env=environment, check=False).returncode:  # noqa: S603  ourselves
            raise CommandError("The bench stopped; the reason is above.")
        part: dict[str, Any] = json.loads(_part(rows).read_text())
        _part(rows).unlink()
        return part

    def _measure_schools(self) -> None:
        self.stdout.write(f"Database with {sweeping.SCHOOLS:,} schools")
        sweeping.seed_schools()
        figures = sweeping.measure_home() + sweeping.measure_sweeps()
        _part(SCHOOLS).write_text(json.dumps({"pages": figures}))

    def _measure(self, rows: int) -> None:
        self.stdout.write(f"Database with {rows:,} incidents")
        seeding.seed(rows, self.stdout.write)
        school = seeding.middle_school()
        watching.write_watching(school, rows, timezone.now())
        equipment.write_equipment(school, rows, timezone.now())
        figures = pages.measure(school, rows, written_to=seeding.first_school())
        figures += work.measure_certificate(school, rows)
        if rows == max(SIZES):
            figures += work.measure_big_school()
            figures += reporting.measure_report(school)
        app.control.purge()  # or the workers would make certificates while serving is measured
        path = reverse("incident_list", args=[school.slug])
        running = serving.measure_serving(path, pages.session_cookie(school, "dsl"))
        app.control.purge()
        _part(rows).write_text(json.dumps({"pages": figures, "serving": running}))

    def _print(self, figures: list[dict[str, Any]], running: dict[str, Any]) -> None:
        small = min(one["rows"] for one in figures)
        before = {(one["page"], one["role"]): one for one in figures if one["rows"] == small}
        self.stdout.write(f"\n{'page':24}{'role':10}{'rows':>8}{'ms':>8}{'queries':>9}{'ratio':>7}")
        for one in figures:
            less = before.get((one["page"], one["role"]))
            ratio = f"{one['median_ms'] / less['median_ms']:.2f}" if less else ""
            self.stdout.write(
                f"{one['page']:24}{one['role']:10}{one['rows']:>8}{one['median_ms']:>8}"
                f"{one['queries']:>9}{ratio:>7}"
            )
        for name, value in running.items():
            self.stdout.write(f"{name.replace('_', ' '):24}{value:>10}")


def _part(rows: int | str) -> Path:
    return settings.VAR_DIR / f"bench-{rows}.json"
