"""Files of an incident: attach one, take a copy out."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from common.access import requires
from common.errors import Refusal
from common.exports import as_private_download
from common.file_checks import ALLOWED_WORDS
from common.requests import SchoolRequest
from incidents import actions
from incidents.conditions import NO_FILES
from incidents.forms.evidence import EvidenceForm
from incidents.queries import evidence_of
from incidents.views.cases import SEES
from incidents.views.deeds import deed_page, load


@requires("attach_evidence")
def evidence_attach(request: SchoolRequest, reference: str) -> HttpResponse:
    """Attach a file; where indecent images may be involved there is nothing to attach it with."""
    incident = load(request, reference)
    if not incident.may_hold_files:
        status = 403 if request.method == "POST" else 200
        context = {"incident": incident, "words": NO_FILES}
        return render(request, "incidents/evidence_refused.html", context, status=status)
    school = request.school
    return deed_page(
        request,
        incident,
        EvidenceForm(request.POST or None, request.FILES or None, incident=incident),
        lambda data: actions.attach_evidence(
            incident=incident, **data, by=request.person, at=timezone.now()
        ),
        step="attach_evidence",
        done="The file is attached.",
        template="incidents/evidence_attach.html",
        evidence=evidence_of(incident),
        kinds=ALLOWED_WORDS,
        megabytes=school.setting("evidence_megabytes"),
        most=school.setting("evidence_files"),
    )


@requires(*SEES)
def evidence_download(request: SchoolRequest, reference: str, pk: int) -> HttpResponseBase:
    """Give a copy of a file to keep, never to show in the browser; custody and trail note it."""
    incident = load(request, reference)
    evidence = get_object_or_404(incident.evidence, pk=pk)
    try:
        actions.hand_on_evidence(evidence=evidence, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("incident_detail", request.school.slug, incident.reference)
    response = FileResponse(evidence.file.open("rb"), content_type=evidence.kind)
    return as_private_download(response, evidence.name)
