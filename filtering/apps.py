"""The filtering app."""

from django.apps import AppConfig


class FilteringConfig(AppConfig):
    """Filtering and monitoring."""

    name = "filtering"
