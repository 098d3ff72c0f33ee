"""Pages of the trail: who did or read what, take it out, and check that it is whole."""

from pathlib import Path

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from audit import queries, verify_trail
from audit.actions import check_trail, export_trail
from audit.filters import TrailFilter
from audit.visibility import visible_trail
from common.access import requires
from common.requests import SchoolRequest

ENTRIES_PER_PAGE = 50


@requires("view_trail")
def trail_list(request: SchoolRequest) -> HttpResponse:
    """Show who did or read what, newest first, as far as it is this person's to know (SYS-03)."""
    rows = TrailFilter(request.GET, visible_trail(request.person, request.powers), request=request)
    page = Paginator(rows.qs, ENTRIES_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "audit/trail_list.html", {"filter": rows, "page": page})


@requires("export_trail")
def trail_export(request: SchoolRequest) -> HttpResponseBase:
    """Say what an export holds; on sending, stream the whole trail as JSON lines (SYS-03)."""
    if request.method != "POST":
        last = queries.last_entry(request.school.pk)
        return render(request, "audit/trail_export.html", {"last": last})
    now = timezone.now()
    last = export_trail(school=request.school, by=request.person, at=now)
    export = queries.Export(request.person, request.powers, last)
    response = StreamingHttpResponse(export.lines(), content_type="application/x-ndjson")
    name = f"trail-{request.school.slug}-{timezone.localdate(now).isoformat()}.jsonl"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@requires("export_trail")
def trail_verifier(request: SchoolRequest) -> HttpResponseBase:
    """Hand out the program that checks an export without this server."""
    path = Path(verify_trail.__file__)
    return FileResponse(path.open("rb"), as_attachment=True, filename="verify_trail.py")


@requires("view_trail")
def trail_check(request: SchoolRequest) -> HttpResponse:
    """Check the school's own trail now, from its first row, and say what was found (SYS-03)."""
    chain = None
    if request.method == "POST":
        chain = check_trail(school=request.school, by=request.person, at=timezone.now())
    return render(request, "audit/trail_check.html", {"chain": chain})
