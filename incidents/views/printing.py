"""Incidents on paper and as a sheet: print, PDF, export. Each is recorded (REP-15)."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify

from common.access import requires
from common.documents import Annexes
from common.exports import mend_first, stream_csv
from common.filters import filters_in_words
from common.requests import SchoolRequest
from incidents.actions.taking_out import export_incidents, print_chronology, print_incident
from incidents.documents import chronology_pages, imprint_for, incident_pages
from incidents.exporting import HEADING, rows_of
from incidents.filters import IncidentFilter
from incidents.queries import incident_rows, pupil_or_404
from incidents.tasks import make_chronology_pdf, make_incident_pdf
from incidents.views.deeds import load
from people.jobs import start_job


@requires("print_incident")
def incident_print(request: SchoolRequest, reference: str) -> HttpResponse:
    """Show an incident for printing; when posted, have its PDF made in the background."""
    incident, now = load(request, reference), timezone.now()
    if request.method == "POST":
        job = start_job(
            school=request.school,
            kind="incident_pdf",
            label=f"PDF of incident {incident.reference}",
            task=make_incident_pdf,
            input={"incident": incident.pk},
            by=request.person,
            at=now,
            power="print_incident",
            back=("incident_detail", incident.reference),
        )
        return redirect("job_detail", request.school.slug, job.pk)
    pages = incident_pages(incident, request.person, request.powers, Annexes())
    title = f"Incident {incident.reference}"
    imprint = imprint_for(request.school, title, incident.reference, by=request.person, at=now)
    print_incident(incident=incident, medium="page", by=request.person, at=now)
    return render(request, "incidents/incident_print.html", {**pages, "imprint": imprint})


@requires("view_pupil_chronology")
def chronology_print(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show a pupil's chronology for printing, naming nobody else; when posted, make its PDF."""
    if not request.may("print_incident"):
        raise PermissionDenied
    pupil, now = pupil_or_404(request.school, pk), timezone.now()
    if request.method == "POST":
        job = start_job(
            school=request.school,
            kind="chronology_pdf",
            label=f"PDF of the chronology of {pupil}",
            task=make_chronology_pdf,
            input={"pupil": pupil.pk},
            by=request.person,
            at=now,
            power="print_incident",
            back=("chronology_detail", pupil.pk),
        )
        return redirect("job_detail", request.school.slug, job.pk)
    pages = chronology_pages(pupil, request.person, request.powers, Annexes())
    imprint = imprint_for(request.school, f"Chronology of {pupil}", by=request.person, at=now)
    print_chronology(pupil=pupil, medium="page", by=request.person, at=now)
    return render(request, "incidents/chronology_print.html", {**pages, "imprint": imprint})


@requires("export_incidents")
def incident_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the list as it is filtered and sorted, as far as the person may see it."""
    person, powers = request.person, request.powers
    found = IncidentFilter(request.GET, queryset=incident_rows(person, powers), request=request)
    if wrong := mend_first(request, found.form, "incident_list"):
        return wrong
    rows, sort = found.sorted()
    keys = list(rows.values_list("pk", flat=True))
    now = timezone.now()
    export_incidents(
        school=request.school,
        filters=filters_in_words(found, sort),
        count=len(keys),
        by=person,
        at=now,
    )
    return stream_csv(
        f"{slugify(f'incidents {request.school} {timezone.localdate(now)} {person}')}.csv",
        school_id=request.school.pk,
        heading=HEADING,
        keys=keys,
        read=lambda part: rows_of(person, powers, part),
    )
