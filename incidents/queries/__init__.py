"""Reads of incidents; every one of a case starts at ``visible_to``."""

from incidents.queries.agencies import agencies_of, agency_of
from incidents.queries.cases import (
    chronology_of,
    earlier_for,
    evidence_of,
    incident_or_404,
    places_of,
    pupil_chronology,
    pupil_or_404,
    report_or_404,
    reports_of,
    story_of,
    task_or_404,
    tasks_of,
)
from incidents.queries.lists import (
    incident_rows,
    queue_of,
    search_incidents,
    short_queue_of,
    waits_for,
)
from incidents.queries.visible import visible_to

__all__ = [
    "agencies_of",
    "agency_of",
    "chronology_of",
    "earlier_for",
    "evidence_of",
    "incident_or_404",
    "incident_rows",
    "places_of",
    "pupil_chronology",
    "pupil_or_404",
    "queue_of",
    "report_or_404",
    "reports_of",
    "search_incidents",
    "short_queue_of",
    "story_of",
    "task_or_404",
    "tasks_of",
    "visible_to",
    "waits_for",
]
