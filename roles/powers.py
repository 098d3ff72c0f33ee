"""Every power the apps declare, and its row in Django's permission table."""

from functools import cache

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType

from common.discovery import discover
from people.models import School


@cache
def all_powers() -> dict[str, str]:
    """Return each power with its plain sentence; refuses two apps declaring the same one."""
    found: dict[str, str] = {}
    for label, module in discover("permissions"):
        if not hasattr(module, "POWERS"):
            continue
        twice = found.keys() & module.POWERS.keys()
        if twice:
            raise ValueError(f"{label} declares powers that exist already: {sorted(twice)}")
        found.update(module.POWERS)
    return found


def powers_by_app() -> list[tuple[str, dict[str, str]]]:
    """Return each app's name with the powers it declares, highest app first."""
    return [
        (str(apps.get_app_config(label).verbose_name), module.POWERS)
        for label, module in reversed(discover("permissions"))
        if hasattr(module, "POWERS")
    ]


def write_powers() -> None:
    """Write the declared powers as permissions on School; renames follow, nothing is removed."""
    content_type = ContentType.objects.get_for_model(School)
    Permission.objects.bulk_create(
        [
            Permission(codename=power, name=sentence[:255], content_type=content_type)
            for power, sentence in all_powers().items()
        ],
        update_conflicts=True,
        unique_fields=["content_type", "codename"],
        update_fields=["name"],
    )
