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

# One line for each pupil and incident. A report repeats when the one before it about the pupil lies
# within the span; only a pupil's first report of the period asks what was before the period.
_PUPILS = """
    WITH pupils AS MATERIALIZED (
        SELECT i.id, i.state, i.reported_at, v.person_id, bool_or(v.part = 'alleged') AS accused
        FROM incidents_incident i
        JOIN incidents_involvement v ON v.incident_id = i.id
        JOIN people_person p ON p.id = v.person_id AND p.kind = 'pupil'
        WHERE i.school_id = %(school)s AND i.restriction = ''
            AND i.reported_at >= %(start)s AND i.reported_at < %(until)s
        GROUP BY i.id, v.person_id
    ), told AS (
        SELECT id, person_id, reported_at, lag(reported_at) OVER (
            PARTITION BY person_id ORDER BY reported_at, id
        ) AS before
        FROM pupils WHERE accused
    ), named AS (
        SELECT bool_or(CASE
            WHEN before IS NOT NULL THEN before >= reported_at - %(span)s
            ELSE EXISTS (
                SELECT FROM incidents_involvement v
                WHERE v.person_id = told.person_id AND v.part = 'alleged' AND (
                    SELECT i.restriction = '' AND i.reported_at < %(start)s
                        AND i.reported_at >= told.reported_at - %(span)s
                    FROM incidents_incident i WHERE i.id = v.incident_id
                )
            ) END) AS again
        FROM told GROUP BY id
    )
    SELECT 'parents', '', count(*) FROM pupils WHERE state <> 'out_of_scope'
    UNION ALL
    SELECT 'named', '', count(*) FROM named
    UNION ALL
    SELECT 'again', '', count(*) FROM named WHERE again
    UNION ALL
    SELECT 'year', coalesce(e.year_group, ''), count(DISTINCT pupils.id)
    FROM pupils
    LEFT JOIN people_pupilenrolment e ON e.pupil_id = pupils.person_id
        AND e.start_date <= (pupils.reported_at AT TIME ZONE %(zone)s)::date
        AND (e.end_date IS NULL
            OR e.end_date >= (pupils.reported_at AT TIME ZONE %(zone)s)::date)
    WHERE accused GROUP BY 2
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
class Pupils:
    """How pupils took part in incidents.

    ``years`` says in how many incidents pupils of each year group are said to have done it, with ""
    for those who had none then; ``named`` in how many any pupil is, and ``again`` how many of those
    repeat. ``with_parents`` counts a pupil once for each incident they had any part in.
    """

    years: dict[str, int]
    named: int
    again: int
    with_parents: int


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


def pupils_of(school: School, period: Period) -> Pupils:
    """Return how pupils took part in the incidents of a span.

    The year group is that of the day of the report. An incident repeats when a pupil said to have
    done it was said so of another that was reported in the 365 days before. Parents are told of
    each pupil in each incident that is not outside scope (INC-12).
    """
    counts: dict[str, dict[str, int]] = {"year": {}}
    for figure, key, count in _ask(_PUPILS, school, period):
        counts.setdefault(figure, {})[key] = count
    return Pupils(
        years=counts["year"],
        named=counts["named"][""],
        again=counts["again"][""],
        with_parents=counts["parents"][""],
    )


def decisions_of(school: School, period: Period) -> list[Decided]:
    """Return the latest decision of each incident, those alike counted together."""
    return [Decided(*row) for row in _ask(_DECISIONS, school, period)]


def _ask(sql: str, school: School, period: Period) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {
        "school": school.pk,
        "start": period.begins_at,
        "until": period.ends_at,
        "span": BEFORE,
        "zone": LONDON.key,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
