"""Figures of incidents that look at every person or decision of a span of days (REP-02).

Written in SQL: each is one pass over sorted rows, where a question asked for every incident on its
own would read a pupil's whole past, or a decision's feedback, tens of thousands of times.
Restricted incidents are left out altogether. Each function is one query.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from common.sections import Period
from people.calendar import LONDON
from people.models import School

BEFORE = timedelta(days=365)

_YEARS = """
    SELECT coalesce(e.year_group, ''), count(DISTINCT i.id)
    FROM incidents_incident i
    JOIN incidents_involvement v ON v.incident_id = i.id AND v.part = 'alleged'
    JOIN people_person p ON p.id = v.person_id AND p.kind = 'pupil'
    LEFT JOIN people_pupilenrolment e ON e.pupil_id = v.person_id
        AND e.start_date <= (i.reported_at AT TIME ZONE %(zone)s)::date
        AND (e.end_date IS NULL OR e.end_date >= (i.reported_at AT TIME ZONE %(zone)s)::date)
    WHERE i.school_id = %(school)s AND i.restriction = ''
        AND i.reported_at >= %(start)s AND i.reported_at < %(until)s
    GROUP BY 1
"""

# The report about a pupil just before each report: "again" when that was within the span.
_REPEATS = """
    WITH told AS (
        SELECT i.id, i.reported_at, lag(i.reported_at) OVER (
            PARTITION BY v.person_id ORDER BY i.reported_at, i.id
        ) AS before
        FROM incidents_incident i
        JOIN incidents_involvement v ON v.incident_id = i.id AND v.part = 'alleged'
        JOIN people_person p ON p.id = v.person_id AND p.kind = 'pupil'
        WHERE i.school_id = %(school)s AND i.restriction = ''
            AND i.reported_at >= %(since)s AND i.reported_at < %(until)s
    ), each AS (
        SELECT bool_or(before IS NOT NULL AND before >= reported_at - %(span)s) AS again
        FROM told WHERE reported_at >= %(start)s GROUP BY id
    )
    SELECT count(*) FILTER (WHERE again), count(*) FROM each
"""

_DECISIONS = """
    WITH shown AS MATERIALIZED (
        SELECT id FROM incidents_incident
        WHERE school_id = %(school)s AND restriction = ''
            AND reported_at >= %(start)s AND reported_at < %(until)s
    ), latest AS (
        SELECT DISTINCT ON (d.incident_id) d.incident_id, d.id, d.decided_at,
            d.needs_confirmation, d.departure_reason <> '' AS departed
        FROM incidents_decision d JOIN shown ON shown.id = d.incident_id
        ORDER BY d.incident_id, d.id DESC
    ), told AS (
        SELECT DISTINCT ON (f.incident_id) f.incident_id, f.given_at,
            f.excused_reason <> '' AS excused
        FROM incidents_feedback f JOIN shown ON shown.id = f.incident_id
        ORDER BY f.incident_id, f.id
    )
    SELECT CASE
            WHEN NOT a.confirmed THEN 'returned'
            WHEN a.id IS NULL AND latest.needs_confirmation THEN 'waiting'
            WHEN latest.departed THEN 'departed'
            ELSE 'suggested'
        END,
        (latest.decided_at AT TIME ZONE %(zone)s)::date,
        (told.given_at AT TIME ZONE %(zone)s)::date,
        told.excused,
        count(*)
    FROM latest
    LEFT JOIN told ON told.incident_id = latest.incident_id
    LEFT JOIN incidents_decisionanswer a ON a.decision_id = latest.id
    GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class Decided:
    """Decisions that are alike: when and how they were made, and when the reporter heard.

    ``outcome`` is "suggested", "departed", "waiting" or "returned"; ``told_date`` is empty while
    the reporter was told nothing, and ``excused`` says that there was a reason for that.
    """

    outcome: str
    decided_date: date
    told_date: date | None
    excused: bool | None
    count: int


def years_of(school: School, period: Period) -> dict[str, int]:
    """Return in how many incidents pupils of each year group are said to have done it.

    The year group is that of the day of the report; "" is a pupil who had none then.
    """
    return dict(_ask(_YEARS, school, period))


def repeats_of(school: School, period: Period) -> tuple[int, int]:
    """Return how many incidents repeat, and how many name a pupil said to have done it.

    One repeats when a pupil said to have done it was said so of another that was reported in the
    365 days before.
    """
    [(repeats, named)] = _ask(_REPEATS, school, period)
    return repeats, named


def decisions_of(school: School, period: Period) -> list[Decided]:
    """Return the latest decision of each incident, those alike counted together."""
    return [Decided(*row) for row in _ask(_DECISIONS, school, period)]


def _ask(sql: str, school: School, period: Period) -> list[tuple[Any, ...]]:
    values = {
        "school": school.pk,
        "since": period.begins_at - BEFORE,
        "start": period.begins_at,
        "until": period.ends_at,
        "span": BEFORE,
        "zone": LONDON.key,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
