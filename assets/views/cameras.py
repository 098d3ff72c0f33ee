"""Pages of cameras: the list for the data-protection officer, and each camera (AST-26)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from assets.actions import cameras as deeds
from assets.exporting.premises import CAMERAS, camera_cells
from assets.filters.premises import CameraFilter
from assets.forms.own_devices import VersionForm
from assets.forms.premises import CameraEndForm, CameraForm, CameraReviewForm
from assets.models import Camera
from assets.queries.cameras import camera_or_404, camera_rows
from assets.showing.cameras import camera_facts, camera_flags, camera_steps
from assets.views.deed_page import DeedPage, done, drawn
from assets.views.sheets import sent_as_sheet
from common.access import requires
from common.pages import page_url
from common.requests import SchoolRequest

ROWS = 50


def _found(request: SchoolRequest) -> CameraFilter:
    return CameraFilter(request.GET, queryset=camera_rows(request.school), request=request)


@requires("view_cameras")
def camera_list(request: SchoolRequest) -> HttpResponse:
    """Show the cameras with what waits at each."""
    found = _found(request)
    rows, sort = found.sorted()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    today = timezone.localdate()
    for camera in page:
        camera.flags = camera_flags(camera, today)
    context = {"filter": found, "page": page, "sort": sort}
    return render(request, "assets/camera_list.html", context)


@requires("export_cameras")
def camera_export(request: SchoolRequest) -> HttpResponseBase:
    """Send the cameras as they are filtered and sorted; the trail notes it (SYS-03)."""
    return sent_as_sheet(
        request,
        _found(request),
        page="camera_list",
        verb="export_cameras",
        power="export_cameras",
        name="cameras",
        heading=CAMERAS,
        cells=camera_cells,
    )


@requires("view_cameras")
def camera_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show one camera: what it is for, who looks, and what waits."""
    camera = camera_or_404(request.school, pk)
    context = {
        "camera": camera,
        "facts": camera_facts(camera),
        "flags": camera_flags(camera, timezone.localdate()),
        **camera_steps(request, camera, timezone.localdate()),
    }
    return render(request, "assets/camera_detail.html", context)


@requires("edit_cameras")
def camera_create(request: SchoolRequest) -> HttpResponse:
    """Enter a camera."""
    form = CameraForm(request.POST or None)
    if form.is_valid() and done(
        form,
        deeds.enter_camera,
        school=request.school,
        submission=form.cleaned_data["submission"],
        details=form.details,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "The camera is on the list. The data-protection officer sees it.")
        return redirect("camera_list", request.school.slug)
    back = page_url(request.school, "camera_list")
    lead = "People must know that they are filmed, why, and for how long it is kept."
    page = DeedPage("Enter a camera", "Enter this camera", back, "Cameras", lead=lead)
    return drawn(request, page, form)


@requires("edit_cameras")
def camera_edit(request: SchoolRequest, pk: int) -> HttpResponse:
    """Change what is known of a camera."""
    camera = camera_or_404(request.school, pk)
    form = CameraForm(request.POST or None, camera=camera)
    if form.is_valid() and _did(
        request,
        camera,
        form,
        deeds.edit_camera,
        version=form.cleaned_data["version"],
        details=form.details,
    ):
        return _to(request, camera, "Changed. It is to be written down anew.")
    lead = "The data-protection officer is asked to write it down anew."
    return drawn(request, _page(camera, "Change this camera", "Save this", lead=lead), form)


@requires("edit_cameras")
def camera_review(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say that a camera is still needed."""
    camera = camera_or_404(request.school, pk)
    form = CameraReviewForm(request.POST or None, version=camera.version)
    if form.is_valid() and _did(request, camera, form, deeds.review_camera, **form.cleaned_data):
        return _to(request, camera, "Reviewed. The next review is in a year.")
    lead = "Look at the picture, at the notice, and at whether something milder would do."
    page = _page(
        camera, "Review this camera", "It is still needed", lead=lead, facts=camera_facts(camera)
    )
    return drawn(request, page, form)


@requires("note_processing")
def camera_record(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say that a camera is in the record of processing as it is now."""
    camera = camera_or_404(request.school, pk)
    form = VersionForm(request.POST or None, version=camera.version)
    if form.is_valid() and _did(request, camera, form, deeds.note_processing, **form.cleaned_data):
        return _to(request, camera, "Written down.")
    page = _page(
        camera,
        "It is in the record of processing",
        "It is in the record",
        lead="Write it into the school’s record of processing activities first, as it stands here.",
        facts=camera_facts(camera),
    )
    return drawn(request, page, form)


@requires("edit_cameras")
def camera_end(request: SchoolRequest, pk: int) -> HttpResponse:
    """Say that a camera was taken down."""
    camera = camera_or_404(request.school, pk)
    form = CameraEndForm(request.POST or None, version=camera.version)
    if form.is_valid() and _did(request, camera, form, deeds.end_camera, **form.cleaned_data):
        return _to(request, camera, "Written down. It stays on record.")
    page = _page(camera, "It was taken down", "It was taken down", kind="warning")
    return drawn(request, page, form)


def _did(request: SchoolRequest, camera: Camera, form: Any, deed: Any, **values: Any) -> bool:
    return done(
        form,
        deed,
        fresh=camera.version,
        camera=camera,
        **values,
        by=request.person,
        at=timezone.now(),
    )


def _page(camera: Camera, title: str, button: str, **more: Any) -> DeedPage:
    back = page_url(camera.school, "camera_detail", camera.pk)
    return DeedPage(title, button, back, camera.place, caption=camera.place, **more)


def _to(request: SchoolRequest, camera: Camera, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("camera_detail", request.school.slug, camera.pk)
