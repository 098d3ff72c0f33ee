"""The project package: puts the apps together and holds no rules of its own."""

from safeguard.celery import app as celery_app

__all__ = ["celery_app"]
