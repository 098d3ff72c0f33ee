"""One school cannot see another in the database itself, whatever the code does (wall 2)."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from common.scope import school_scope

# Tables that belong to no one school. Everything else of ours is behind the wall.
SHARED = {
    "people_school",
    "people_user",
    "people_user_groups",
    "people_user_user_permissions",
}
EVERY = "current_setting('safeguard.every_school'::text, true) = 'on'::text"


def rows(sql: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def our_tables() -> list[str]:
    return sorted(
        model._meta.db_table
        for label in settings.OWN_APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in SHARED
    )


def school_column(table: str) -> str:
    """Return the column that says whose a row is; "" when its parent says it."""
    found = rows(
        """
        SELECT a.attname FROM pg_attribute a
         WHERE a.attrelid = %s::regclass AND a.attname IN ('school_id', 'content_object_id')
           AND (a.attname = 'school_id' OR EXISTS (
                 SELECT 1 FROM pg_constraint c
                  WHERE c.conrelid = a.attrelid AND c.confrelid = 'people_school'::regclass
                    AND a.attnum = ANY (c.conkey)))
        """,
        table,
    )
    return found[0][0] if found else ""


def test_tables_with_a_school_column_are_all_ours_and_all_known(db):
    found = rows(
        """
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
         WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
           AND a.attname = 'school_id'
        """
    )

    assert {name for (name,) in found} <= set(our_tables())


@pytest.mark.parametrize("table", our_tables())
def test_table_forces_row_security_by_its_school(db, table):
    ((enabled, forced),) = rows(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", table
    )
    policies = rows(
        "SELECT policyname, permissive, cmd, qual, with_check FROM pg_policies "
        "WHERE tablename = %s",
        table,
    )
    assert (enabled, forced) == (True, True)
    scope = {name: (cmd, qual, check) for name, _, cmd, qual, check in policies}
    command, reads, writes = scope.pop("school_scope")
    assert (command, reads) == ("ALL", writes)
    column = school_column(table)
    if column:
        wanted = f"({column} = (NULLIF(current_setting('safeguard.school'::text, true), ''::text))"
        assert reads.startswith(f"({wanted}::bigint)")
        assert reads.endswith(f"OR ({EVERY}))")
    else:
        assert reads.startswith("(EXISTS ( SELECT 1")
    assert {name: policy[0] for name, policy in scope.items()} in ({}, {"own_rows": "SELECT"})


def test_application_is_an_ordinary_role_that_no_wall_lets_through(db):
    ((superuser, bypass, create_role),) = rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"
    )

    assert (superuser, bypass, create_role) == (False, False, False)


def counted(table: str, school_id: int) -> int:
    column = school_column(table)
    where = f" WHERE {column} = {school_id}" if column else ""
    return rows(f'SELECT count(*) FROM "{table}"{where}')[0][0]


def test_raw_sql_from_one_school_reads_nothing_of_another(cast, other, samples):
    """Walk every table with something in it from the other school's scope."""
    ours = {table: counted(table, cast.school.pk) for table in our_tables()}
    with school_scope(other.school.pk):
        seen = {table: counted(table, cast.school.pk) for table in our_tables()}

    assert {table for table, count in seen.items() if count} == set()
    assert len([table for table, count in ours.items() if count]) > 30


def test_connection_without_a_school_sees_no_row_at_all(cast, samples):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('safeguard.school', '', true)")
    seen = {table: rows(f'SELECT count(*) FROM "{table}"')[0][0] for table in our_tables()}

    assert {table for table, count in seen.items() if count} == set()


def test_rows_cannot_be_moved_into_another_school(cast, other, samples):
    """An UPDATE of the school column is stopped on every table that takes updates."""
    refused = {}
    for table in our_tables():
        column = school_column(table)
        if column and counted(table, cast.school.pk):
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SAVEPOINT before_move")
                    cursor.execute(
                        f'UPDATE "{table}" SET {column} = %s WHERE {column} = %s',
                        [other.school.pk, cast.school.pk],
                    )
                refused[table] = False
            except Exception as error:  # noqa: BLE001  any refusal of the database will do
                text = str(error)
                refused[table] = (
                    "row-level security" in text or "refused" in text or "never" in text
                )
            with connection.cursor() as cursor:
                cursor.execute("ROLLBACK TO SAVEPOINT before_move")

    assert {table for table, stopped in refused.items() if not stopped} == set()
