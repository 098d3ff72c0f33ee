"""The pages of agreements as a whole: the list, a new one, files, the sheet for the wall."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from agreements.actions.closing import close_agreement, reopen_agreement
from agreements.actions.texts import load_agreement, start_agreement
from agreements.document import AgreementDocument
from agreements.forms.signing import ReasonForm
from agreements.forms.texts import NewAgreementForm
from agreements.models import Agreement
from agreements.overview import not_started, overview_rows
from agreements.queries.texts import agreement_of, agreements_of, free_code, live_text_of
from agreements.showing import NOBODY_SPECIAL, shown_for, ways_to_look
from common.access import requires
from common.attempt import attempt
from common.errors import Refusal
from common.requests import SchoolRequest

PER_PAGE = 50


@requires("view_agreements")
def agreement_list(request: SchoolRequest) -> HttpResponse:
    """List all agreements by audience, and what the product brings that is not started (AGR-01)."""
    every = list(agreements_of(request.school))
    page = Paginator(every, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "groups": overview_rows(request.school, page.object_list),
        "ours": not_started(every) if request.may("edit_agreements") else [],
    }
    return render(request, "agreements/agreement_list.html", context)


@requires("edit_agreements")
def agreement_create(request: SchoolRequest) -> HttpResponse:
    """Start from a ready-made text, from a file, or from nothing (AGR-01, AGR-24)."""
    form = NewAgreementForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        code = free_code(request.school, data["title"])
        started = attempt(
            form,
            start_agreement,
            school=request.school,
            kind=data["kind"],
            audience=data["audience"],
            code=code,
            documents=[AgreementDocument(data["title"], "", (), "", "")],
            note="Written by the school.",
            by=request.person,
            at=timezone.now(),
        )
        if started:
            messages.success(request, "Started as a draft. Now write its clauses.")
            return redirect("text_edit", request.school.slug, code, 1)
    ours = not_started(list(agreements_of(request.school)))
    return render(request, "agreements/agreement_create.html", {"form": form, "ours": ours})


@requires("edit_agreements")
@require_POST
def agreement_start(request: SchoolRequest) -> HttpResponse:
    """Start an agreement from a ready-made one (AGR-19, AGR-20)."""
    try:
        version = load_agreement(
            school=request.school,
            name=request.POST.get("name", ""),
            by=request.person,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("agreement_create", request.school.slug)
    messages.success(
        request, "Started as a draft. Read it, change what you need, have it approved."
    )
    return redirect("version_detail", request.school.slug, version.agreement.code, version.number)


@requires("edit_agreements")
def agreement_close(request: SchoolRequest, agreement: str) -> HttpResponse:
    """Use an agreement no longer, or again where it was closed; signatures stay (AGR-29)."""
    found = _agreement(request, agreement)
    deed, words, label = (
        (close_agreement, "Closed. Nobody is asked for it any more.", "Why is it no longer used?")
        if found.active
        else (reopen_agreement, "The agreement is used again.", "Why is it used again?")
    )
    form = ReasonForm(request.POST or None, label=label, hint="It stands on the trail.")
    run = partial(deed, agreement=found, by=request.person, at=timezone.now())
    if form.is_valid() and attempt(form, run, reason=form.cleaned_data["reason"]):
        messages.success(request, words)
        return redirect("agreement_list", request.school.slug)
    context = {"form": form, "agreement": found}
    return render(request, "agreements/agreement_close.html", context)


@requires("view_agreements", "lead_sitting", "take_paper")
def agreement_print(request: SchoolRequest, agreement: str) -> HttpResponse:
    """Show the live text as a sheet to hang up or to show on a screen (AGR-21, AGR-26)."""
    version = live_text_of(request.school, agreement)
    if version is None:
        raise Http404("nothing published")
    shown = shown_for(version, request.GET.get("language", "en"), NOBODY_SPECIAL)
    context = {"shown": shown, **ways_to_look(version, shown.text.language, ""), "views": []}
    return render(request, "agreements/agreement_print.html", context)


def _agreement(request: SchoolRequest, code: str) -> Agreement:
    found = agreement_of(request.school, code)
    if found is None:
        raise Http404("no such agreement")
    return found
