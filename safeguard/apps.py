"""App configuration of the project package."""

from django.apps import AppConfig


class SafeguardConfig(AppConfig):
    name = "safeguard"

    def ready(self) -> None:
        """Make our Celery application the current one, with the timetable of every app."""
        from safeguard import checks, timetable  # noqa: F401  checks register themselves
        from safeguard.celery import app

        app.conf.beat_schedule = timetable.collect()
