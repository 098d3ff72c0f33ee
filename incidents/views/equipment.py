"""From what equipment and devices tell to an incident, and from an incident to an item."""

from django.http import Http404, HttpResponse
from django.utils import timezone

from assets.disposal_needs import DisposalFile
from assets.queries.disposal import disposal_or_404
from assets.queries.lifecycle import loss_or_404
from assets.queries.phones import misuse_or_404
from assets.queries.software import installation_or_404
from assets.queries.taken import items_visible_to, sees_suspicion
from assets.queries.taken_searches import searches_visible_to
from assets.views.taken import SEES_ITEMS, taking_page
from assets.views.taken_searches import SEES_SEARCHES
from common.access import requires
from common.requests import SchoolRequest
from incidents.models import Incident
from incidents.queries import visible_to
from incidents.queries.origins import known_or_404
from incidents.views.origins import raising_page
from incidents.vocabulary import Part, Place, YesNoUnsure
from people.models import Person


@requires(*SEES_ITEMS)
def incident_from_confiscation(request: SchoolRequest, reference: str) -> HttpResponse:
    """Raise an incident from an item taken from a pupil (MOB-04: incident link)."""
    rows = items_visible_to(request.person, request.powers).select_related("pupil")
    item = rows.filter(reference=reference).first()
    if item is None:
        raise Http404("no such item")
    unsure = item.suspected and sees_suspicion(item, request.person, request.powers)
    told = {
        "about": "pupil",
        "description": f"An item was taken ({item}): {item.get_rule_display()}.\n{item.what}",
        "occurred_at": item.taken_at,
        "place": Place.SCHOOL,
        "place_detail": item.taken_where,
        "imagery": YesNoUnsure.UNSURE if unsure else YesNoUnsure.NO,
    }
    return raising_page(request, item, told, [{"person": item.pupil, "part": Part.ALLEGED}])


@requires(*SEES_SEARCHES)
def incident_from_search(request: SchoolRequest, reference: str) -> HttpResponse:
    """Raise an incident from the record of a search (MOB-10: incident link)."""
    rows = searches_visible_to(request.person, request.powers).select_related("pupil")
    search = rows.filter(reference=reference).first()
    if search is None:
        raise Http404("no such record")
    found = search.found_what if search.found else "Nothing was found."
    told = {
        "about": "pupil",
        "description": f"A search was recorded ({search}): {search.reason}\n{found}",
        "occurred_at": search.searched_at,
        "place": Place.SCHOOL,
        "place_detail": search.place,
        "imagery": YesNoUnsure.UNSURE if search.suspected else YesNoUnsure.NO,
    }
    return raising_page(request, search, told, [{"person": search.pupil, "part": Part.ALLEGED}])


@requires("report_loss")
def incident_from_loss(request: SchoolRequest, pk: int) -> HttpResponse:
    """Raise an incident because a device was lost or stolen (workflows c.12)."""
    loss = loss_or_404(request.person, request.powers, pk)
    data = f"\nOn it: {loss.data}" if loss.data else ""
    told = {
        "about": "other",
        "description": f"{loss.get_kind_display()}: {loss.asset.name} ({loss.asset}). "
        f"{loss.what}{data}",
        "occurred_at": loss.noticed_at,
        "place_detail": loss.last_seen,
    }
    return raising_page(request, loss, told, [])


@requires("view_disposals")
def incident_from_disposal(request: SchoolRequest, reference: str) -> HttpResponse:
    """Raise an incident because a paper or a medium of a disposal is missing (AST-07, R-DISP-1)."""
    batch = disposal_or_404(request.school, reference)
    missing = DisposalFile(batch, on=timezone.localdate()).missing()
    lines = [f"Disposal {batch}: {batch.get_route_display()}.", batch.breach_note]
    lines += [f"Missing: {one.label}" for one in missing]
    told = {
        "about": "other",
        "description": "\n".join(line for line in lines if line),
        "occurred_at": batch.collected_at or timezone.now(),
    }
    return raising_page(request, batch, told, [])


@requires("note_misuse")
def incident_from_misuse(request: SchoolRequest, pk: int) -> HttpResponse:
    """Raise an incident because an own device was misused on the Wi-Fi (MOB-15)."""
    misuse = misuse_or_404(request.person, pk)
    owner = misuse.device.owner
    told = {
        "about": "pupil" if owner.kind == Person.Kind.PUPIL else "staff",
        "description": f"An own device was misused ({misuse.device}).\n{misuse.what}",
        "occurred_at": misuse.seen_at,
        "place": Place.SCHOOL,
    }
    return raising_page(request, misuse, told, [{"person": owner, "part": Part.ALLEGED}])


@requires("view_assets")
def incident_from_installation(request: SchoolRequest, pk: int) -> HttpResponse:
    """Raise an incident because of a program that nobody approved (AST-29: misconduct)."""
    found = installation_or_404(request.school, pk)
    told = {
        "about": "other",
        "description": f"A program that nobody approved, {found.software}, is on "
        f"{found.asset.name} ({found.asset}).",
        "place": Place.SCHOOL,
    }
    return raising_page(request, found, told, [])


@requires("confiscate_item")
def incident_confiscation(request: SchoolRequest, reference: str) -> HttpResponse:
    """Take an item because of an incident one sees or has reported (INC-24)."""
    incident = known_or_404(request.person, request.powers, reference)
    return taking_page(
        request,
        incident_reference=incident.reference,
        pupil=_the_only_pupil(request, incident),
        caption=f"Incident {incident.reference}",
        lead="The item and the incident know of each other.",
    )


def _the_only_pupil(request: SchoolRequest, incident: Incident) -> Person | None:
    """Return the one pupil said to have done it, for those who see the incident."""
    if not visible_to(request.person, request.powers).filter(pk=incident.pk).exists():
        return None
    rows = incident.involvements.filter(person__kind=Person.Kind.PUPIL, part=Part.ALLEGED)
    found = list(rows.select_related("person")[:2])
    return found[0].person if len(found) == 1 else None
