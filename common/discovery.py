"""Find a module by name in every installed app, as Django's admin does."""

from functools import cache
from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@cache
def discover(name: str) -> tuple[tuple[str, ModuleType], ...]:
    """Return (app label, module) for each installed app that has a module called ``name``.

    ``common`` is passed over: it holds the shapes of what apps declare and declares nothing.
    """
    return tuple(
        (config.label, import_module(f"{config.name}.{name}"))
        for config in apps.get_app_configs()
        if config.label != "common"
        and config.module is not None
        and module_has_submodule(config.module, name)
    )
