"""Pages of an import of equipment: history, file, columns, what it would do, apply or cancel."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from assets.actions import inventory_imports as actions
from assets.forms.inventory_imports import ApplyForm, UploadForm
from assets.imports.columns import FIELDS
from assets.models import AssetImport
from assets.queries import inventory_imports as read
from assets.views.deed_page import done
from common.access import requires
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest
from people.forms.imports import ColumnsForm

PER_PAGE = 25
PARTS = {"bad": "Cannot be brought in", "changed": "Changes", "added": "New"}


@requires("import_assets")
def asset_import_list(request: SchoolRequest) -> HttpResponse:
    """Show who brought in what and when, and what is not finished."""
    page = Paginator(read.imports_of(request.school), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "assets/asset_import_list.html", {"page": page})


@requires("import_assets")
def asset_import_upload(request: SchoolRequest) -> HttpResponse:
    """Take in a file; a file that cannot be read is refused and not kept."""
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = actions.open_asset_import(
                school=request.school,
                name=file.name,
                content=file.read(),
                by=request.person,
                at=timezone.now(),
            )
            return redirect(page_url(request.school, "asset_import_mapping", upload.pk))
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    return render(request, "assets/asset_import_upload.html", {"form": form, "fields": FIELDS})


@requires("import_assets")
def asset_import_mapping(request: SchoolRequest, pk: int) -> HttpResponse:
    """Ask which column means what; the answer is remembered for the next file."""
    upload = read.import_or_404(request.school, pk)
    if upload.state != AssetImport.State.OPEN:
        return redirect(page_url(request.school, "asset_import_list"))
    table = read.table_of(upload)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        fields=FIELDS,
        table=table,
        columns=read.columns_of(upload, table),
    )
    if form.is_valid() and done(
        form,
        actions.choose_asset_columns,
        upload=upload,
        columns=form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        return redirect(page_url(request.school, "asset_import_preview", upload.pk))
    return render(request, "assets/asset_import_mapping.html", {"form": form, "upload": upload})


@requires("import_assets")
def asset_import_preview(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show what a file would do to the register: every row, before anybody agrees to it."""
    upload = read.import_or_404(request.school, pk)
    if upload.state != AssetImport.State.OPEN:
        return redirect(page_url(request.school, "asset_import_list"))
    if not upload.columns:
        return redirect(page_url(request.school, "asset_import_mapping", upload.pk))
    if upload.job and read.is_busy(upload):
        return redirect(page_url(request.school, "job_detail", upload.job.pk))
    return _preview(request, upload)


@requires("import_assets")
@require_POST
def asset_import_apply(request: SchoolRequest, pk: int) -> HttpResponse:
    """Bring in what was looked at; a refusal shows the preview as it would be now."""
    upload = read.import_or_404(request.school, pk)
    form = ApplyForm(request.POST)
    form.full_clean()
    try:
        job = actions.apply_asset_import(
            upload=upload,
            digest=form.cleaned_data.get("digest", ""),
            leave_out_bad=form.cleaned_data["leave_out_bad"],
            by=request.person,
            at=timezone.now(),
        )
    except Refusal as refusal:
        if upload.state != AssetImport.State.OPEN:
            messages.warning(request, str(refusal))
            return redirect(page_url(request.school, "asset_import_list"))
        return _preview(request, upload, refusal=refusal)
    return redirect(page_url(request.school, "job_detail", job.pk))


@requires("import_assets")
@require_POST
def asset_import_cancel(request: SchoolRequest, pk: int) -> HttpResponse:
    """Throw a file away; nothing of it reaches the register."""
    upload = read.import_or_404(request.school, pk)
    try:
        actions.cancel_asset_import(upload=upload, by=request.person, at=timezone.now())
        messages.success(request, "The import was cancelled. Nothing was brought in.")
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect(page_url(request.school, "asset_import_list"))


def _preview(
    request: SchoolRequest, upload: AssetImport, *, refusal: Refusal | None = None
) -> HttpResponse:
    """Draw the plan of this moment; a file at odds with itself is shown with the reason alone."""
    context: dict[str, Any] = {"upload": upload, "refusal": refusal}
    try:
        _, plan = read.plan_of(upload, on=timezone.localdate())
    except Refusal as at_odds:
        return render(request, "assets/asset_import_preview.html", context | {"refusal": at_odds})
    asked = request.GET.get("show", "")
    usual = next((code for code in PARTS if getattr(plan, code)), "added")
    chosen = asked if asked in PARTS else usual
    page = Paginator(getattr(plan, chosen), PER_PAGE).get_page(request.GET.get("page"))
    context |= {
        "plan": plan,
        "parts": [(code, label, len(getattr(plan, code))) for code, label in PARTS.items()],
        "chosen": chosen,
        "chosen_label": PARTS[chosen],
        "page": page,
        "form": ApplyForm.for_plan(plan),
    }
    return render(request, "assets/asset_import_preview.html", context)
