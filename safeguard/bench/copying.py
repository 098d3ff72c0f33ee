"""Copy a whole school inside the database, row by row of every table it owns.

Every number of the copy is the template's plus an offset, so that rows point at one another as
they did. It knows no table by name: whatever a school owns is copied.
"""

from collections.abc import Iterable

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
STRIDE = 1_000_000


def copy_school(template: School, numbers: Iterable[int]) -> None:
    """Make copies of a school, called ``bench-<number>``, each with rows of its own."""
    copied = _copied_models()
    _lower_walls(copied, down=True)
    for number in numbers:
        made = create_school(
            slug=f"bench-{number:03d}", name=f"Bench School {number}", at=template.created_at
        )
        with transaction.atomic():
            for model in copied:
                _copy_rows(model, copied, template, made, offset=number * STRIDE)
    with connection.cursor() as cursor:  # number on after the copies
        for statement in connection.ops.sequence_reset_sql(no_style(), copied):
            cursor.execute(statement)
    _lower_walls(copied, down=False)


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


def _copy_rows(
    model: Model, copied: list[Model], template: School, made: School, *, offset: int
) -> None:
    names, values = [], []
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.GeneratedField):
            names.append(connection.ops.quote_name(str(field.column)))
            values.append(_value(field, copied, template, made, offset))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table} "  # noqa: S608  names of our own models
            f"WHERE id BETWEEN 1 AND {STRIDE} AND {_owned_by(model, template)}"
        )


def _value(
    field: models.Field, copied: list[Model], template: School, made: School, offset: int
) -> str:
    """Return the SQL that gives the copy's value of a column."""
    column = connection.ops.quote_name(str(field.column))
    if field.name in ("school", "school_id") or field.related_model is School:
        return str(made.pk)
    if field.primary_key or field.related_model in copied:
        return f"{column} + {offset}"
    if isinstance(field, models.UUIDField):
        return "gen_random_uuid()"
    if field.name == "seal":  # a copy's seal does not hold, but no two are alike
        return f"encode(sha256(({column} || '{made.slug}')::bytea), 'hex')"
    if field.unique and isinstance(field, models.CharField):
        return f"replace({column}, '{template.slug}', '{made.slug}')"
    return column


def _owned_by(model: Model, template: School) -> str:
    """Return the SQL condition for the template's rows of a table."""
    if model is SchoolGroupObjectPermission:
        return f"content_object_id = {template.pk}"
    if model in (User, Group, IncidentUserObjectPermission):  # nobody else has any below the stride
        return "true"
    return f"school_id = {template.pk}"
