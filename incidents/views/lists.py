"""The register of incidents, the queue, and a pupil's chronology."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.access import requires
from common.requests import SchoolRequest
from incidents.actions.reading import read_chronology
from incidents.filters import IncidentFilter
from incidents.queries import incident_rows, pupil_chronology, pupil_or_404, queue_of
from people.queries import carers_of, current_enrolments

ROWS = 30
SEES = ("view_all_incidents", "view_assigned_incidents")


@requires(*SEES)
def incident_list(request: SchoolRequest) -> HttpResponse:
    """Show the incidents a person may see, with search, filters, sorting and paging."""
    found = IncidentFilter(
        request.GET, queryset=incident_rows(request.person, request.powers), request=request
    )
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(
        request, "incidents/incident_list.html", {"filter": found, "page": page, "sort": sort}
    )


@requires(*SEES)
def incident_queue(request: SchoolRequest) -> HttpResponse:
    """Show what needs this person now: reports to open, decisions to confirm, cases in hand."""
    page = Paginator(queue_of(request.person, request.powers), ROWS).get_page(
        request.GET.get("page")
    )
    return render(request, "incidents/incident_queue.html", {"page": page})


@requires("view_pupil_chronology")
def chronology_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show a pupil's part in every incident the reader may see; each reading is recorded."""
    pupil = pupil_or_404(request.school, pk)
    read_chronology(pupil=pupil, by=request.person, at=timezone.now())
    rows = pupil_chronology(pupil, request.person, request.powers)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "incidents/chronology_detail.html",
        {
            "pupil": pupil,
            "page": page,
            "place": current_enrolments([pupil]).get(pupil.pk),
            "carers": carers_of([pupil])[pupil.pk],
        },
    )
