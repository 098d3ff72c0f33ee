"""The assets app."""

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    """What the school owns and runs, who holds it, and what became of it."""

    name = "assets"
