"""For what a school asks consent (CON-02, CON-06, CON-07)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from agreements.actions.purposes import (
    add_purpose,
    close_purpose,
    edit_purpose,
    reopen_purpose,
    set_up_purposes,
)
from agreements.forms.consents import NewPurposeForm, PurposeForm
from agreements.models import ConsentPurpose
from agreements.queries.consents import purpose_of, purposes_of
from common.access import requires
from common.attempt import attempt
from common.errors import Refusal
from common.requests import SchoolRequest


@requires("edit_purposes")
def purpose_list(request: SchoolRequest) -> HttpResponse:
    """Show what the school asks and asked; when posted, write the ready-made questions."""
    if request.method == "POST":
        made = set_up_purposes(school=request.school, by=request.person, at=timezone.now())
        messages.success(request, f"{len(made)} questions were added.")
        return redirect("purpose_list", request.school.slug)
    purposes = list(purposes_of(request.school))
    context = {
        "asked": [one for one in purposes if one.active],
        "closed": [one for one in purposes if not one.active],
    }
    return render(request, "agreements/purpose_list.html", context)


@requires("edit_purposes")
def purpose_create(request: SchoolRequest) -> HttpResponse:
    """Ask for something more."""
    form = NewPurposeForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        add_purpose,
        school=request.school,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Added. Until somebody answers, it counts as no.")
        return redirect("purpose_list", request.school.slug)
    return render(request, "agreements/purpose_create.html", {"form": form})


@requires("edit_purposes")
def purpose_edit(request: SchoolRequest, pk: int) -> HttpResponse:
    """Put the words of a question right, close it, or ask it again."""
    purpose = _purpose(request, pk)
    words = {"label": purpose.label, "question": purpose.question, "note": purpose.note}
    form = PurposeForm(request.POST or None, initial=words)
    if form.is_valid() and attempt(
        form,
        edit_purpose,
        purpose=purpose,
        **form.cleaned_data,
        by=request.person,
        at=timezone.now(),
    ):
        messages.success(request, "Saved. Earlier answers go on counting.")
        return redirect("purpose_list", request.school.slug)
    context = {"form": form, "purpose": purpose}
    return render(request, "agreements/purpose_edit.html", context)


@requires("edit_purposes")
@require_POST
def purpose_close(request: SchoolRequest, pk: int) -> HttpResponse:
    """Ask for this no more, or again where it was closed; answers are kept either way."""
    purpose = _purpose(request, pk)
    deed, words = (
        (close_purpose, "Closed. It counts as no for everybody.")
        if purpose.active
        else (reopen_purpose, "The school asks this again.")
    )
    try:
        deed(purpose=purpose, by=request.person, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("purpose_list", request.school.slug)


def _purpose(request: SchoolRequest, pk: int) -> ConsentPurpose:
    purpose = purpose_of(request.school, pk)
    if purpose is None:
        raise Http404("no such purpose")
    return purpose
