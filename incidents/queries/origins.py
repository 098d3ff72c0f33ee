"""What an incident came from, and what was changed, taken or kept because of it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import Http404

from assets.models import DisposalBatch, Installation, Loss, Misuse, Quarantine
from assets.queries.taken import items_visible_to
from assets.queries.taken_searches import searches_visible_to
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
    "item": ("Item taken,", "confiscation_detail"),
    "search": ("Search", "search_record_detail"),
    "misuse": ("Misuse of an own device:", "own_device_detail"),
    "loss": ("Lost or stolen: device", "loss_detail"),
    "disposal": ("Disposal", "disposal_detail"),
    "program": ("Program nobody approved, on", "software_detail"),
    "kept": ("Kept as evidence: device", "asset_detail"),
    "released": ("Was kept as evidence: device", "asset_detail"),
}
EQUIPMENT = ("item", "search", "misuse", "loss", "disposal", "program", "kept", "released")


@dataclass(frozen=True)
class Linked:
    """What bears an incident's number: links to each side, and whether a device is kept for it."""

    filtering: list[TrailLink] = field(default_factory=list)
    equipment: list[TrailLink] = field(default_factory=list)
    kept: bool = False


def linked_to(incident: Incident, person: Person, powers: Collection[str]) -> Linked:
    """Return links to what bears the incident's number and the person may see: one query."""
    parts = [
        _part("alert", alerts_visible_to(person, powers), "pk"),
        _part("failure", failures_visible_to(person, powers), "reference"),
        _part("change", changes_visible_to(person, powers), "reference"),
        _part("item", items_visible_to(person, powers), "reference"),
        _part("search", searches_visible_to(person, powers), "reference"),
        _part("kept", _of_devices(Quarantine).filter(released_at=None), "asset_id", "asset__tag"),
    ]
    if "view_monitoring_reports" in powers:
        parts.append(_part("finding", MonitoringFinding.objects.all(), "report_id"))
    if "view_reviews" in powers:
        parts.append(_part("review", Review.objects.all(), "reference"))
    if "note_misuse" in powers:
        misused = Misuse.objects.exclude(device__owner=person)
        parts.append(_part("misuse", misused, "device_id", "device__make"))
    if "view_assets" in powers:
        released = _of_devices(Quarantine).filter(released_at__isnull=False)
        parts.append(_part("released", released, "asset_id", "asset__tag"))
        parts.append(_part("loss", _of_devices(Loss), "pk", "asset__tag"))
        parts.append(_part("program", _of_devices(Installation), "software_id", "asset__tag"))
    if "view_disposals" in powers:
        parts.append(_part("disposal", DisposalBatch.objects.all(), "reference"))
    named = [part.filter(incident_reference=incident.reference) for part in parts]
    found = sorted(named[0].union(*named[1:]), key=lambda row: (list(PAGES).index(row[0]), row[1]))
    links: dict[bool, list[TrailLink]] = {True: [], False: []}
    for kind, key, name in found:
        words, page = PAGES[kind]
        if kind != "kept" or "view_assets" in powers:
            link = TrailLink(f"{words} {name}", page_url(incident.school, page, key))
            links[kind in EQUIPMENT].append(link)
    kept = any(kind == "kept" for kind, _, _ in found)
    return Linked(links[False], links[True], kept)


def _of_devices(model: type[Quarantine | Loss | Installation]) -> QuerySet[Any, Any]:
    return model.objects.all()


def _part(kind: str, rows: QuerySet[Any, Any], key: str, name: str = "") -> QuerySet[Any, Any]:
    """Return (kind, key, name) of rows, so that all kinds fit into one query."""
    return (
        rows.order_by()
        .annotate(
            linked_kind=Value(kind),
            linked_key=Cast(F(key), CharField()),
            linked_name=Cast(F(name or key), CharField()),
        )
        .values_list("linked_kind", "linked_key", "linked_name")
    )


def kept_for(incident: Incident) -> QuerySet[Quarantine, Quarantine]:
    """Return the devices that are kept as evidence of an incident now."""
    rows = Quarantine.objects.filter(school=incident.school_id, released_at=None)
    return rows.filter(incident_reference=incident.reference).select_related("asset__school")


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
