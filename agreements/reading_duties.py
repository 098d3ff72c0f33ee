"""Whom to remind that a class has still to read its agreement (AGR-08)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from agreements.queries.sittings import classes_to_read, read_since
from common.duties import Due
from people.models import School, SchoolClass

READ_WORDS = "Read the agreement with your class. This stops once you have opened it with them."


def may_be_due(*, on: date) -> list[QuerySet[Any, Any]]:  # noqa: ARG001
    """Return the rows, of any school, without which there is nothing to remind of."""
    return [SchoolClass.objects.filter(teacher__isnull=False)]


def reminders_due(school: School, *, on: date) -> Iterator[Due]:
    """Yield the teacher of each class that has not read its agreement, once a period."""
    for one in classes_to_read(school, on=on):
        begins = localdate(read_since(school, on=on))
        if one.teacher_id:
            yield Due("class_reading", one.teacher_id, f"{one.pk}-{begins:%y%m%d}", READ_WORDS)
