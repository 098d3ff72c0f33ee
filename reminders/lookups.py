"""Look up in one statement which of many rows are there at a school.

Putting such a statement together takes longer than its answer, and the sweep asks it of every
school. So it is put together once, for all schools, and kept; only the school changes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from people.models import School


@dataclass(frozen=True)
class Lookup:
    """A statement that says of each of some rows whether one is there; the school comes last."""

    statement: str
    values: tuple[Any, ...]

    def at(self, school: School) -> list[bool]:
        """Return for each of the rows, in their order, whether the school has one."""
        with connection.cursor() as cursor:
            cursor.execute(self.statement, [*self.values, school.pk])
            return list(cursor.fetchone())


def lookup_of(rows: Iterable[QuerySet[Any, Any]]) -> Lookup:
    """Return what looks up rows, named for all schools, at one school."""
    there = [Exists(one.filter(school=OuterRef("pk")).order_by()) for one in rows]
    schools = School.objects.filter(pk=0).order_by().values_list(*there)
    statement, values = schools.query.sql_with_params()
    return Lookup(statement, tuple(values[:-1]))
