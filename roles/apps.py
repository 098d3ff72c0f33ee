"""App configuration."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _write_powers(sender: AppConfig, **kwargs: Any) -> None:
    """After a migration: the declared powers exist, and every school's roles follow the matrix."""
    from common.scope import school_scope
    from people.models import School
    from roles.actions import apply_matrix
    from roles.powers import write_powers

    if kwargs.get("plan") is not None and kwargs.get("using") == "default":
        write_powers()
        for school in School.objects.all():
            with school_scope(school.pk):
                apply_matrix(school=school)


class RolesConfig(AppConfig):
    name = "roles"

    def ready(self) -> None:
        """Keep the permission table in step with the code at each migrate."""
        post_migrate.connect(_write_powers, sender=self)
