"""Bring in alerts from a file: upload, the example files, and what became of an upload."""

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.errors import Refusal
from common.exports import as_private_download
from common.pages import page_url
from common.requests import SchoolRequest
from filtering.actions.alert_imports import upload_export
from filtering.forms.alert_sources import ExportForm
from filtering.intake.products import example_of
from filtering.queries.alert_sources import import_or_404, imports_of, sources_of
from filtering.vocabulary import Product

LATEST = 10
MOST_SHOWN = 200


@requires("add_alerts")
def alert_import_create(request: SchoolRequest) -> HttpResponse:
    """Upload an export of a monitoring product; its reading goes on in the background."""
    sources = sources_of(request.school).select_related("school")
    sent = request.method == "POST"
    form = ExportForm(
        request.POST if sent else None, request.FILES if sent else None, sources=sources
    )
    if form.is_valid():
        try:
            made = upload_export(
                source=form.cleaned_data["source"],
                upload=form.cleaned_data["file"],
                by=request.person,
                at=timezone.now(),
            )
            return redirect(page_url(request.school, "job_detail", made.job_id))
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    context = {
        "form": form,
        "sources": sources,
        "products": Product.choices,
        "latest": imports_of(request.school)[:LATEST],
        "megabytes": request.school.setting("alert_megabytes"),
    }
    return render(request, "filtering/alert_import_create.html", context)


@requires("add_alerts")
def alert_import_detail(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show what became of an upload: what was taken in, and each row that was not, and why."""
    made = import_or_404(request.school, pk)
    left_out = [remark for remark in made.bad_rows if not remark["kept"]]
    context = {
        "made": made,
        "own": made.uploaded_by_id == request.person.pk,
        "left_out": len(left_out),
        "remarks": [*left_out, *(one for one in made.bad_rows if one["kept"])][:MOST_SHOWN],
        "more": max(0, len(made.bad_rows) - MOST_SHOWN),
    }
    return render(request, "filtering/alert_import_detail.html", context)


@requires("add_alerts", "edit_alert_sources")
def alert_example(request: SchoolRequest, name: str) -> HttpResponseBase:
    """Hand out the made-up example of a product's export."""
    if name not in Product.values:
        raise Http404("no such product")
    response = FileResponse(example_of(name).open("rb"), content_type="text/csv; charset=utf-8")
    return as_private_download(response, f"example-{name}.csv")
