"""What of filtering and monitoring an incident came from, and what was changed because of it."""

from collections.abc import Collection
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import Http404

from common.pages import page_url
from common.trail_links import TrailLink
from filtering.models import MonitoringFinding, Review
from filtering.queries.alerts import alerts_visible_to
from filtering.queries.changes import changes_visible_to
from filtering.queries.failures import failures_visible_to
from incidents.models import Incident, Task
from incidents.queries.visible import about, visible_to
from people.models import Person, School

# Each kind of record: its words before the number, and its page.
PAGES = {
    "alert": ("Came from monitoring alert", "alert_detail"),
    "failure": ("Came from a report about filtering,", "failure_detail"),
    "finding": ("Came from the weekly monitoring report,", "monitoring_detail"),
    "change": ("Filter change", "change_detail"),
    "review": ("Review of filtering and monitoring", "review_detail"),
}


def linked_to(incident: Incident, person: Person, powers: Collection[str]) -> list[TrailLink]:
    """Return links to what bears the incident's number and the person may see: one query."""
    parts = [
        _part("alert", alerts_visible_to(person, powers), "pk"),
        _part("failure", failures_visible_to(person, powers), "reference"),
        _part("change", changes_visible_to(person, powers), "reference"),
    ]
    if "view_monitoring_reports" in powers:
        parts.append(_part("finding", MonitoringFinding.objects.all(), "report_id"))
    if "view_reviews" in powers:
        parts.append(_part("review", Review.objects.all(), "reference"))
    named = [part.filter(incident_reference=incident.reference) for part in parts]
    rows = named[0].union(*named[1:])
    found = sorted(rows, key=lambda row: (list(PAGES).index(row[0]), row[1]))
    return [
        TrailLink(f"{PAGES[kind][0]} {key}", page_url(incident.school, PAGES[kind][1], key))
        for kind, key in found
    ]


def _part(kind: str, rows: QuerySet[Any, Any], key: str) -> QuerySet[Any, Any]:
    """Return (kind, key, incident's number) of rows, so that all kinds fit into one query."""
    return (
        rows.order_by()
        .annotate(linked_kind=Value(kind), linked_key=Cast(F(key), CharField()))
        .values_list("linked_kind", "linked_key")
    )


def finding_of(school: School, number: int) -> MonitoringFinding | None:
    """Return something found in looking through the logs, by its number (FIL-20)."""
    return MonitoringFinding.objects.filter(school=school, pk=number).first()


def known_or_404(person: Person, powers: Collection[str], reference: str) -> Incident:
    """Return an incident whose number a person knows: they see it, reported it, or have a task.

    Nothing but the number and the web addresses reported may be shown of it.
    """
    known = (
        Q(pk__in=visible_to(person, powers).values("pk"))
        | Q(reporter=person)
        | Q(pk__in=Task.objects.filter(owner=person).values("incident"))
    )
    rows = Incident.objects.filter(known, school=person.school_id, reference=reference)
    found = rows.exclude(pk__in=about(person)).first()
    if found is None:
        raise Http404("no such incident")
    return found
