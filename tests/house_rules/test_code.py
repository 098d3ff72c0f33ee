"""How code is written here: what views, models and actions may and may not do (house rules, 2)."""

import ast
from importlib import import_module

import pytest

from tests.house_rules.code import Source, dotted, sources

MOST_LINES = 400
LONGEST_FUNCTION = 60  # without its signature and docstring
SHOWS_EXAMPLES = {"safeguard/gallery.py"}
# The signals we answer, none of them for a rule of the business.
MAY_ANSWER_SIGNALS = {
    "roles/apps.py": "after a migration the permission table follows the code",
    "people/sign_ins.py": "allauth tells of sign-ins in no other way",
    "people/apps.py": "connects people/sign_ins.py",
}
# ``record`` reads as a sentence: record("close_incident", incident, by=…, at=…).
MAY_TAKE_PLACES = {"record"}
CLOCKS = ("timezone.now", "datetime.now", "datetime.utcnow", "date.today", "time.time")
DAYS = ("timezone.localdate", "localdate", "timezone.localtime", "localtime", "now")


def files(*nouns: str) -> list[Source]:
    return [source for source in sources() if source.is_in(*nouns)]


def functions(source: Source) -> list[ast.FunctionDef]:
    return [node for node in source.walk(ast.FunctionDef) if isinstance(node, ast.FunctionDef)]


def test_there_is_code_to_read():
    assert len(sources()) > 100
    assert {source.app for source in files("views")} >= {"audit", "roles", "people"}
    assert {source.app for source in files("actions")} >= {"audit", "roles", "people"}


def test_views_read_through_queries():
    found = [
        source.at(node)
        for source in files("views")
        for node in source.walk(ast.Attribute)
        if node.attr in {"objects", "_default_manager", "_base_manager"}
    ]

    assert found == []


def test_signals_carry_no_rules():
    found = {
        source.name
        for source in sources()
        for node in source.walk(ast.Import, ast.ImportFrom)
        for name in [getattr(node, "module", "") or "", *(alias.name for alias in node.names)]
        if name.endswith(".signals") or name in {"django.dispatch", "receiver"}
        if not name.startswith("celery")
    }

    assert found - set(MAY_ANSWER_SIGNALS) == set()


def test_models_do_not_override_saving_or_deleting():
    found = [
        f"{source.at(node)} {node.name}"
        for source in sources()
        for kind in source.walk(ast.ClassDef)
        for node in kind.body
        if isinstance(node, ast.FunctionDef)
        and node.name in {"save", "delete", "save_base"}
        and not any(dotted(base).endswith("Form") for base in kind.bases)
    ]

    assert found == []


def actions() -> list[tuple[Source, ast.FunctionDef]]:
    """Return the actions of every app: what ``actions`` offers, by ``__all__`` where it has one."""
    found = []
    for source in files("actions"):
        module = import_module(f"{source.app}.actions")
        offered = getattr(module, "__all__", None)
        found += [
            (source, node)
            for node in source.tree.body
            if isinstance(node, ast.FunctionDef)
            and (node.name in offered if offered else not node.name.startswith("_"))
        ]
    return found


def test_actions_take_everything_by_keyword():
    wrong = [
        f"{source.at(node)} {node.name}"
        for source, node in actions()
        if (node.args.posonlyargs or node.args.args) and node.name not in MAY_TAKE_PLACES
    ]

    assert wrong == []


def test_actions_are_told_when():
    """``at`` comes from outside; only what sets up or follows the code has no moment."""
    exempt = {"apply_matrix"}
    wrong = [
        f"{source.at(node)} {node.name}"
        for source, node in actions()
        if "at" not in {argument.arg for argument in node.args.kwonlyargs}
        and node.name not in exempt
    ]

    assert wrong == []


def test_actions_never_read_the_clock():
    found = [
        f"{source.at(node)} {dotted(node.func)}"
        for source in files("actions", "conditions")
        for node in source.walk(ast.Call)
        if dotted(node.func).endswith(CLOCKS)
        or (dotted(node.func) in DAYS and not node.args and not node.keywords)
    ]

    assert found == []


def test_modules_and_public_functions_of_the_core_have_docstrings():
    silent = [source.name for source in sources() if source.text and not _documented(source.tree)]
    silent += [
        f"{source.at(node)} {node.name}"
        for source in files("actions", "conditions", "queries")
        for node in source.tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not _documented(node)
    ]

    assert silent == []


def _documented(node: ast.Module | ast.FunctionDef | ast.ClassDef) -> bool:
    return bool(ast.get_docstring(node))


def test_files_and_functions_stay_short():
    long = [
        f"{source.name}: {count} lines"
        for source in sources()
        if (count := len(source.text.splitlines())) > MOST_LINES
    ]
    for source in sources():
        for node in functions(source):
            body = node.body[1:] if _documented(node) else node.body
            length = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            if length > LONGEST_FUNCTION and source.name not in SHOWS_EXAMPLES:
                long.append(f"{source.at(node)} {node.name}: {length} lines")

    assert long == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "HACK"])
def test_nothing_is_left_for_later(word):
    assert [source.name for source in sources() if word in source.text] == []


def test_one_school_at_a_time_is_left_in_one_place_only():
    """Only ``audit.maintenance`` lifts the wall between schools, and it writes that down."""
    found = {
        source.name
        for source in sources()
        for node in source.walk(ast.Name, ast.alias)
        if "unrestricted_scope" in {getattr(node, "id", ""), getattr(node, "name", "")}
    }

    assert found == {"audit/maintenance.py"}
