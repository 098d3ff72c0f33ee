"""The page that brings in a school's own texts: read, look over, keep (AGR-01, AGR-24)."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from agreements.actions.importing import import_agreements
from agreements.forms.importing import (
    MOST_FILES,
    FileForm,
    FilesForm,
    Read,
    all_valid,
    brought_back,
    carried,
    forms_for,
    read_file,
)
from agreements.queries.texts import agreements_of
from common.access import requires
from common.attempt import attempt
from common.errors import Refusal
from common.requests import SchoolRequest


@requires("edit_agreements")
def agreement_import(request: SchoolRequest) -> HttpResponse:
    """Read files, show what was understood, and start a draft from each that is kept.

    Nothing is stored before somebody has looked it over. A file that is refused leaves the others
    and everything chosen about them as they are.
    """
    sent = request.method == "POST"
    form = FilesForm(request.POST if sent else None, request.FILES if sent else None)
    read: list[Read] = []
    if sent:
        read = _carried_on(request, form)
        for upload in form.cleaned_data["files"] if form.is_valid() else ():
            _take(form, read, upload)
    found = forms_for(
        read, in_use=agreements_of(request.school), data=request.POST if sent else None
    )
    if sent and not request.FILES and not read and not form.errors:
        form.add_error("files", "Choose a file.")
    keeps = request.POST.get("do") == "keep" and form.is_valid() and not request.FILES
    if keeps and all_valid(found) and (kept := _keep(request, form, found)):
        return kept
    context = {"form": form, "found": found, "carried": carried(read)}
    return render(request, "agreements/agreement_import.html", context)


def _carried_on(request: SchoolRequest, form: FilesForm) -> list[Read]:
    try:
        return brought_back(request.POST.get("carried", ""))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return []


def _take(form: FilesForm, read: list[Read], upload: UploadedFile) -> None:
    if len(read) >= MOST_FILES:
        form.add_error("files", f"Bring in {MOST_FILES} files or fewer at a time.")
        return
    try:
        read.append(read_file(upload))
    except Refusal as refusal:
        form.add_error("files", str(refusal))


def _keep(request: SchoolRequest, form: FilesForm, found: list[FileForm]) -> HttpResponse | None:
    """Start the drafts; a refusal stays on the page with everything that was chosen."""
    files = [chosen for one in found if (chosen := one.chosen())]
    done = attempt(
        form,
        import_agreements,
        school=request.school,
        files=files,
        by=request.person,
        at=timezone.now(),
    )
    if not done:
        return None
    count = len(files)
    words = "One draft was" if count == 1 else f"{count} drafts were"
    messages.success(request, f"{words} started. Read each, then have it approved.")
    return redirect("agreement_list", request.school.slug)
