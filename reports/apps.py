"""The reports app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports, reviews and dashboards."""

    name = "reports"
