"""Proof: the public pages that confirm or deny a seal."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from agreements.forms.signing import VerifyForm
from agreements.queries.signatures import seal_holds, signature_with_seal
from common.access import open_to_everyone
from common.context import client_ip
from common.errors import Refusal
from common.rate_limits import check_rate
from common.requests import SchoolRequest


@open_to_everyone
def certificate_verify(request: SchoolRequest) -> HttpResponse:
    """Ask for the seal of a certificate and lead to what the school says of it."""
    form = VerifyForm(request.GET if request.GET.get("seal") else None)
    if form.is_valid():
        return redirect("signature_verify", request.school.slug, form.cleaned_data["seal"])
    return render(request, "agreements/signature_verify.html", {"form": form})


@open_to_everyone
def signature_verify(request: SchoolRequest, seal: str) -> HttpResponse:
    """Say whether a seal is one of this school's, and nothing about anybody (AGR-12).

    Thirty tries a minute from one place; then it asks to wait.
    """
    context: dict[str, object] = {"form": VerifyForm(), "seal": seal}
    try:
        check_rate(f"verify:{client_ip.get()}", most=30, seconds=60)
    except Refusal as refusal:
        context["refusal"] = refusal
        return render(request, "agreements/signature_verify.html", context, status=429)
    signature = signature_with_seal(request.school, seal)
    true = signature is not None and seal_holds(signature)
    context |= {"checked": True, "signature": signature if true else None}
    status = 200 if true else 404
    return render(request, "agreements/signature_verify.html", context, status=status)
