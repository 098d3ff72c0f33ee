"""Pages of background work: how far it is, and the file it made."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from common.access import open_to_signed_in
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest
from people.jobs import show_progress, take_result, visible_jobs
from people.models import Job


@open_to_signed_in
def job_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show how far a job is; only to who asked for it, or may bring in people for an import."""
    return _page(request, _job(request, pk))


@open_to_signed_in
def job_result(request: SchoolRequest, pk: int) -> HttpResponseBase:
    """Hand out the file that a job made, only to who asked for it and may still have it."""
    job = _job(request, pk)
    if job.requested_by_id != request.person.pk:
        raise Http404("somebody else's file")
    if job.power and not request.may(job.power):
        raise PermissionDenied
    try:
        file = take_result(job=job, by=request.person, at=timezone.now())
    except Refusal as refusal:
        return _page(request, job, refusal)
    response = FileResponse(file, as_attachment=True, filename=job.result_name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _job(request: SchoolRequest, pk: int) -> Job:
    job = visible_jobs(request.person, request.powers).filter(pk=pk).first()
    if job is None:
        raise Http404("no such job")
    return show_progress(job)


def _page(request: SchoolRequest, job: Job, refusal: Refusal | None = None) -> HttpResponse:
    back, *args = job.input.get("back") or ["home"]
    return render(
        request,
        "people/job_detail.html",
        {
            "job": job,
            "refusal": refusal,
            "own": job.requested_by_id == request.person.pk,
            "back_url": page_url(request.school, back, *args),
        },
        status=409 if refusal else 200,
    )
