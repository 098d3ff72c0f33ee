"""Proof of a disposal: wipes, papers, the certificate, and the public page that confirms it."""

from functools import partial

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from assets.actions.disposal_media import Wipe, sanitise_medium
from assets.actions.disposal_papers import (
    PaperDetails,
    add_disposal_paper,
    hand_on_disposal_paper,
)
from assets.disposal_files import MEGABYTES
from assets.disposal_needs import DisposalFile
from assets.forms.disposal_proof import PaperForm, WipeForm
from assets.queries.disposal import (
    disposal_or_404,
    disposal_paper_or_404,
    disposal_with_seal,
    medium_in_or_404,
)
from assets.tasks import make_disposal_certificate
from assets.views.deed_page import DeedPage, done, drawn
from assets.views.disposal_deeds import staff_picker
from common.access import open_to_everyone, requires
from common.context import client_ip
from common.errors import Refusal
from common.exports import as_private_download
from common.file_checks import ALLOWED_WORDS
from common.pages import page_url
from common.rate_limits import check_rate
from common.requests import SchoolRequest
from people.jobs import start_job


@requires("sanitise_medium")
def sanitisation_create(request: SchoolRequest, reference: str, pk: int) -> HttpResponse:
    """Write down how a medium was wiped or destroyed, and who looked (AST-05)."""
    batch = disposal_or_404(request.school, reference)
    medium = medium_in_or_404(DisposalFile(batch, on=timezone.localdate()), pk)
    form = WipeForm(request.POST or None, source=staff_picker(request), company=batch.company)
    if form.is_valid():
        told = dict(form.cleaned_data)
        act = partial(
            sanitise_medium, batch=batch, medium=medium, submission=told.pop("submission")
        )
        if done(form, act, wipe=Wipe(**told), by=request.person, at=timezone.now()):
            messages.success(request, "Written down.")
            return redirect("disposal_detail", request.school.slug, reference)
    caption = f"Disposal {batch}"
    page = DeedPage(
        "Record a wipe or destruction",
        "Record this",
        page_url(request.school, "disposal_detail", reference),
        caption,
        caption=caption,
        facts=[
            {"label": "Medium", "value": f"{medium} {medium.make} {medium.model}".strip()},
            {"label": "Device", "value": f"{medium.asset}: {medium.asset.name}"},
        ],
    )
    return drawn(request, page, form)


@requires("prepare_disposal")
def disposal_paper(request: SchoolRequest, reference: str) -> HttpResponse:
    """Put a receipt, note or certificate on file (AST-04, AST-07, AST-08)."""
    batch = disposal_or_404(request.school, reference)
    file = DisposalFile(batch, on=timezone.localdate())
    form = PaperForm(
        request.POST or None,
        request.FILES or None,
        file=file,
        initial={"kind": request.GET.get("kind", "")},
    )
    if form.is_valid() and done(
        form,
        add_disposal_paper,
        batch=batch,
        submission=form.cleaned_data["submission"],
        details=PaperDetails(**form.told),
        upload=form.cleaned_data["upload"],
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "The paper is on file.")
        return redirect("disposal_detail", request.school.slug, reference)
    caption = f"Disposal {batch}"
    back = page_url(request.school, "disposal_detail", reference)
    context = {
        "page": DeedPage("Add a paper", "Add this paper", back, caption, caption=caption),
        "form": form,
        "kinds": ALLOWED_WORDS,
        "megabytes": MEGABYTES,
    }
    return render(request, "assets/disposal_upload.html", context)


@requires("view_disposals")
def disposal_paper_copy(request: SchoolRequest, pk: int) -> HttpResponseBase:
    """Give a copy of a paper to keep, never to show in the browser; the trail notes it."""
    paper = disposal_paper_or_404(request.school, pk)
    try:
        hand_on_disposal_paper(paper=paper, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("disposal_detail", request.school.slug, paper.batch.reference)
    response = FileResponse(paper.file.open("rb"), content_type=paper.file_kind)
    return as_private_download(response, paper.file_name)


@requires("view_disposals")
@require_POST
def disposal_certificate(request: SchoolRequest, reference: str) -> HttpResponse:
    """Have the certificate of a closed disposal made as a PDF, with progress."""
    batch = disposal_or_404(request.school, reference)
    if not batch.seal:
        messages.error(request, "There is a certificate once the disposal is closed.")
        return redirect("disposal_detail", request.school.slug, reference)
    job = start_job(
        school=request.school,
        kind="disposal_certificate",
        label=f"Certificate of disposal {batch}",
        task=make_disposal_certificate,
        input={"disposal": batch.pk},
        by=request.person,
        at=timezone.now(),
        power="view_disposals",
        back=("disposal_detail", reference),
    )
    return redirect("job_detail", request.school.slug, job.pk)


@open_to_everyone
def disposal_verify(request: SchoolRequest, seal: str) -> HttpResponse:
    """Say whether a seal is that of a disposal of this school, when and how much (AST-27).

    Nothing about anybody. Thirty tries a minute from one place; then it asks to wait.
    """
    context: dict[str, object] = {"seal": seal}
    template = "assets/disposal_verify.html"
    try:
        check_rate(f"verify:{client_ip.get()}", most=30, seconds=60)
    except Refusal as refusal:
        context["refusal"] = refusal
        return render(request, template, context, status=429)
    batch = disposal_with_seal(request.school, seal)
    context["batch"] = batch
    return render(request, template, context, status=200 if batch else 404)
