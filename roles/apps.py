"""App configuration."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as global_apps
from django.apps.registry import Apps
from django.db.models.signals import post_migrate
from django.utils import timezone


def _write_powers(sender: AppConfig, using: str, apps: Apps = global_apps, **_: Any) -> None:
    """After a migration: the declared powers exist, and every school's roles follow the matrix."""
    from common.scope import school_scope
    from people.models import School
    from roles.actions import set_up_roles
    from roles.powers import write_powers

    if using != "default" or not _migrated(sender, apps):
        return
    write_powers()
    for school in School.objects.all():
        with school_scope(school.pk):
            set_up_roles(school=school, by="migrate", at=timezone.now())


def _migrated(sender: AppConfig, apps: Apps) -> bool:
    """Return whether our tables have the columns the code expects; not so half-way through."""
    try:
        then = [model._meta for model in apps.get_app_config(sender.label).get_models()]
    except LookupError:
        return False
    fields = {(meta.model_name, field.name) for meta in then for field in meta.get_fields()}
    return fields >= {
        (model._meta.model_name, field.name)
        for model in sender.get_models()
        for field in model._meta.local_fields
    }


class RolesConfig(AppConfig):
    name = "roles"

    def ready(self) -> None:
        """Keep the permission table in step with the code at each migrate."""
        post_migrate.connect(_write_powers, sender=self)
