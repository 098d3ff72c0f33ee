"""What is evidence stays: the database refuses to change or forget it (house rules, 5)."""

import ast
import importlib
import pkgutil

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from common.row_security import AppendOnly, NeverDeleted
from tests.house_rules.code import dotted, sources

# Rows that may go, and why.
MAY_GO = {
    "people_user_groups": "never used: people hold roles from a date to a date",
    "people_user_user_permissions": "never used: powers follow from roles",
    "roles_schoolgroupobjectpermission": "follows the matrix, whose overrides are kept",
    "incidents_incidentuserobjectpermission": "follows the incident's history of who was named",
}
# Where code deletes rows of the tables above, or files.
MAY_DELETE = {"roles/actions/matrix.py"}


def kept_tables() -> dict[str, type]:
    """Return each table that a migration protects, with how."""
    found: dict[str, type] = {}
    for label in settings.OWN_APPS:
        try:
            package = importlib.import_module(f"{label}.migrations")
        except ModuleNotFoundError:
            continue
        for module in pkgutil.iter_modules(package.__path__):
            migration = importlib.import_module(f"{label}.migrations.{module.name}").Migration
            for operation in migration.operations:
                if isinstance(operation, AppendOnly):
                    found |= dict.fromkeys(operation._tables, type(operation))
    return found


KEPT = kept_tables()


def test_every_table_of_ours_keeps_its_rows_or_says_why_not():
    tables = {
        model._meta.db_table
        for label in settings.OWN_APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }

    assert tables - set(KEPT) == set(MAY_GO)
    assert set(KEPT) <= tables


@pytest.mark.parametrize("table", sorted(KEPT))
def test_database_refuses(cast, samples, table):
    deeds = [f'DELETE FROM "{table}"', f'TRUNCATE "{table}" CASCADE']
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else TRUNCATE is refused for waiting
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        filled = cursor.fetchone()[0]
        cursor.execute(
            "SELECT tgname, tgtype, tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass "
            "AND tgname IN ('keep_rows', 'keep_table')",
            [table],
        )
        triggers = {name: (kind, on) for name, kind, on in cursor.fetchall()}
    # The kind's bits: 1 row, 2 before, 8 delete, 16 update, 32 truncate.
    rows = 1 + 2 + 8 + (16 if KEPT[table] is AppendOnly else 0)
    assert triggers == {"keep_rows": (rows, "O"), "keep_table": (2 + 32, "O")}
    if KEPT[table] is AppendOnly:
        deeds.append(f'UPDATE "{table}" SET id = id')
    for deed in deeds if filled else deeds[1:2]:
        with (
            pytest.raises(IntegrityError, match="are evidence"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(deed)


def test_both_ways_of_keeping_are_told_apart():
    assert set(KEPT.values()) == {AppendOnly, NeverDeleted}


def test_no_code_deletes_records():
    found = [
        source.at(node)
        for source in sources()
        if source.name not in MAY_DELETE
        for node in source.walk(ast.Call)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in {"delete", "_raw_delete"}
        and "storage" not in dotted(node.func.value)
        and "cache" not in dotted(node.func.value)
        and "file" not in dotted(node.func.value)
    ]

    assert found == []
