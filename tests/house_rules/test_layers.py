"""Apps know only what is below them: in imports, foreign keys and strings (house rules, 1)."""

import ast

from django.apps import apps
from django.conf import settings

from tests.house_rules.code import ROOT, layers, sources


def test_every_app_has_a_layer_and_is_installed_in_that_order():
    levels = layers()
    order = [levels[app] for app in settings.OWN_APPS]

    assert order == sorted(order)


def test_foreign_keys_point_down():
    levels = layers()
    upward = []
    for label in settings.OWN_APPS:
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            for field in model._meta.get_fields():
                far = field.related_model if field.remote_field and field.concrete else None
                if far and levels.get(far._meta.app_label, -1) > levels[label]:
                    upward.append((str(field), far._meta.label))

    assert upward == []


def test_imports_point_down_also_inside_functions():
    levels = layers()
    upward = []
    for source in sources():
        for node in source.walk(ast.Import, ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                app = name.partition(".")[0]
                if levels.get(app, -1) > levels[source.app]:
                    upward.append((source.at(node), name))

    assert upward == []


def named_app(text: str) -> str:
    """Return the app whose model or module a dotted string names; "" when it names neither."""
    app, _, rest = text.partition(".")
    name = rest.partition(".")[0]
    if app not in settings.OWN_APPS or not name.isidentifier():
        return ""
    models = {model._meta.model_name for model in apps.get_app_config(app).get_models()}
    module = ROOT / app / name
    is_known = name.lower() in models or module.is_dir() or module.with_suffix(".py").exists()
    return app if is_known else ""


def test_strings_that_name_models_or_modules_point_down():
    """``get_model("incidents.Incident")`` or ``import_module("incidents.x")`` would be upward."""
    levels = layers()
    upward = [
        (source.at(node), node.value)
        for source in sources()
        for node in source.walk(ast.Constant)
        if isinstance(node.value, str)
        and levels.get(named_app(node.value), -1) > levels[source.app]
    ]

    assert upward == []
