"""Read the sources of alerts and what was brought in from them (FIL-14)."""

from datetime import UTC

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import Http404

from filtering.models import AlertImport, AlertSource, HookDelivery, Service
from filtering.vocabulary import ServiceKind
from people.models import School


def sources_of(school: School, *, closed: bool = False) -> QuerySet[AlertSource, AlertSource]:
    """Return the sources in use, by name; with ``closed`` those that were closed too."""
    rows = AlertSource.objects.filter(school=school)
    return rows if closed else rows.filter(closed_at=None)


def register_of_sources(school: School) -> QuerySet[AlertSource, AlertSource]:
    """Return every source with ``read_at`` and ``heard_at``: its last export and last delivery."""
    read = AlertImport.objects.filter(source=OuterRef("pk")).order_by("-uploaded_at")
    heard = HookDelivery.objects.filter(source=OuterRef("pk")).order_by("-pk")
    last = {
        "read_at": Subquery(read.values("uploaded_at")[:1]),
        "heard_at": Subquery(heard.values("received_at")[:1]),
    }
    rows = sources_of(school, closed=True).select_related("saved_by").annotate(**last)
    return rows.order_by(F("closed_at").desc(nulls_first=True), "name", "pk")


def source_or_404(school: School, pk: int) -> AlertSource:
    """Return a source in use, or 404."""
    found = sources_of(school).select_related("school").filter(pk=pk).first()
    if found is None:
        raise Http404("no such source")
    return found


def imports_of(school: School) -> QuerySet[AlertImport, AlertImport]:
    """Return the exports that were brought in, the latest first."""
    return AlertImport.objects.filter(school=school).select_related("source", "uploaded_by", "job")


def import_or_404(school: School, pk: int) -> AlertImport:
    """Return one export that was brought in, or 404."""
    found = imports_of(school).filter(pk=pk).first()
    if found is None:
        raise Http404("no such import")
    return found


def version_of(source: AlertSource) -> str:
    """Return what tells a source as it stands from an earlier one, for stale edits."""
    return source.saved_at.astimezone(UTC).isoformat()


def monitoring_services(school: School) -> QuerySet[Service, Service]:
    """Return the monitoring products in use, which a source may belong to."""
    kind = ServiceKind.MONITOR
    return Service.objects.filter(school=school, kind=kind, ended_at=None).order_by("name")
