"""Pages of an import: the history, the file, its columns, what it would do, apply or cancel."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.access import requires
from common.errors import Refusal
from common.pages import page_url
from common.requests import SchoolRequest
from people.actions import imports as actions
from people.forms.imports import ApplyForm, ColumnsForm, UploadForm
from people.imports.kinds import IMPORTERS
from people.imports.plan import Plan
from people.imports.queries import columns_of, imports_of, is_busy, plan_of, table_of
from people.models import PeopleImport

PER_PAGE = 25
PARTS = {
    "bad": "Cannot be brought in",
    "changed": "Changes",
    "added": "New",
    "leavers": "Not in this file",
}


@requires("import_people")
def import_list(request: SchoolRequest) -> HttpResponse:
    """Show who brought in what and when, and what is not finished."""
    page = Paginator(imports_of(request.school), 25).get_page(request.GET.get("page"))
    return render(request, "people/import_list.html", {"page": page})


@requires("import_people")
def import_upload(request: SchoolRequest) -> HttpResponse:
    """Take in a file; a file that cannot be read is refused and not kept."""
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = actions.open_import(
                school=request.school,
                kind=form.cleaned_data["kind"],
                name=file.name,
                content=file.read(),
                by=request.person,
                at=timezone.now(),
            )
            return redirect(page_url(request.school, "import_mapping", upload.pk))
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    return render(request, "people/import_upload.html", {"form": form})


@requires("import_people")
def import_mapping(request: SchoolRequest, pk: int) -> HttpResponse:
    """Ask which column means what; the answer is remembered for the next file of its kind."""
    upload = _upload(request, pk)
    if upload.state != PeopleImport.State.OPEN:
        return redirect(page_url(request.school, "import_list"))
    table = table_of(upload)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        fields=IMPORTERS[upload.kind].fields,
        table=table,
        columns=columns_of(upload, table),
    )
    if form.is_valid():
        try:
            actions.choose_columns(
                upload=upload, columns=form.cleaned_data, by=request.person, at=timezone.now()
            )
            return redirect(page_url(request.school, "import_preview", upload.pk))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(
        request, "people/import_mapping.html", {"form": form, "upload": upload, "table": table}
    )


@requires("import_people")
def import_preview(request: SchoolRequest, pk: int) -> HttpResponse:
    """Show what a file would do to the register: every row, before anybody agrees to it."""
    upload = _upload(request, pk)
    if upload.state != PeopleImport.State.OPEN:
        return redirect(page_url(request.school, "import_list"))
    if not upload.columns:
        return redirect(page_url(request.school, "import_mapping", upload.pk))
    if upload.job and is_busy(upload):
        return redirect(page_url(request.school, "job_detail", upload.job.pk))
    return _preview(request, upload)


@requires("import_people")
@require_POST
def import_apply(request: SchoolRequest, pk: int) -> HttpResponse:
    """Bring in what was looked at; a refusal shows the preview as it would be now."""
    upload = _upload(request, pk)
    form = ApplyForm(request.POST)
    form.full_clean()
    try:
        job = actions.apply_import(
            upload=upload,
            digest=form.cleaned_data.get("digest", ""),
            by=request.person,
            at=timezone.now(),
            **form.ticked,
        )
    except Refusal as refusal:
        if upload.state != PeopleImport.State.OPEN:
            messages.warning(request, str(refusal))
            return redirect(page_url(request.school, "import_list"))
        return _preview(request, upload, refusal=refusal, ticked=form.ticked)
    return redirect(page_url(request.school, "job_detail", job.pk))


@requires("import_people")
@require_POST
def import_cancel(request: SchoolRequest, pk: int) -> HttpResponse:
    """Throw a file away; nothing of it reaches the register."""
    try:
        actions.cancel_import(upload=_upload(request, pk), by=request.person, at=timezone.now())
        messages.success(request, "The import was cancelled. Nothing was brought in.")
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect(page_url(request.school, "import_list"))


def _upload(request: SchoolRequest, pk: int) -> PeopleImport:
    upload = imports_of(request.school).filter(pk=pk).first()
    if upload is None:
        raise Http404("no such import")
    return upload


def _preview(
    request: SchoolRequest,
    upload: PeopleImport,
    *,
    refusal: Refusal | None = None,
    ticked: dict[str, bool] | None = None,
) -> HttpResponse:
    """Draw the plan of this moment; a file at odds with itself is shown with the reason alone."""
    context: dict[str, Any] = {"upload": upload, "refusal": refusal, "today": timezone.localdate()}
    try:
        plan = plan_of(upload, on=timezone.localdate())
    except Refusal as at_odds:
        return render(request, "people/import_preview.html", context | {"refusal": at_odds})
    chosen = _part(request, plan)
    page = Paginator(getattr(plan, chosen), PER_PAGE).get_page(request.GET.get("page"))
    parts = [
        {"code": code, "label": label, "count": len(getattr(plan, code)), "chosen": code == chosen}
        for code, label in PARTS.items()
    ]
    context |= {
        "plan": plan,
        "parts": parts,
        "chosen": chosen,
        "chosen_label": PARTS[chosen],
        "page": page,
        "form": ApplyForm.for_plan(plan, ticked or {}),
    }
    return render(request, "people/import_preview.html", context)


def _part(request: SchoolRequest, plan: Plan) -> str:
    """Return the part to show: the one asked for, else the first that holds anything."""
    asked = request.GET.get("show", "")
    if asked in PARTS:
        return asked
    return next((code for code in PARTS if getattr(plan, code)), "added")
