"""What was confirmed about filtering: the latest of each statement, and all before (FIL-01)."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from common.access import requires
from common.attempt import attempt
from common.errors import Refusal
from common.exports import as_private_download
from common.file_checks import ALLOWED_WORDS
from common.requests import SchoolRequest
from filtering.actions.attesting import MEGABYTES, attest, hand_on_attestation
from filtering.forms.provision import AttestForm
from filtering.queries.attestations import (
    attestation_or_404,
    attestations_of,
    standings,
    status_holders,
)
from filtering.queries.provision import services_in_force
from filtering.vocabulary import Statement

ROWS = 50
YEAR = timedelta(days=365)


@requires("view_provision")
def attestation_list(request: SchoolRequest) -> HttpResponse:
    """Show how each statement stands, and everything that was confirmed before."""
    today = timezone.localdate()
    rows = Paginator(attestations_of(request.school), ROWS)
    context = {
        "standings": [(one, request.may(one.power)) for one in standings(request.school, on=today)],
        "holders": status_holders(request.school, today),
        "page": rows.get_page(request.GET.get("page")),
        "standard": request.school.setting("standard"),
    }
    return render(request, "filtering/attestation_list.html", context)


@requires("attest_provision", "confirm_provision")
def attestation_create(request: SchoolRequest, code: str) -> HttpResponse:
    """Confirm a statement, with evidence if there is any, until its next date."""
    today, now = timezone.localdate(), timezone.now()
    found = [one for one in standings(request.school, on=today) if one.statement == code]
    if not found:
        raise Http404("no such statement")
    if not request.may(found[0].power):
        raise PermissionDenied
    form = AttestForm(
        request.POST or None,
        request.FILES or None,
        services=services_in_force(request.school, now),
        next_date=today + YEAR,
    )
    if form.is_valid() and attempt(
        form,
        attest,
        school=request.school,
        statement=code,
        **form.cleaned_data,
        by=request.person,
        at=now,
    ):
        messages.success(request, "Confirmed, with its next date.")
        return redirect("attestation_list", request.school.slug)
    context = {
        "form": form,
        "standing": found[0],
        "holders": status_holders(request.school, today) if code == Statement.STATUS else None,
        "kinds": ALLOWED_WORDS,
        "megabytes": MEGABYTES,
        "standard": request.school.setting("standard") if code == Statement.STANDARD else "",
    }
    return render(request, "filtering/attestation_create.html", context)


@requires("view_provision")
def attestation_evidence(request: SchoolRequest, pk: int) -> HttpResponseBase:
    """Give a copy of evidence to keep, never to show in the browser; the trail notes it."""
    attestation = attestation_or_404(request.school, pk)
    try:
        hand_on_attestation(attestation=attestation, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("attestation_list", request.school.slug)
    response = FileResponse(attestation.evidence.open("rb"), content_type=attestation.evidence_kind)
    return as_private_download(response, attestation.evidence_name)
