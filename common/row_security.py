"""Migration operations for what the database itself must enforce."""

from typing import Any

from django.db import migrations

_SCHOOL = "nullif(current_setting('safeguard.school', true), '')::bigint"
_EVERY = "current_setting('safeguard.every_school', true) = 'on'"


class RowSecurity(migrations.RunSQL):
    """Force row-level security on tables: rows of another school cannot be read or written.

    ``column`` names the school column. ``through`` = (foreign key column, parent table) scopes a
    child without a school column by its parent, whose own policy then applies. ``own_user_column``
    adds a read policy for a user's own rows.
    """

    def __init__(
        self,
        *tables: str,
        column: str = "school_id",
        through: tuple[str, str] | None = None,
        own_user_column: str = "",
    ) -> None:
        self._written_as = (tables, column, through, own_user_column)
        rule = f"({column} = {_SCHOOL} OR {_EVERY})"
        if through:
            child, parent = through
            rule = f'EXISTS (SELECT 1 FROM "{parent}" p WHERE p.id = {child})'  # noqa: S608
        forward: list[Any] = []
        backward: list[Any] = []
        for table in tables:
            forward += [
                f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
                f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
                f'CREATE POLICY school_scope ON "{table}" USING ({rule}) WITH CHECK ({rule})',
            ]
            backward += [
                f'DROP POLICY school_scope ON "{table}"',
                f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
                f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
            ]
            if own_user_column:
                own = (
                    f"{own_user_column} = "
                    "nullif(current_setting('safeguard.user', true), '')::bigint"
                )
                forward.append(f'CREATE POLICY own_rows ON "{table}" FOR SELECT USING ({own})')
                backward.insert(0, f'DROP POLICY own_rows ON "{table}"')
        super().__init__(sql=forward, reverse_sql=backward)

    def deconstruct(self):
        tables, column, through, own = self._written_as
        return (
            self.__class__.__qualname__,
            list(tables),
            {"column": column, "through": through, "own_user_column": own},
        )


class AppendOnly(migrations.RunSQL):
    """Refuse UPDATE, DELETE and TRUNCATE on tables whose rows are evidence."""

    refused = "UPDATE OR DELETE"

    def __init__(self, *tables: str) -> None:
        self._tables = tables
        backward: list[Any] = []
        forward: list[Any] = [
            """CREATE OR REPLACE FUNCTION safeguard_refuse_change() RETURNS trigger
               LANGUAGE plpgsql AS $$ BEGIN
                 RAISE EXCEPTION 'rows of % are evidence: % is refused', TG_TABLE_NAME, TG_OP
                 USING ERRCODE = 'integrity_constraint_violation';
               END $$"""
        ]
        for table in tables:
            forward += [
                f"""CREATE TRIGGER keep_rows BEFORE {self.refused} ON "{table}"
                    FOR EACH ROW EXECUTE FUNCTION safeguard_refuse_change()""",
                f"""CREATE TRIGGER keep_table BEFORE TRUNCATE ON "{table}"
                    FOR EACH STATEMENT EXECUTE FUNCTION safeguard_refuse_change()""",
            ]
            backward += [
                f'DROP TRIGGER keep_rows ON "{table}"',
                f'DROP TRIGGER keep_table ON "{table}"',
            ]
        super().__init__(sql=forward, reverse_sql=backward)

    def deconstruct(self):
        return self.__class__.__qualname__, list(self._tables), {}


class NeverDeleted(AppendOnly):
    """Refuse DELETE and TRUNCATE on tables whose rows may change but never go."""

    refused = "DELETE"


class OnlyChanges(migrations.RunSQL):
    """Refuse every UPDATE of a table but of the columns named; ``when`` narrows it to some rows.

    ``when`` is a condition on ``OLD``, for example ``OLD.status = 'published'``.
    """

    def __init__(self, table: str, *columns: str, when: str = "true") -> None:
        self._written_as = (table, columns, when)
        dropped = "".join(f" - '{column}'" for column in columns)
        name = f"{table}_only_changes"
        super().__init__(
            sql=f"""CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                 IF (to_jsonb(OLD){dropped}) IS DISTINCT FROM (to_jsonb(NEW){dropped}) THEN
                   RAISE EXCEPTION 'rows of % are evidence: this change is refused', TG_TABLE_NAME
                   USING ERRCODE = 'integrity_constraint_violation';
                 END IF;
                 RETURN NEW;
               END $$;
               CREATE TRIGGER only_changes BEFORE UPDATE ON "{table}"
               FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION "{name}"()""",
            reverse_sql=f'DROP TRIGGER only_changes ON "{table}"; DROP FUNCTION "{name}"()',
        )

    def deconstruct(self):
        table, columns, when = self._written_as
        return self.__class__.__qualname__, [table, *columns], {"when": when}
