"""Copy a whole school inside the database, row by row of every table it owns.

Every number of the copy is the template's plus an offset, so that rows point at one another as
they did. It knows no table by name: whatever a school owns is copied.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management.color import no_style
from django.db import connection, models, transaction

from audit.models import Entry
from incidents.models import IncidentUserObjectPermission
from people.actions.schools import create_school
from people.models import School, SchoolOwned, User
from roles.models import SchoolGroupObjectPermission

Model = type[models.Model]
Copy = tuple[int, int, str]  # what is added to each number, the school, its slug
STRIDE = 1_000_000


@transaction.atomic
def copy_school(template: School, numbers: Iterable[int]) -> None:
    """Make copies of a school, called ``bench-<number>``, each with rows of its own.

    One statement a table, whatever the number of copies: a statement a copy read all copies made
    before it, because the database takes every row of a young table to be the template's.
    """
    copied, copies = _copied_models(), [_new_school(template, number) for number in numbers]
    _lower_walls(copied, down=True)
    with _without_checks(copied):
        for model in copied:
            _copy_rows(model, copied, template, copies)
    with connection.cursor() as cursor:  # number on after the copies
        for statement in connection.ops.sequence_reset_sql(no_style(), copied):
            cursor.execute(statement)
    _lower_walls(copied, down=False)


def _new_school(template: School, number: int) -> Copy:
    name, slug = f"Bench School {number}", f"bench-{number:03d}"
    return number * STRIDE, create_school(slug=slug, name=name, at=template.created_at).pk, slug


@contextmanager
def _without_checks(copied: list[Model]) -> Iterator[None]:
    """Check references and make indexes once for each table at the end, not row by row."""
    with connection.cursor() as cursor:
        cursor.execute(_CHECKS, {"tables": [model._meta.db_table for model in copied]})
        checks = cursor.fetchall()
        for drop, _ in checks:
            cursor.execute(drop)
        yield
        for _, make in checks:
            cursor.execute(make)


_CHECKS = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
        format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
            pg_get_constraintdef(oid))
    FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY(%(tables)s)
    UNION ALL
    SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index WHERE NOT indisunique AND NOT indisexclusion
        AND indrelid::regclass::text = ANY(%(tables)s)
"""


def _lower_walls(copied: list[Model], *, down: bool) -> None:
    """Let the tables' owner read and write all rows of the bench's database, and back again.

    The triggers that let nothing into a published policy rest as well; the trail keeps its own.
    """
    force, triggers = ("NO FORCE", "DISABLE") if down else ("FORCE", "ENABLE")
    with connection.cursor() as cursor:
        for model in copied:
            table = connection.ops.quote_name(model._meta.db_table)
            if model not in (User, Group):
                cursor.execute(f"ALTER TABLE {table} {force} ROW LEVEL SECURITY")
            if model is not Entry:
                cursor.execute(f"ALTER TABLE {table} {triggers} TRIGGER USER")


def _copied_models() -> list[Model]:
    owned = [model for model in apps.get_models() if issubclass(model, SchoolOwned)]
    return [
        User,
        Group,
        *owned,
        SchoolGroupObjectPermission,
        IncidentUserObjectPermission,
        Entry,
    ]


def _copy_rows(model: Model, copied: list[Model], template: School, copies: list[Copy]) -> None:
    names, values = [], []
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.GeneratedField):
            names.append(connection.ops.quote_name(str(field.column)))
            values.append(_value(field, copied, template))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} "  # noqa: S608  names of our own models
            f"FROM {table} old CROSS JOIN unnest(%s::bigint[], %s::bigint[], %s::text[]) "
            f"AS new (numbers, school, slug) "
            f"WHERE old.id BETWEEN 1 AND {STRIDE} AND {_owned_by(model, template)} "
            "ORDER BY new.numbers, old.id",
            [list(column) for column in zip(*copies, strict=True)],
        )


def _value(field: models.Field, copied: list[Model], template: School) -> str:
    """Return the SQL that gives the copy's value of a column."""
    column = f"old.{connection.ops.quote_name(str(field.column))}"
    if field.name in ("school", "school_id") or field.related_model is School:
        return "new.school"
    if field.primary_key or field.related_model in copied:
        return f"{column} + new.numbers"
    if isinstance(field, models.UUIDField):
        return "gen_random_uuid()"
    if field.name == "seal":  # a copy's seal does not hold, but no two are alike
        return f"encode(sha256(({column} || new.slug)::bytea), 'hex')"
    if field.unique and isinstance(field, models.CharField):
        return f"replace({column}, '{template.slug}', new.slug)"
    return column


def _owned_by(model: Model, template: School) -> str:
    """Return the SQL condition for the template's rows of a table."""
    if model is SchoolGroupObjectPermission:
        return f"old.content_object_id = {template.pk}"
    if model in (User, Group, IncidentUserObjectPermission):  # nobody else has any below the stride
        return "true"
    return f"old.school_id = {template.pk}"
