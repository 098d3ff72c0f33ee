"""The incident that was raised from a record of a lower app, or because of which it was made."""

from django.db.models import Model

from common.pages import page_url
from common.requests import SchoolRequest
from common.trail_links import TrailLink
from incidents.queries import visible_to


def followed_from(request: SchoolRequest, record: Model) -> list[TrailLink]:
    """Return the incident whose number a record bears, for those who may see the incident."""
    reference = getattr(record, "incident_reference", "")
    if not reference:
        return []
    seen = visible_to(request.person, request.powers).filter(reference=reference)
    return [
        TrailLink(f"Incident {found}", page_url(request.school, "incident_detail", found))
        for found in seen.values_list("reference", flat=True)
    ]
