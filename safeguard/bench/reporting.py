"""Time the figures of the termly report at one school with years of incidents."""

from dataclasses import asdict
from functools import partial
from statistics import median
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from common.scope import school_scope
from common.sections import Period
from incidents.models import (
    Decision,
    Event,
    Feedback,
    Incident,
    Involvement,
    ParentContact,
    Sanction,
)
from people.models import School
from reports.gathering import gather
from reports.periods import Compared, compared, term_to_report
from safeguard.bench.timing import Figure, analyze, counting, milliseconds

INCIDENTS = 100_000
RUNS = 9
STRIDE = 10**12  # between the numbers of a row and of its likes; no other row is in the way
LIKENED = (Incident, Involvement, Event, Decision, Sanction, ParentContact, Feedback)


def measure_report(school: School, incidents: int = INCIDENTS) -> list[dict[str, Any]]:
    """Time the figures of a term, and of it with the term before and the same one last year.

    The school gets so many incidents for it, each like one that it has; all of it is rolled back.
    """
    with transaction.atomic(), school_scope(school.pk):
        _multiply(school, incidents // Incident.objects.filter(school=school).count())
        for model in LIKENED:
            analyze(model._meta.db_table)
        asked = _periods(school)
        others = [period for period in (asked.previous, asked.last_year) if period]
        figures = [
            _time("termly_report", school, [asked.period]),
            _time("termly_report_compared", school, [asked.period, *others]),
        ]
        transaction.set_rollback(True)
    return [asdict(one) for one in figures]


def _periods(school: School) -> Compared:
    """Return the term that runs or has begun last, with what it is compared with."""
    term = term_to_report(school, on=timezone.localdate())
    if term is None:
        raise RuntimeError("the bench needs a school with terms")
    return compared(school, term)


def _time(name: str, school: School, periods: list[Period]) -> Figure:
    ask = partial(_gather, school, periods)
    ask()
    times = [milliseconds(ask) for _ in range(RUNS)]
    with counting() as statements:
        ask()
    rows = Incident.objects.filter(school=school).count()
    return Figure(name, "worker", rows, round(median(times), 1), len(statements))


def _gather(school: School, periods: list[Period]) -> None:
    for period in periods:
        gather(school, period)


def _multiply(school: School, times: int) -> None:
    """Write so many likes of every incident of a school, with all that hangs on it."""
    for model in LIKENED:
        names, values = [], []
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.GeneratedField):
                names.append(connection.ops.quote_name(str(field.column)))
                values.append(_value(model, field))
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table} "  # noqa: S608  names of our own models
                f"CROSS JOIN generate_series(1, {times - 1}) AS n WHERE school_id = {school.pk}"
            )


def _value(model: type[models.Model], field: models.Field) -> str:
    """Return the SQL that gives a column of the n-th like of a row.

    Lines of the chronology are left empty: no figure reads them, and to find words in them later
    takes the database most of the time.
    """
    column = connection.ops.quote_name(str(field.column))
    if field.primary_key or field.related_model in LIKENED:
        return f"{column} + n * {STRIDE}"
    if isinstance(field, models.UUIDField):
        return "gen_random_uuid()"
    if (model, field.name) == (Event, "text"):
        return "''"
    if field.name == "reference":
        return "n || '.' || substr(reference, 3)"
    return column
